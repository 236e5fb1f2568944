import { proxyActivities } from '@temporalio/workflow'
import type { Activities } from '../../activities/index.js'
import type { NoticeFailedMessage } from '../../domain/notice/unreachable.js'
import { checkInput } from '../input.js'
import type { LateAnswerInput } from '../messages.js'
import { notDelivered, untoldOf } from './telling.js'

const { saveLateAnswer } = proxyActivities<Activities>({
  startToCloseTimeout: '15s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
  summary: 'keep an answer that came too late',
})

/**
 * Keeps an answer that came after its case had closed, beside the case's record, and tells the
 * account manager, or the lead where they cannot be told. It fails with what could not be told, for
 * operators to find (docs/operations.md).
 */
export async function lateAnswer(input: LateAnswerInput): Promise<void> {
  checkInput('lateAnswer', input)
  // Where nobody is told, and in runs of before that was asked, nothing comes back.
  const telling = await saveLateAnswer(input)
  if (!telling) return
  const failures: NoticeFailedMessage[] = []
  for (const notice of telling.notices) {
    const untold = await untoldOf(telling, [notice])
    if (untold.length === 0) return
    failures.push(...untold)
  }
  throw notDelivered(telling.caseId, failures)
}
