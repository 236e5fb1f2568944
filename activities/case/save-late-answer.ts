import { ApplicationFailure } from '@temporalio/activity'
import { parseCaseId } from '../../domain/case/identity.js'
import { lateAnswerNotices } from '../../domain/case/late-answers.js'
import { EVERYTHING } from '../../store/store.js'
import type { LateAnswerInput, TellingInput } from '../../workflows/messages.js'
import type { ActivityDependencies } from '../dependencies.js'

/**
 * Keeps an answer that came after its case had closed, outside the case's chain of events. Returns
 * who is to be told of it, in their order; `null` when nobody is.
 */
export function createSaveLateAnswer({ store }: ActivityDependencies) {
  return async function saveLateAnswer({
    message,
    receivedAt,
  }: LateAnswerInput): Promise<TellingInput | null> {
    const { caseId, decisionId, verdict, caller } = message
    const parsed = parseCaseId(caseId)
    if (!parsed) throw ApplicationFailure.nonRetryable(`${caseId} is no case id`, 'InvalidMessage')
    const isKept = await store.lateAnswers.add({
      caseId,
      decisionId,
      brandId: parsed.brandId,
      verdict,
      by: { role: caller.role, id: caller.id },
      receivedAt: new Date(receivedAt),
      message,
    })
    const row = isKept ? await store.cases.get(EVERYTHING, caseId) : null
    if (!row) return null
    if (row.phase !== 'closed') {
      throw ApplicationFailure.retryable(`the record is behind case ${caseId}`, 'RecordBehind')
    }
    const { severity, brandId } = row
    const notices = lateAnswerNotices(row.state, message)
    return notices.length === 0 ? null : { caseId, severity, brandId, notices }
  }
}
