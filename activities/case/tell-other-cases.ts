import { WorkflowNotFoundError } from '@temporalio/client'
import type { CaseState } from '../../domain/case/state.js'
import { parseCaseId } from '../../domain/case/identity.js'
import { parseInstant } from '../../domain/form/instants.js'
import type { CaseRow } from '../../store/store.js'
import { CASE_SIGNALS, type ListingCaseInput } from '../../workflows/messages.js'
import type { ActivityDependencies } from '../dependencies.js'

const SIGNAL_WITHIN_MS = 10_000

/** True for a case that ended because its listing is not there any more. */
export function endsWithItsListing({ ending }: CaseState): boolean {
  return ending?.outcome === 'takenDown' || ending?.outcome === 'alreadyGone'
}

/**
 * Tells the open cases that other brands have of the listing that it is gone; each of them looks
 * for itself. Telling one twice changes nothing.
 */
export async function tellOtherCases(
  { store, temporal }: Pick<ActivityDependencies, 'store' | 'temporal'>,
  { caseId, marketplace, listing }: CaseState,
): Promise<void> {
  if (!listing) return
  const { listingId } = listing
  const others = await store.cases.openOfListing({ marketplace, listingId })
  for (const other of others) {
    if (other.caseId !== caseId) await tell(temporal, other, caseId)
  }
}

/** The same for a case opened at `now`: one that ended after its listing was captured tells it. */
export async function tellIfGone(
  { store, temporal }: Pick<ActivityDependencies, 'store' | 'temporal'>,
  { caseId, sighting: { listing } }: ListingCaseInput,
  now: number,
): Promise<void> {
  const workflowId = parseCaseId(caseId)?.workflowId
  if (workflowId === undefined) return
  const { marketplace, listingId, capturedAt } = listing
  const captured = new Date(parseInstant(capturedAt) ?? now)
  const gone = await store.cases.goneSince({ marketplace, listingId }, captured)
  if (gone) await tell(temporal, { caseId, workflowId }, gone.caseId)
}

/** No later case of the listing gets what is meant for this one: the message names it. */
async function tell(
  temporal: ActivityDependencies['temporal'],
  { caseId, workflowId }: Pick<CaseRow, 'caseId' | 'workflowId'>,
  byCaseId: string,
): Promise<void> {
  try {
    await temporal.withDeadline(Date.now() + SIGNAL_WITHIN_MS, () =>
      temporal.workflow
        .getHandle(workflowId)
        .signal(CASE_SIGNALS.listingGone, { caseId, byCaseId }),
    )
  } catch (error) {
    // It has ended meanwhile, or the reconciler will start it again from the record.
    if (!(error instanceof WorkflowNotFoundError)) throw error
  }
}
