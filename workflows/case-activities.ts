import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  proxyActivities,
} from '@temporalio/workflow'
import type { Activities } from '../activities/index.js'
import type { CaseEvent } from '../domain/case-events.js'
import type { NoticeFailedMessage } from '../domain/case-messages.js'
import type { CaseState } from '../domain/case-state.js'
import type { Notice } from '../domain/notices.js'
import { casePriority } from '../domain/priority.js'
import type { TakedownLookup, TakedownResult } from '../domain/taking-down.js'
import { policyOf } from '../domain/waits.js'
import { plainMarkdown } from '../domain/markdown.js'
import { type ListingCaseInput, marketplaceQueue, type RecordedCase } from './messages.js'

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

// Bounded, so that a case can end; longer than an outage of the database, which must cost no mail.
const telling = proxyActivities<Activities>({
  startToCloseTimeout: '15s',
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
})

/** Writes the first events, or returns the record of an earlier run. Retried until the record answers. */
export async function openCase(input: ListingCaseInput): Promise<RecordedCase> {
  return opening.openCase(input)
}

/**
 * Saves events. Retried without end; `recordConflict` when the record holds other events under
 * these numbers.
 */
export async function saveCase(
  state: CaseState,
  events: CaseEvent[],
): Promise<{ savedRev: number } | 'recordConflict'> {
  try {
    const summary = `record ${events.map(({ type }) => type).join(', ')}`
    const options = { summary, priority: casePriority(state) }
    return await saving.saveCase.executeWithOptions(options, [{ caseId: state.caseId, events }])
  } catch (error) {
    const cause = error instanceof ActivityFailure ? error.cause : undefined
    if (cause instanceof ApplicationFailure && cause.type === 'RecordConflict') {
      return 'recordConflict'
    }
    throw error
  }
}

/** Hands notices to the digests of those concerned; returns what cannot be delivered. */
export async function notify(state: CaseState, notices: Notice[]): Promise<NoticeFailedMessage[]> {
  try {
    const told = new Set(notices.map(({ audience, kind }) => `${audience} (${kind})`))
    const summary = `tell ${[...told].join(', ')}`
    const options = { summary, priority: casePriority(state) }
    return await telling.notify.executeWithOptions(options, [notices])
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error
    return notices.map(({ caseId, kind, audience, contactId }) => ({
      caseId,
      kind,
      contactId: contactId ?? audience,
      detail: causeOf(error).message,
    }))
  }
}

/**
 * One bounded effort to take the listing down at its marketplace. `mayHaveBeenSent` makes the first
 * attempt look the takedown up before sending it.
 */
export async function takeDown(
  state: CaseState,
  mayHaveBeenSent: boolean,
): Promise<TakedownResult> {
  const { takedown, listing, shown, decision } = state
  if (!takedown || !listing || !shown || !decision) {
    throw ApplicationFailure.nonRetryable('no decided takedown', 'NoTakedown')
  }
  const { requestTakedown } = proxyActivities<Activities>({
    taskQueue: marketplaceQueue(state.marketplace),
    startToCloseTimeout: '30s',
    scheduleToCloseTimeout: policyOf(state).takedownBudgetMs,
    heartbeatTimeout: '5s',
    cancellationType: ActivityCancellationType.TRY_CANCEL,
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
    summary: `take down ${plainMarkdown(listing.listingId)} at ${state.marketplace} (${decision.basis})`,
    priority: casePriority(state),
  })
  try {
    return await requestTakedown({
      key: takedown.key,
      caseId: state.caseId,
      marketplace: state.marketplace,
      listingId: listing.listingId,
      verdict: decision.verdict,
      basis: decision.basis,
      severity: state.severity,
      ...(decision.reasonCode ? { reasonCode: decision.reasonCode } : {}),
      shown,
      acceptChanged: takedown.acceptChanged,
      mayHaveBeenSent,
    })
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error
    const { message, outcomeUnknown } = causeOf(error)
    return { kind: 'exhausted', message, outcomeUnknown }
  }
}

/** What became of a takedown nobody knows the outcome of; asked before a case is closed. */
export async function lookUpTakedown(state: CaseState): Promise<TakedownLookup> {
  const { takedown, listing } = state
  if (!takedown || !listing) return { kind: 'notTakenDown' }
  const { findTakedown } = proxyActivities<Activities>({
    taskQueue: marketplaceQueue(state.marketplace),
    startToCloseTimeout: '30s',
    scheduleToCloseTimeout: '1m',
    retry: { initialInterval: '1s', backoffCoefficient: 2 },
    summary: `look up ${takedown.key} before closing`,
    priority: casePriority(state),
  })
  try {
    return await findTakedown({
      key: takedown.key,
      marketplace: state.marketplace,
      listingId: listing.listingId,
    })
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error
    return { kind: 'failed', message: causeOf(error).message }
  }
}

/** The last failure behind an exhausted retry. A timeout says nothing about the outcome. */
function causeOf(error: ActivityFailure): { message: string; outcomeUnknown: boolean } {
  const { cause } = error
  const failure = cause?.cause instanceof ApplicationFailure ? cause.cause : cause
  if (!(failure instanceof ApplicationFailure)) {
    return { message: cause?.message ?? error.message, outcomeUnknown: true }
  }
  const details = failure.details?.[0] as { outcomeUnknown?: boolean } | undefined
  return { message: failure.message, outcomeUnknown: details?.outcomeUnknown !== false }
}
