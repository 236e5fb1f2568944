import { ApplicationFailure, log } from '@temporalio/workflow'
import type { NoticeFailedMessage } from '../domain/case-messages.js'
import { notify, undelivered } from './case-activities.js'
import type { TellingInput } from './messages.js'

/**
 * Tells what a closed case had not told yet, so that no case has to wait for it: its listing may be
 * reported again meanwhile. It fails with what could not be told, for operators to find
 * (docs/operations.md).
 */
export async function telling({ caseId, notices, ...of }: TellingInput): Promise<void> {
  let failures: NoticeFailedMessage[]
  try {
    failures = await notify(of, notices)
  } catch (error) {
    failures = undelivered(notices, error)
  }
  if (failures.length === 0) return
  log.error('notices of a closed case could not be delivered', { caseId, failures })
  const lines = failures.map(({ kind, contactId, detail }) => `${kind} to ${contactId}: ${detail}`)
  throw ApplicationFailure.nonRetryable(lines.join('; '), 'NotDelivered')
}
