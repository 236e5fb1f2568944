import { type Happening, happening } from './events.js'
import type { CaseState } from './state.js'
import { isToBePutBack } from './restoring.js'
import { isStoppable } from './stopping.js'
import { endOfTakedown } from './taking-down.js'

/** What the marketplace shows under a listing id, where another case says that it is gone. */
export type ListingStanding = 'listed' | 'gone'

/**
 * Another case of the same listing ended because it is gone. It is looked up before this case
 * believes it: the listing may be back on sale. A takedown under way finds out by itself.
 */
export function listingGoneHappenings(
  state: CaseState,
  { caseId, byCaseId }: { caseId: string; byCaseId: string },
): Happening[] {
  if (caseId !== state.caseId || state.goneBy !== undefined || !isWaiting(state)) return []
  return [happening('listingGoneHeard', { byCaseId })]
}

/** True while the marketplace is to be asked whether the listing is still there. */
export function isListingDoubted(state: CaseState): boolean {
  return state.goneBy !== undefined && isWaiting(state)
}

/** What follows from looking: the case ends, so that nobody is asked about what is not there. */
export function standingHappenings(state: CaseState, standing: ListingStanding): Happening[] {
  if (!isListingDoubted(state)) return []
  return standing === 'gone'
    ? [endOfTakedown(state, { kind: 'gone' })]
    : [happening('stillListed', {})]
}

function isWaiting(state: CaseState): boolean {
  const isMoving = ['opening', 'takingDown', 'closed'].includes(state.phase)
  return !isMoving && !isToBePutBack(state) && !state.closing && !isStoppable(state)
}
