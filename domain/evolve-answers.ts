import type { CaseEvent } from './case-events.js'
import type { AnswerRecord, CaseState, Decision } from './case-state.js'

/** The answers of the case with that of `decision`, which became `result`. */
export function answered(
  { answers }: CaseState,
  decision: Decision,
  result: AnswerRecord['result'],
): AnswerRecord[] {
  const { decisionId, verdict, by, decidedAt, digest } = decision
  const answer = { decisionId, verdict, role: by.role, at: decidedAt, result }
  return [...answers, { ...answer, ...(digest === undefined ? {} : { digest }) }]
}

/** The answers of the case with one that was refused. */
export function refusedToo(
  { answers }: CaseState,
  { at, data }: CaseEvent<'decisionRefused'>,
): AnswerRecord[] {
  const { code, decisionId, verdict, role, digest } = data
  const refused: AnswerRecord = { decisionId, verdict, role, at, result: 'refused', refusal: code }
  return [...answers, { ...refused, ...(digest === undefined ? {} : { digest }) }]
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
