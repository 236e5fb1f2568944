import { ActivityCancellationType, ActivityFailure, proxyActivities } from '@temporalio/workflow'
import type { Activities } from '../../activities/index.js'
import { LONGEST_CALL_MS, LONGEST_LOOKUP_MS } from '../../domain/case/attempts.js'
import type { CaseState } from '../../domain/case/state.js'
import { faultMessage } from '../../domain/record/faults.js'
import { plainMarkdown } from '../../domain/form/markdown.js'
import { casePriority } from '../../domain/case/priority.js'
import type { RestorationAnswer } from '../../domain/case/restoring.js'
import { causeOf } from '../activity-failures.js'
import { marketplaceQueue } from '../messages.js'

/** What the marketplace is told, and may tell the seller; why it was reopened is for the brand and staff. */
const REASON = 'The case was reopened: the removal is looked at again.'

/**
 * One bounded effort to put back what the case before had removed; the key of that removal makes
 * every repetition the same request. What does not work out is tried again by the case.
 */
export async function putBack(state: CaseState): Promise<RestorationAnswer> {
  const { restoration, listing, marketplace } = state
  if (!restoration || !listing) {
    return { kind: 'failed', message: faultMessage('CodeFault', 'there is nothing to put back') }
  }
  const { restoreListing } = proxyActivities<Activities>({
    taskQueue: marketplaceQueue(marketplace),
    startToCloseTimeout: LONGEST_LOOKUP_MS + LONGEST_CALL_MS,
    scheduleToStartTimeout: '4h',
    heartbeatTimeout: '5s',
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    // The activity ends itself after eight attempts, of which those of a paused marketplace are none.
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
    summary: `put ${plainMarkdown(listing.listingId)} back at ${marketplace}`,
    priority: casePriority(state),
  })
  const { key, takedownId } = restoration
  try {
    return await restoreListing({
      ...{ key, marketplace, listingId: listing.listingId, reason: REASON },
      ...(takedownId === undefined ? {} : { takedownId }),
    })
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error
    return { kind: 'failed', message: causeOf(error).message }
  }
}
