import { ApplicationFailure, log } from '@temporalio/workflow'
import type { NoticeFailedMessage } from '../../domain/notice/unreachable.js'
import type { Notice } from '../../domain/notice/notices.js'
import { notify, undelivered } from './activities.js'
import type { TellingInput } from '../messages.js'

/**
 * Tells what a closed case had not told yet, so that no case has to wait for it: its listing may be
 * reported again meanwhile. It fails with what could not be told, for operators to find
 * (docs/operations.md).
 */
export async function telling({ caseId, notices, ...of }: TellingInput): Promise<void> {
  const failures = await untoldOf(of, notices)
  if (failures.length > 0) throw notDelivered(caseId, failures)
}

/** Hands notices over, within a day; returns those that nobody got. */
export async function untoldOf(
  of: Pick<TellingInput, 'severity' | 'brandId'>,
  notices: Notice[],
): Promise<NoticeFailedMessage[]> {
  try {
    return await notify(of, notices)
  } catch (error) {
    return undelivered(notices, error)
  }
}

/** What ends a workflow that could not tell somebody. */
export function notDelivered(
  caseId: string,
  failures: readonly NoticeFailedMessage[],
): ApplicationFailure {
  log.error('notices of a closed case could not be delivered', { caseId, failures })
  const lines = failures.map(({ kind, contactId, detail }) => `${kind} to ${contactId}: ${detail}`)
  return ApplicationFailure.nonRetryable(lines.join('; '), 'NotDelivered')
}
