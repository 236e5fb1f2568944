import type { Question } from '../../contract/question.js'
import type { QuestionRow } from '../../store/store.js'
import { iso } from './iso.js'
import { type Names, withName } from './reader.js'

/** A question as both sides read it. */
export function presentQuestion(row: QuestionRow, names: Names): Question {
  const { questionId, brandId, caseId, phase, accountManagerId, dueAt, askedAt, state } = row
  const { text, askedBy, answer } = state
  return {
    ...{ questionId, brandId, caseId, text, accountManagerId },
    // On record it is asked already.
    phase: phase === 'opening' ? 'awaitingAccountManager' : phase,
    askedBy: askedBy && withName(askedBy, names),
    askedAt: iso(askedAt),
    dueAt: dueAt && iso(dueAt),
    answer: answer && { text: answer.text, by: withName(answer.by, names), at: iso(answer.at) },
  }
}
