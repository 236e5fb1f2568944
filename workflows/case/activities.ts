import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  patched,
  proxyActivities,
} from '@temporalio/workflow'
import type { Duration } from '@temporalio/common'
import type { Activities } from '../../activities/index.js'
import type { CaseEvent } from '../../domain/case/events.js'
import type { NoticeFailedMessage } from '../../domain/case/message/notice-failed.js'
import type { CaseState } from '../../domain/case/state.js'
import type { Fault } from '../../domain/vocabulary.js'
import { readFault } from '../../domain/record/faults.js'
import type { Notice } from '../../domain/notice/notices.js'
import { casePriority } from '../../domain/case/priority.js'
import type { NewOwner } from '../../domain/case/reassigning.js'
import type { WorkingTime } from '../../domain/brand/working-time.js'
import type { ListingCaseInput, RecordedCase } from '../messages.js'

// The record must be written, however long the database is away.
const untilItIsBack = {
  initialInterval: '500ms',
  backoffCoefficient: 2,
  maximumInterval: '20s',
} as const
const opening = proxyActivities<Activities>({
  startToCloseTimeout: '15s',
  retry: untilItIsBack,
  summary: 'take the case in, with its policy',
})
const saving = proxyActivities<Activities>({
  startToCloseTimeout: '15s',
  retry: { ...untilItIsBack, nonRetryableErrorTypes: ['RecordConflict'] },
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

/**
 * Writes the first events, or returns the record of an earlier run. Retried until the record
 * answers; `failed` says why it never will. Rejects where this cannot be told apart: on a replay.
 */
export async function openCase(
  input: ListingCaseInput,
): Promise<RecordedCase | { failed: string }> {
  try {
    return await opening.openCase(input)
  } catch (error) {
    return failureOf(error)
  }
}

/**
 * Saves events. Retried without end; `conflict` says why the record cannot be continued with
 * them: it holds others under these numbers, or is not whole. `failed` says why they can never be
 * saved.
 */
export async function saveCase(
  state: CaseState,
  events: CaseEvent[],
): Promise<{ savedRev: number } | { conflict: string } | { failed: string }> {
  try {
    const summary = `record ${events.map(({ type }) => type).join(', ')}`
    const options = { summary, priority: casePriority(state) }
    return await saving.saveCase.executeWithOptions(options, [{ caseId: state.caseId, events }])
  } catch (error) {
    const cause = error instanceof ActivityFailure ? error.cause : undefined
    if (cause instanceof ApplicationFailure && cause.type === 'RecordConflict') {
      return { conflict: cause.message }
    }
    return failureOf(error)
  }
}

/** What the verification of the case's record finds, or `null`; also when it cannot be verified. */
export async function verifyRecord(caseId: string): Promise<string | null> {
  try {
    return await verifying.verifyRecord({ caseId })
  } catch (error) {
    if (error instanceof ActivityFailure && !isCancellation(error)) return null
    throw error
  }
}

/** Why an activity that is otherwise repeated without end has failed; rethrows anything else. */
function failureOf(error: unknown): { failed: string } {
  const isOurs = error instanceof ActivityFailure && !isCancellation(error)
  // Asked only here, because a patch costs events; such a failure used to end the workflow.
  if (!isOurs || !patched('outlivesFailures')) throw error
  return { failed: causeOf(error).message }
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
  try {
    return await opening.readWorkingTime.executeWithOptions(options, [{ who, fromMs }])
  } catch (error) {
    if (error instanceof ActivityFailure && !isCancellation(error)) return null
    throw error
  }
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

/**
 * The last failure behind an exhausted retry. A timeout says nothing about the outcome. `fault`: why
 * it was not repeated.
 */
export function causeOf(error: ActivityFailure): {
  message: string
  outcomeUnknown?: boolean
  fault?: Fault
} {
  const { cause } = error
  const behind = cause?.cause instanceof ApplicationFailure ? cause.cause : cause
  const fault = cause instanceof ApplicationFailure ? readFault(cause.type) : null
  const failure = fault ? cause : behind
  if (!(failure instanceof ApplicationFailure)) return { message: cause?.message ?? error.message }
  const details = failure.details?.[0] as { outcomeUnknown?: boolean } | undefined
  const outcomeUnknown = details?.outcomeUnknown !== false
  return { message: failure.message, outcomeUnknown, ...(fault ? { fault } : {}) }
}
