import {
  QUESTION_KIND,
  type QuestionEvent,
  type QuestionState,
} from '../../domain/question/question.js'
import type { Audited } from '../record/audit.js'
import type { QuestionRow } from './repository.js'

/** What a question's row says of its state. */
export function shownOfQuestion(state: QuestionState) {
  const { brandId, marketplace, caseId, phase, accountManagerId, askedAt, dueAt, rev } = state
  return {
    ...{ brandId, marketplace, caseId, phase, accountManagerId, rev },
    askedAt: new Date(askedAt),
    dueAt: dueAt === null ? null : new Date(dueAt),
  }
}

/** Questions, for whoever audits records. */
export const QUESTIONS: Audited<QuestionState, QuestionEvent, QuestionRow> = {
  kind: QUESTION_KIND,
  shownFields: shownOfQuestion,
}
