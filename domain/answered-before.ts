import { DAY_MS } from './calendar.js'
import type { CaseState } from './case-state.js'
import { parseInstant } from './instants.js'
import { materialChanges, type ListingSnapshot } from './listing.js'

/** How long an answer holds for an unchanged listing. */
export const ANSWERED_DAYS = 90
/** How long silence holds: an expired case is asked about again sooner. */
export const EXPIRED_DAYS = 30

/**
 * True when `previous`, the latest closed case of this listing and brand, already answers a new
 * sighting of it: answered within 90 days (expired: 30), and the offer materially unchanged.
 * A listing captured after its takedown is back on sale, which is a new case.
 */
export function isAnsweredBefore(
  previous: CaseState,
  listing: ListingSnapshot,
  now: number,
): boolean {
  const { ending, shown, takedown } = previous
  if (!ending || !shown) return false
  const ageMs = now - ending.at
  const unchanged = materialChanges(shown, listing).length === 0
  switch (ending.outcome) {
    case 'takenDown':
    case 'alreadyGone':
      return (parseInstant(listing.capturedAt) ?? now) <= (takedown?.removedAt ?? ending.at)
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
