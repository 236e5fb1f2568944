import { DAY_MS } from '../brand/calendar.js'
import type { CaseState } from './state.js'
import { parseInstant } from '../form/instants.js'
import { materialChanges, type ListingSnapshot } from '../listing/listing.js'

/** How long an answer holds for an unchanged listing. */
export const ANSWERED_DAYS = 90
/** How long silence holds: an expired case is asked about again sooner. */
export const EXPIRED_DAYS = 30

/**
 * The one of a listing's closed cases, newest first, that answers a new sighting of it, or `null`.
 * All answers within their time count when the offer is the same again, the latest of them first:
 * what was removed and is back on sale is asked about, whatever was said of it before.
 */
export function answeredBy<T extends { state: CaseState }>(
  previous: readonly T[],
  listing: ListingSnapshot,
  now: number,
): T | null {
  for (const one of previous) {
    if (isAnsweredBefore(one.state, listing, now)) return one
    if (isRemovedOffer(one.state, listing)) return null
  }
  return null
}

function isRemovedOffer({ ending, shown }: CaseState, listing: ListingSnapshot): boolean {
  const isGone = ending?.outcome === 'takenDown' || ending?.outcome === 'alreadyGone'
  return isGone && shown !== null && materialChanges(shown, listing).length === 0
}

/**
 * True when `previous`, a closed case of this listing and brand, already answers a new
 * sighting of it: answered within 90 days (expired: 30), and the offer materially unchanged.
 * A listing captured after its takedown is back on sale, which is a new case. The removal is taken to
 * lie between our request and our end of the case, whatever the marketplace's clock says.
 */
export function isAnsweredBefore(
  previous: CaseState,
  listing: ListingSnapshot,
  now: number,
): boolean {
  const { ending, shown } = previous
  if (!ending || !shown) return false
  const ageMs = now - ending.at
  const unchanged = materialChanges(shown, listing).length === 0
  switch (ending.outcome) {
    case 'takenDown':
    case 'alreadyGone':
      return (parseInstant(listing.capturedAt) ?? now) <= removalOf(previous, ending.at)
    case 'released':
    case 'refusedByMarketplace':
      return unchanged && ageMs < ANSWERED_DAYS * DAY_MS
    case 'expired':
      return unchanged && ageMs < EXPIRED_DAYS * DAY_MS
    case 'withdrawn':
    case 'closedManually':
    case 'refused':
      return false
  }
}

function removalOf({ takedown }: CaseState, endedAt: number): number {
  const removedAt = takedown?.removedAt ?? endedAt
  return Math.min(Math.max(removedAt, takedown?.requestedAt ?? removedAt), endedAt)
}
