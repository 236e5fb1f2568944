import type { LateAnswerInput } from '../workflows/messages.js'
import { parseCaseId } from '../domain/identity.js'
import { ApplicationFailure } from '@temporalio/activity'
import type { ActivityDependencies } from './dependencies.js'

/** Keeps an answer that came after its case had closed, outside the case's chain of events. */
export function createSaveLateAnswer({ store }: ActivityDependencies) {
  return async function saveLateAnswer({ message, receivedAt }: LateAnswerInput): Promise<void> {
    const { caseId, decisionId, verdict, caller } = message
    const parsed = parseCaseId(caseId)
    if (!parsed) throw ApplicationFailure.nonRetryable(`${caseId} is no case id`, 'InvalidMessage')
    await store.admin.addLateAnswer({
      caseId,
      decisionId,
      brandId: parsed.brandId,
      verdict,
      by: { role: caller.role, id: caller.id },
      receivedAt: new Date(receivedAt),
      message,
    })
  }
}
