import { defineSignal, defineUpdate } from '@temporalio/workflow'
import type { ProcessInput } from '../../../workflows/event-process.js'
import { CASES_QUEUE } from '../../../workflows/messages.js'
import { SEARCH_ATTRIBUTES } from '../../../workflows/search-attributes.js'
import { type AnswerMessage, QUESTION_KIND, type QuestionState } from './question.js'

/** Input of `question`. */
export interface QuestionInput extends ProcessInput {
  questionId: string
  brandId: string
  marketplace: string
  text: string
  remindAfterMs: number
  expiresAfterMs: number
  /** What an earlier run was sent and did not live to save. */
  undelivered?: AnswerMessage[]
}

/** The answer to an answer. */
export type Answered = Pick<QuestionState, 'questionId' | 'rev' | 'phase'>

export const answer = defineUpdate<Answered, [AnswerMessage]>('answer')
export const answerAsync = defineSignal<[AnswerMessage]>('answerAsync')
export const tryAgain = defineUpdate<null, []>('tryAgain')

/** How a question is started, whoever starts it. */
export function questionStart(input: QuestionInput) {
  const { questionId, brandId, marketplace } = input
  return {
    workflowId: QUESTION_KIND.workflowIdOf(questionId) ?? questionId,
    taskQueue: CASES_QUEUE,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    workflowIdConflictPolicy: 'FAIL' as const,
    args: [input] as [QuestionInput],
    memo: { questionId },
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTES.BrandId, value: brandId },
      { key: SEARCH_ATTRIBUTES.Marketplace, value: marketplace },
      { key: SEARCH_ATTRIBUTES.CasePhase, value: 'opening' },
    ],
  }
}
