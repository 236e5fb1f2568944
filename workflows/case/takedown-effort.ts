import {
  ActivityCancellationType,
  ActivityFailure,
  patched,
  proxyActivities,
  sleep,
  TimeoutFailure,
} from '@temporalio/workflow'
import { TimeoutType } from '@temporalio/common'
import type { Activities } from '../../activities/index.js'
import {
  LONGEST_ATTEMPT_MS,
  LONGEST_CALL_MS,
  LONGEST_LOOKUP_MS,
} from '../../domain/case/attempts.js'
import { type Backoff, pauseMs } from '../../domain/record/backoff.js'
import type { CaseState } from '../../domain/case/state.js'
import type { ListingStanding } from '../../domain/case/listing-gone.js'
import { faultMessage } from '../../domain/record/faults.js'
import { plainMarkdown } from '../../domain/form/markdown.js'
import { casePriority } from '../../domain/case/priority.js'
import { type TakedownLookup, type TakedownResult, unclear } from '../../domain/case/taking-down.js'
import { policyOf, rulesVersionOf } from '../../domain/case/case-policy.js'
import { causeOf } from '../activity-failures.js'
import { lookupsQueue, marketplaceQueue } from '../messages.js'

/** How long a removal waits for its turn before somebody is told; at 5 a second, 72,000 of them. */
const PATIENCE_IN_QUEUE = '4h'

const BETWEEN_POLLS: Backoff = { firstMs: 2_000, longestMs: 2 * 60_000 }

/**
 * One bounded effort to take the listing down at its marketplace. What may have been sent is looked
 * up first, apart from the limiter of removals, and so is, again and again, what the marketplace
 * answers later.
 */
export async function takeDown(
  state: CaseState,
  mayHaveBeenSent: boolean,
): Promise<TakedownResult> {
  const isLookedUp = mayHaveBeenSent && patched('lookedUpFirst')
  let current: Awaited<ReturnType<Activities['requestTakedown']>> | TakedownLookup = isLookedUp
    ? await lookUpTakedown(state)
    : { kind: 'notTakenDown' }
  let isSent = mayHaveBeenSent
  let polledMs = 0
  for (let n = 0; ;) {
    switch (current.kind) {
      case 'notTakenDown':
        current = await requestTakedown(state, isSent)
        isSent = true
        break
      case 'failed':
        return { kind: 'exhausted', message: current.message, outcomeUnknown: true }
      case 'pending': {
        const pause = pauseMs(BETWEEN_POLLS, n++, state.caseId)
        polledMs += pause
        if (polledMs > policyOf(state).takedownBudgetMs) {
          return { kind: 'exhausted', message: unclear(current), outcomeUnknown: true }
        }
        await sleep(pause, { summary: `the marketplace is working on ${current.takedownId}` })
        const found: TakedownLookup = await lookUpTakedown(state)
        // What cannot be asked now is asked again, within the same budget.
        if (found.kind !== 'failed') current = found
        break
      }
      default:
        return current
    }
  }
}

/** What became of a takedown, asked once; `failed` when the marketplace does not say. */
export async function lookUpTakedown(state: CaseState): Promise<TakedownLookup> {
  const { takedown, listing } = state
  if (!takedown || !listing) return { kind: 'notTakenDown' }
  const { findTakedown } = proxyActivities<Activities>({
    taskQueue: lookupsQueue(state.marketplace),
    startToCloseTimeout: LONGEST_LOOKUP_MS,
    scheduleToStartTimeout: '10m',
    heartbeatTimeout: '5s',
    // The activity ends itself after three attempts, of which those of a paused marketplace are none.
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
    summary: `look up ${takedown.key}`,
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

/**
 * Whether the listing is still there; asked until the marketplace says. One that can never be asked
 * counts as listed: the case goes on as before.
 */
export async function lookAtListing(state: CaseState): Promise<ListingStanding> {
  const { marketplace, listing } = state
  const { lookAtListing: look } = proxyActivities<Activities>({
    taskQueue: lookupsQueue(marketplace),
    startToCloseTimeout: LONGEST_CALL_MS,
    heartbeatTimeout: '5s',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10m' },
    summary: `is ${plainMarkdown(listing?.listingId ?? '')} still listed`,
    priority: casePriority(state),
  })
  if (!listing) return 'listed'
  try {
    return await look({ marketplace, listingId: listing.listingId })
  } catch (error) {
    const { fault } = error instanceof ActivityFailure ? causeOf(error) : {}
    if (!fault) throw error
    return 'listed'
  }
}

async function requestTakedown(
  state: CaseState,
  mayHaveBeenSent: boolean,
): ReturnType<Activities['requestTakedown']> {
  const { takedown, listing, shown, decision } = state
  if (!takedown || !listing || !shown || !decision) {
    const message = faultMessage('CodeFault', 'there is no decided takedown')
    return { kind: 'fault', message, outcomeUnknown: mayHaveBeenSent }
  }
  const activities = proxyActivities<Activities>({
    taskQueue: marketplaceQueue(state.marketplace),
    startToCloseTimeout: LONGEST_ATTEMPT_MS,
    scheduleToStartTimeout: PATIENCE_IN_QUEUE,
    heartbeatTimeout: '5s',
    // Once it is stopped nothing may be sent any more: wait until it has ended.
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
    summary: `take down ${plainMarkdown(listing.listingId)} at ${state.marketplace} (${decision.basis})`,
    priority: casePriority(state),
  })
  try {
    return await activities.requestTakedown({
      key: takedown.key,
      caseId: state.caseId,
      marketplace: state.marketplace,
      listingId: listing.listingId,
      verdict: decision.verdict,
      basis: decision.basis,
      severity: state.severity,
      ...(decision.reasonCode ? { reasonCode: decision.reasonCode } : {}),
      shown,
      // From version 3 of the rules on `shown` is the change that was accepted, and holds alone.
      acceptChanged: takedown.acceptChanged && rulesVersionOf(state) < 3,
      mayHaveBeenSent,
      budgetMs: policyOf(state).takedownBudgetMs,
    })
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error
    return unsuccessful(error, mayHaveBeenSent)
  }
}

/** A request that never got its turn was not sent; what is said of an earlier one still holds. */
function unsuccessful(error: ActivityFailure, mayHaveBeenSent: boolean): TakedownResult {
  const { message, outcomeUnknown, fault } = causeOf(error)
  if (fault) return { kind: 'fault', message, outcomeUnknown: outcomeUnknown !== false }
  const neverStarted =
    error.cause instanceof TimeoutFailure &&
    error.cause.timeoutType === TimeoutType.SCHEDULE_TO_START
  return {
    kind: 'exhausted',
    message: neverStarted ? `no turn at the marketplace within ${PATIENCE_IN_QUEUE}` : message,
    outcomeUnknown: outcomeUnknown ?? (!neverStarted || mayHaveBeenSent),
  }
}
