import type { Actor } from '../case/state.js'
import { type ProcessKind, unknownEvent } from '../record/record.js'
import type { QuestionPhase } from '../vocabulary.js'

// A question of a brand to its account manager, about a case or in general: with the account manager
// for a working day, then with the lead until it is answered. All instants are epoch ms.

/** The marketplace of a question about none. No id of a marketplace is like it. */
export const NO_MARKETPLACE = '-'

/** What is known when a question is asked. */
export interface Asked {
  brandId: string
  /** Of the case it is about, else `NO_MARKETPLACE`. */
  marketplace: string
  caseId: string | null
  text: string
  /** Whose it is, and who has it after them. */
  accountManagerId: string | null
  leadId: string | null
  /** When it goes to the lead; `null`: it is the lead's from the beginning. */
  dueAt: number | null
}

interface EventData {
  asked: Asked
  passedOn: { reason: PassedOnReason; detail?: string }
  answered: { text: string }
  untold: { whom: 'accountManager' | 'lead' | 'asker'; detail: string }
  noted: { text: string }
}
/** Why the lead has it: nobody answered in time, or the account manager could not be told. */
export type PassedOnReason = 'silence' | 'unreachable'

/** What happened to a question, before it gets its number. */
export type QuestionHappening = {
  [T in keyof EventData]: { type: T; by: Actor; data: EventData[T]; request?: string }
}[keyof EventData]
/** An entry of its record. */
export type QuestionEvent = QuestionHappening & { seq: number; at: number }

/** Everything the rules need to know of one question. */
export interface QuestionState extends Asked {
  questionId: string
  rev: number
  updatedAt: number
  phase: QuestionPhase | 'opening'
  askedBy: Actor | null
  askedAt: number
  answer: { text: string; by: Actor; at: number } | null
  /** Whom a mail about it did not reach. */
  untold: { whom: EventData['untold']['whom']; detail: string }[]
}

const QUESTION_ID = /^question~[a-z0-9](?:[a-z0-9-]*[a-z0-9])?~[a-z0-9]{13,}$/

/** `question~<brandId>~<random>`, which is its workflow's id, too. */
export const QUESTION_KIND = {
  workflowType: 'question',
  noun: 'question',
  idName: 'questionId',
  beginsWith: 'asked',
  unopened: (questionId, first) => unasked(questionId, first.at),
  evolve,
  isEnded: ({ phase }) => phase === 'answered',
  workflowIdOf: (id) => (QUESTION_ID.test(id) ? id : null),
} as const satisfies ProcessKind<QuestionState, QuestionEvent>

/** The id of a brand's question; `suffix` is random or made of what makes it the same question. */
export function questionIdOf(brandId: string, suffix: string): string {
  return `question~${brandId}~${suffix}`
}

/** The brand of a question; `null` for text that is no id of one. */
export function brandOfQuestion(questionId: string): string | null {
  return QUESTION_ID.test(questionId) ? (questionId.split('~')[1] ?? null) : null
}

/** A question before its first event. */
export function unasked(questionId: string, at: number): QuestionState {
  return {
    ...{ questionId, brandId: '', marketplace: '', caseId: null, text: '' },
    ...{ accountManagerId: null, leadId: null, dueAt: null, askedBy: null, askedAt: at },
    ...{ rev: 0, updatedAt: at, phase: 'opening', answer: null, untold: [] },
  }
}

function evolve(state: QuestionState, event: QuestionEvent): QuestionState {
  const next = { ...state, rev: event.seq, updatedAt: event.at }
  const { by, at } = event
  switch (event.type) {
    case 'asked': {
      const phase = event.data.dueAt === null ? 'awaitingLead' : 'awaitingAccountManager'
      return { ...next, ...event.data, phase, askedBy: by, askedAt: at }
    }
    case 'passedOn':
      return { ...next, phase: 'awaitingLead', dueAt: null }
    case 'answered':
      return { ...next, phase: 'answered', dueAt: null, answer: { text: event.data.text, by, at } }
    case 'untold':
      return { ...next, untold: [...state.untold, event.data] }
    case 'noted':
      return next
    default:
      throw unknownEvent('question', state.questionId, event)
  }
}
