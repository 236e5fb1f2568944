import { type ProcessKind, unknownEvent } from '../../../domain/record/record.js'

// A second kind of recorded process, as small as one can be: somebody is asked, reminded once, and
// answers or does not. It is here to prove that what keeps cases keeps any process.

interface EventData {
  asked: { brandId: string; marketplace: string; text: string; remindAt: number; dueAt: number }
  reminded: Record<never, never>
  answered: { answer: string }
  expired: Record<never, never>
  noted: { text: string }
}
/** What happened to a question, before it gets its number. */
export type QuestionHappening = {
  [T in keyof EventData]: {
    type: T
    by: { role: string; id: string; via: string }
    data: EventData[T]
    request?: string
  }
}[keyof EventData]
export type QuestionEvent = QuestionHappening & { seq: number; at: number }

export interface QuestionState {
  questionId: string
  brandId: string
  marketplace: string
  rev: number
  updatedAt: number
  phase: 'opening' | 'asked' | 'answered' | 'expired'
  text: string
  remindAt: number
  dueAt: number
  reminded: boolean
  answer: string | null
  notes: string[]
}

/** `question~<topic>~<number>`; the questions of a topic come one after another. */
export const QUESTION_KIND = {
  workflowType: 'question',
  noun: 'question',
  idName: 'questionId',
  beginsWith: 'asked',
  unopened: (questionId, first) => unasked(questionId, first.at),
  evolve,
  isEnded: ({ phase }) => phase === 'answered' || phase === 'expired',
  workflowIdOf: (id) => /^(question~[a-z0-9]+)~[a-z0-9]+$/.exec(id)?.[1] ?? null,
} as const satisfies ProcessKind<QuestionState, QuestionEvent>

/** A question before its first event. */
export function unasked(questionId: string, at: number): QuestionState {
  return {
    ...{ questionId, brandId: '', marketplace: '', rev: 0, updatedAt: at, phase: 'opening' },
    ...{ text: '', remindAt: 0, dueAt: 0, reminded: false, answer: null, notes: [] },
  }
}

function evolve(state: QuestionState, event: QuestionEvent): QuestionState {
  const next = { ...state, rev: event.seq, updatedAt: event.at }
  switch (event.type) {
    case 'asked':
      return { ...next, ...event.data, phase: 'asked' }
    case 'reminded':
      return { ...next, reminded: true }
    case 'answered':
      return { ...next, phase: 'answered', answer: event.data.answer }
    case 'expired':
      return { ...next, phase: 'expired' }
    case 'noted':
      return { ...next, notes: [...state.notes, event.data.text] }
    default:
      throw unknownEvent('question', state.questionId, event)
  }
}

const SYSTEM = { role: 'system', id: 'test', via: 'system' }

export function asked(data: EventData['asked']): QuestionHappening {
  return { type: 'asked', by: SYSTEM, data }
}
export function noted(text: string): QuestionHappening {
  return { type: 'noted', by: SYSTEM, data: { text } }
}

/** The next instant at which something is due, and what follows then. */
export function nextDeadlineOf({ phase, reminded, remindAt, dueAt }: QuestionState) {
  if (phase !== 'asked') return null
  return reminded ? { at: dueAt, summary: 'expires' } : { at: remindAt, summary: 'remind' }
}
export function dueHappenings(state: QuestionState, now: number): QuestionHappening[] {
  if (now >= state.dueAt) return [{ type: 'expired', by: SYSTEM, data: {} }]
  return state.reminded ? [] : [{ type: 'reminded', by: SYSTEM, data: {} }]
}

/** An answer as it is sent. */
export interface AnswerMessage {
  questionId: string
  answer: string
}

/** Why an answer cannot be taken, or `null`. */
export function refusalOf(
  state: QuestionState,
  { questionId, answer }: AnswerMessage,
): { code: string; message: string } | null {
  if (questionId !== state.questionId) return { code: 'StaleCase', message: 'another question' }
  if (state.rev === 0) return { code: 'StillOpening', message: 'not asked yet' }
  if (QUESTION_KIND.isEnded(state)) return { code: 'Ended', message: `it is ${state.phase}` }
  return answer === '' ? { code: 'InvalidMessage', message: 'says nothing' } : null
}

/** What follows from an answer; nothing, where it cannot be taken. */
export function answerHappenings(
  state: QuestionState,
  message: AnswerMessage,
  request?: string,
): QuestionHappening[] {
  if (refusalOf(state, message)) return []
  const by = { role: 'brandMember', id: 'mei-lin', via: 'api' }
  const asked = request === undefined ? {} : { request }
  return [{ type: 'answered', by, data: { answer: message.answer }, ...asked }]
}
