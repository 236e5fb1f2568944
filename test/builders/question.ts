import {
  NO_MARKETPLACE,
  QUESTION_KIND,
  type QuestionEvent,
  questionIdOf,
  type QuestionState,
  unasked,
} from '../../domain/question/question.js'
import { recordOn } from '../../domain/record/record.js'
import { randomSuffix } from '../../platform/digest.js'
import type { Store } from '../../store/store.js'

/** Puts a question of the brand on record, as its workflow does; gives its id. */
export async function saveBuiltQuestion(store: Store, brandId: string): Promise<string> {
  const questionId = questionIdOf(brandId, randomSuffix())
  const now = Date.now()
  const { events, state } = recordOn<QuestionState, QuestionEvent>(
    QUESTION_KIND,
    unasked(questionId, now),
    [
      {
        type: 'asked',
        by: { role: 'brandMember', id: 'mei-lin', via: 'api' },
        data: {
          ...{ brandId, marketplace: NO_MARKETPLACE, caseId: null, text: 'When?' },
          ...{ accountManagerId: 'ana-souza', leadId: null, dueAt: now + 60_000 },
        },
      },
    ],
    now,
  )
  await store.questions.open({ workflowId: questionId, events, state })
  return questionId
}
