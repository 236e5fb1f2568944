import { ActivityFailure, proxyActivities } from '@temporalio/workflow'
import type { Duration } from '@temporalio/common'
import type { Activities } from '../../activities/index.js'
import type { CaseEvent } from '../../domain/case/events.js'
import type { NoticeFailedMessage } from '../../domain/notice/unreachable.js'
import type { CaseState } from '../../domain/case/state.js'
import type { Notice } from '../../domain/notice/notices.js'
import { casePriority } from '../../domain/case/priority.js'
import type { NewOwner } from '../../domain/case/waiting/new-owner.js'
import type { WorkingTime } from '../../domain/brand/working-intervals.js'
import {
  causeOf,
  type Saved,
  savedOrWhyNot,
  unlessFailed,
  unlessUnknown,
  UNTIL_IT_IS_BACK,
  UNTIL_IT_IS_SAVED,
} from '../activity-failures.js'
import type { ListingCaseInput, RecordedCase } from '../messages.js'

const opening = proxyActivities<Activities>({
  startToCloseTimeout: '15s',
  retry: UNTIL_IT_IS_BACK,
  summary: 'take the case in, with its policy',
})
const saving = proxyActivities<Activities>({
  startToCloseTimeout: '15s',
  retry: UNTIL_IT_IS_SAVED,
})

const verifying = proxyActivities<Activities>({
  startToCloseTimeout: '1m',
  retry: { maximumAttempts: 3 },
  summary: 'what is wrong with the record',
})

// Bounded, so that a case can end; longer than an outage of the database, which must cost no mail.
const telling = proxyActivities<Activities>({
  startToCloseTimeout: '15s',
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
})

/** Writes the first events, or returns the record of an earlier run. */
export function openCase(input: ListingCaseInput): Promise<RecordedCase | { failed: string }> {
  return unlessFailed(() => opening.openCase(input))
}

/** Saves events; retried without end. */
export function saveCase(state: CaseState, events: CaseEvent[]): Promise<Saved> {
  const summary = `record ${events.map(({ type }) => type).join(', ')}`
  const options = { summary, priority: casePriority(state) }
  return savedOrWhyNot(() =>
    saving.saveCase.executeWithOptions(options, [{ caseId: state.caseId, events }]),
  )
}

/** What the verification of the case's record finds, or `null`; also when it cannot be verified. */
export function verifyRecord(caseId: string): Promise<string | null> {
  return unlessUnknown(() => verifying.verifyRecord({ caseId }))
}

/**
 * When somebody works whom the case was given to. Retried until the record answers; `null` when
 * nobody by that id is known, or their calendar cannot be used.
 */
export async function readWorkingTime(
  state: CaseState,
  { who, fromMs }: NewOwner,
): Promise<WorkingTime | null> {
  const options = { summary: `read when ${who} works`, priority: casePriority(state) }
  return unlessUnknown(() => opening.readWorkingTime.executeWithOptions(options, [{ who, fromMs }]))
}

/** Whose notices they are: their work goes before that of less severe cases. */
type Teller = Parameters<typeof casePriority>[0]

/**
 * Hands notices to the digests of those concerned; returns those nobody can get. Rejects with an
 * `ActivityFailure` when it could not within a day, or within `limit`.
 */
export async function notify(
  of: Teller,
  notices: Notice[],
  limit: { scheduleToCloseTimeout?: Duration } = {},
): Promise<NoticeFailedMessage[]> {
  const told = new Set(notices.map(({ audience, kind }) => `${audience} (${kind})`))
  const summary = `tell ${[...told].join(', ')}`
  const options = { summary, priority: casePriority(of), ...limit }
  return telling.notify.executeWithOptions(options, [notices])
}

/** What an effort to tell left untold; rethrows what is no such failure. */
export function undelivered(notices: readonly Notice[], error: unknown): NoticeFailedMessage[] {
  if (!(error instanceof ActivityFailure)) throw error
  const { message: detail } = causeOf(error)
  return notices.map(({ caseId, kind, audience, contactId }) => ({
    ...{ caseId, kind, contactId: contactId ?? audience, detail },
  }))
}
