import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import type { DecideMessage } from '../../domain/case/message/decide-message.js'
import { parseCaseId } from '../../domain/case/identity.js'
import { brandPriority } from '../../domain/case/priority.js'
import {
  CASES_QUEUE,
  LATE_ANSWER,
  lateAnswerId,
  type LateAnswerInput,
  type LateAnswerMemo,
} from '../../workflows/messages.js'
import { otherContent } from '../errors.js'
import { CALL_TIMEOUT_MS } from '../process-gateway.js'

/**
 * Keeps an answer that came after its case had closed, once. Throws `other-content` when another
 * answer was kept under its id.
 */
export function createKeepLateAnswer({ temporal, now }: { temporal: Client; now: () => number }) {
  return async function keepLateAnswer(message: DecideMessage): Promise<void> {
    const input: LateAnswerInput = { message, receivedAt: now() }
    const memo: LateAnswerMemo = message.digest === undefined ? {} : { digest: message.digest }
    const workflowId = lateAnswerId(message.caseId, message.decisionId)
    const withDeadline = <T>(call: () => Promise<T>) =>
      temporal.withDeadline(Date.now() + CALL_TIMEOUT_MS, call)
    try {
      await withDeadline(() =>
        temporal.workflow.start(LATE_ANSWER, {
          taskQueue: CASES_QUEUE,
          workflowId,
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          workflowIdConflictPolicy: 'FAIL',
          priority: brandPriority(parseCaseId(message.caseId)?.brandId ?? ''),
          args: [input],
          memo: { ...memo },
        }),
      )
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
      const kept = await withDeadline(() => temporal.workflow.getHandle(workflowId).describe())
      const { digest } = (kept.memo ?? {}) as LateAnswerMemo
      if (digest !== undefined && digest !== memo.digest) throw otherContent()
    }
  }
}
