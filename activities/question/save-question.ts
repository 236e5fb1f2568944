import {
  QUESTION_KIND,
  type QuestionEvent,
  type QuestionState,
} from '../../domain/question/question.js'
import { findingInWords, verifyRecord } from '../../store/record/audit.js'
import { QUESTIONS } from '../../store/questions/audit.js'
import type { ActivityDependencies } from '../dependencies.js'
import { saveRecord } from '../record/save-record.js'

/** Writes new events of a question and its row. */
export function createSaveQuestion({ store }: Pick<ActivityDependencies, 'store'>) {
  return async function saveQuestion({
    questionId,
    events,
  }: {
    questionId: string
    events: QuestionEvent[]
  }): Promise<{ savedRev: number }> {
    const { savedRev } = await saveRecord<QuestionState, QuestionEvent>(
      QUESTION_KIND,
      store.questions,
      questionId,
      events,
    )
    return { savedRev }
  }
}

/** What is wrong with the record of a question, in words; `null` when it is whole. */
export function createVerifyQuestion({ store }: Pick<ActivityDependencies, 'store'>) {
  return async function verifyQuestion(questionId: string): Promise<string | null> {
    const { finding } = await verifyRecord(QUESTIONS, store.questions, questionId)
    return findingInWords('question', finding)
  }
}
