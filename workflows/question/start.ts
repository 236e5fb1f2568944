import { defineSignal, defineUpdate } from '@temporalio/workflow'
import type { Actor } from '../../domain/case/state.js'
import type { AnswerMessage } from '../../domain/question/answering.js'
import { type Asked, QUESTION_KIND, type QuestionState } from '../../domain/question/question.js'
import type { ProcessInput } from '../event-process.js'
import { CASES_QUEUE } from '../messages.js'
import { SEARCH_ATTRIBUTES } from '../search-attributes.js'

/** Input of `question`. */
export interface QuestionInput
  extends ProcessInput, Pick<Asked, 'brandId' | 'marketplace' | 'caseId' | 'text'> {
  questionId: string
  by: Actor
  /** What an earlier run was sent and did not live to save. */
  undelivered?: AnswerMessage[]
}

/** What an answer is answered with. */
export type Answered = Pick<QuestionState, 'questionId' | 'rev' | 'phase'>

export const answerQuestion = defineUpdate<Answered, [AnswerMessage]>('answerQuestion')
/** Its fallback where no worker answers in time. */
export const answerQuestionAsync = defineSignal<[AnswerMessage]>('answerQuestionAsync')
export const tryAgain = defineUpdate<null, []>('tryAgain')

/** How a question is started, whoever starts it. */
export function questionStart(input: QuestionInput) {
  const { questionId, brandId } = input
  return {
    workflowId: questionId,
    taskQueue: CASES_QUEUE,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    workflowIdConflictPolicy: 'FAIL' as const,
    args: [input] as [QuestionInput],
    memo: { [QUESTION_KIND.idName]: questionId },
    staticSummary: `question of ${brandId}`,
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTES.BrandId, value: brandId },
      { key: SEARCH_ATTRIBUTES.CasePhase, value: 'opening' },
    ],
  }
}
