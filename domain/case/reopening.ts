import type { CaseState, Reopening } from './state.js'
import { caseIdOf, parseCaseId } from './identity.js'
import type { ListingSnapshot, Sighting } from '../listing/listing.js'
import { sha256Hex } from '../record/sha256.js'
import { shownListing } from './shown.js'
import type { Role } from '../vocabulary.js'

/** Who may have a closed case taken up again: whoever answers for the brand, and the staff. */
export const REOPENERS = [
  'brandAdmin',
  'accountManager',
  'lead',
  'operator',
] as const satisfies readonly Role[]

/** What is asked for: the closed case, why, and the id of the request (repeats.ts). */
export interface ReopeningRequest {
  caseId: string
  reason: string
  requestId?: string
}

/** True for a case that can be taken up again: it asked somebody and has closed. */
export function isReopenable({ ending }: Pick<CaseState, 'ending'>): boolean {
  return ending !== null && ending.outcome !== 'refused'
}

/**
 * The id of the case that takes a closed one up again, or `null` for what is no case id. It follows
 * from the closed one's, so that a request that comes twice, or by two ways, opens one case.
 */
export function reopenedIdOf(caseId: string): string | null {
  const parsed = parseCaseId(caseId)
  return parsed && caseIdOf(parsed.workflowId, sha256Hex(`reopens ${caseId}`).slice(0, 26))
}

/** What the next case keeps of the one it takes up again; `null` unless that can be. */
export function reopeningOf(
  closed: CaseState,
  { reason }: ReopeningRequest,
  by: Reopening['by'],
): Reopening | null {
  const { caseId, ending, decision } = closed
  return ending && isReopenable(closed) ? { caseId, by, reason, ending, decision } : null
}

/** What a closed case was opened on, with the listing as it showed it last; `null` if never opened. */
export function sightingOf(closed: CaseState, externalId?: string): Sighting | null {
  const { listing, sightings, brandId, severity, score, signals, whyUnverifiable } = closed
  const [first] = sightings
  if (!listing || !first) return null
  const { sightingId, reporter, monitor, monitorVersion } = first
  return {
    sightingId,
    ...(externalId === undefined ? {} : { externalId }),
    ...(reporter === undefined ? {} : { reporter }),
    brandId,
    suspectedSeverity: severity,
    monitor: { name: monitor, version: monitorVersion },
    score,
    signals,
    whyUnverifiable,
    listing: asShownLast(closed, listing),
  }
}

/** What was captured of another offer is not said of this one. */
function asShownLast(closed: CaseState, captured: ListingSnapshot): ListingSnapshot {
  const shown = shownListing(closed) ?? captured
  const { marketplace, listingId, url, capturedAt } = captured
  return { url, capturedAt, ...shown, marketplace, listingId }
}
