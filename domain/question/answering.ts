import { fields, text } from '../form/forms.js'
import { SYSTEM } from '../case/events.js'
import { callerForm, type Caller } from '../case/message/caller.js'
import { STAFF_ROLES } from '../vocabulary.js'
import {
  QUESTION_KIND,
  type QuestionEvent,
  type QuestionHappening,
  type QuestionState,
} from './question.js'

/** How long a text of a question or an answer may be. */
export const MAX_QUESTION_LENGTH = 4_000

/** An answer as it is sent. */
export interface AnswerMessage {
  questionId: string
  caller: Caller
  text: string
}

/** The form of an answer. */
const answerForm = fields<AnswerMessage>({
  questionId: text(300),
  caller: callerForm,
  text: text(MAX_QUESTION_LENGTH),
})

/** When something is due next, and what that is called in the Temporal UI; `null`: nothing is. */
export function questionDeadline({ phase, dueAt }: QuestionState) {
  return phase === 'awaitingAccountManager' && dueAt !== null
    ? { at: dueAt, summary: 'the question goes to the lead' }
    : null
}

/** What follows when that moment has come. */
export function questionDue(state: QuestionState, now: number): QuestionHappening[] {
  const deadline = questionDeadline(state)
  return deadline && now >= deadline.at ? [passedOn('silence')] : []
}

/** What follows where a mail about a question was refused: waiting for who was not told is moot. */
export function untoldHappenings(
  state: QuestionState,
  whom: Extract<QuestionEvent, { type: 'untold' }>['data']['whom'],
  detail: string,
): QuestionHappening[] {
  const untold = { type: 'untold', by: SYSTEM, data: { whom, detail } } as const
  const isMoot = whom === 'accountManager' && state.phase === 'awaitingAccountManager'
  return isMoot ? [untold, passedOn('unreachable', detail)] : [untold]
}

/** Why an answer cannot be taken, or `null`. */
export function answerRefusal(
  state: QuestionState,
  message: AnswerMessage,
): { code: string; message: string } | null {
  const problem = answerForm(message, '"answer"')
  if (problem !== null) return { code: 'InvalidMessage', message: problem }
  if (message.questionId !== state.questionId) {
    return { code: 'StaleCase', message: 'it is another question' }
  }
  if (state.rev === 0) return { code: 'StillOpening', message: 'the question is not on record yet' }
  const { role, brandIds } = message.caller
  if (brandIds !== '*' && !brandIds.includes(state.brandId)) {
    return { code: 'Foreign', message: 'there is no such question' }
  }
  if (!(STAFF_ROLES as readonly string[]).includes(role)) {
    return {
      code: 'NotAllowedForRole',
      message: `${role} may not answer; the account manager does`,
    }
  }
  return QUESTION_KIND.isEnded(state)
    ? { code: 'NotAllowedNow', message: 'the question has an answer already' }
    : null
}

/** What follows from an answer; nothing where it cannot be taken. */
export function answerHappenings(
  state: QuestionState,
  message: AnswerMessage,
  request?: string,
): QuestionHappening[] {
  if (answerRefusal(state, message)) return []
  const { role, id, via } = message.caller
  const answered = {
    type: 'answered',
    by: { role, id, via },
    data: { text: message.text },
  } as const
  return [{ ...answered, ...(request === undefined ? {} : { request }) }]
}

function passedOn(reason: 'silence' | 'unreachable', detail?: string): QuestionHappening {
  const data = { reason, ...(detail === undefined ? {} : { detail }) }
  return { type: 'passedOn', by: SYSTEM, data }
}
