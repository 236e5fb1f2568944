import type { CaseEvent } from './events.js'
import type { AnswerRecord, CaseState, Decision } from './state.js'
import { lastWithin } from '../form/size.js'
import { rulesVersionOf } from './case-policy.js'

type Answers = Pick<CaseState, 'answers' | 'unlistedAnswers'>

/** The latest answers, and the one that won. One repeated after so many others is another one. */
const MAX_ANSWERS_LISTED = 500
/** Ids were longer once. */
const MAX_ANSWER_BYTES = 150_000

/** The answers of the case with that of `decision`, which became `result`. */
export function answered(
  state: CaseState,
  decision: Decision,
  result: AnswerRecord['result'],
): Answers {
  const { decisionId, verdict, by, decidedAt, digest } = decision
  const answer = { decisionId, verdict, role: by.role, at: decidedAt, result }
  return withAnswer(state, { ...answer, ...(digest === undefined ? {} : { digest }) })
}

/** The answers of the case with one that was refused. */
export function refusedToo(state: CaseState, { at, data }: CaseEvent<'decisionRefused'>): Answers {
  const { code, decisionId, verdict, role, digest } = data
  const refused: AnswerRecord = { decisionId, verdict, role, at, result: 'refused', refusal: code }
  return withAnswer(state, { ...refused, ...(digest === undefined ? {} : { digest }) })
}

/** How many answers reached the case. */
export function answerCount({ answers, unlistedAnswers = 0 }: Answers): number {
  return answers.length + unlistedAnswers
}

/** The same case with a list of answers that is no longer than it may be. */
export function withBoundedAnswers(state: CaseState): CaseState {
  const { answers } = state
  const latest = lastWithin(answers.slice(-MAX_ANSWERS_LISTED), MAX_ANSWER_BYTES)
  const left = answers.slice(0, answers.length - latest.length)
  const kept = [...left.filter(({ result }) => result === 'won'), ...latest]
  if (kept.length === answers.length) return state
  return { ...state, answers: kept, unlistedAnswers: answerCount(state) - kept.length }
}

/** From rules version 3 on the list is bounded; an older case's when its record is taken over. */
function withAnswer(state: CaseState, answer: AnswerRecord): Answers {
  const next = { ...state, answers: [...state.answers, answer] }
  const isBounded = rulesVersionOf(state) >= 3 || state.unlistedAnswers !== undefined
  const isLong = isBounded && next.answers.length > MAX_ANSWERS_LISTED
  const { answers, unlistedAnswers } = isLong ? withBoundedAnswers(next) : next
  return { answers, ...(unlistedAnswers === undefined ? {} : { unlistedAnswers }) }
}

/** The answers of the case, where the one that won is `result` from now on. */
export function noLongerWon(
  { answers }: CaseState,
  decisionId: string,
  result: AnswerRecord['result'],
): AnswerRecord[] {
  return answers.map((a) =>
    a.decisionId === decisionId && a.result === 'won' ? { ...a, result } : a,
  )
}
