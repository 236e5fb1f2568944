import type { Sighting } from '../../domain/listing/listing.js'
import type { SightingClaim } from '../../store/store.js'
import type { Intake } from '../../contract/sighting.js'

/** How long the record may take to know whose a sighting is. */
const REMEMBERED_MS = 60_000
const MAX_REMEMBERED = 10_000

/** What was reported a moment ago, in this process. */
export interface RecentReports {
  /**
   * Reports a sighting, one of its id at a time. Gives what `report` makes of it, or whose the id is
   * when the same one was reported a moment ago and its case may not be on record yet.
   */
  once(sighting: Sighting, report: () => Promise<Intake>): Promise<Intake | SightingClaim>
}

/** Remembers no report yet. `now` gives epoch milliseconds. */
export function createRecentReports(now: () => number): RecentReports {
  const recent = new Map<string, { at: number; claim: Promise<SightingClaim | null> }>()

  const forget = (sightingId: string) => recent.delete(sightingId)
  const claimOf = async (sightingId: string): Promise<SightingClaim | null> => {
    const known = recent.get(sightingId)
    if (known && now() - known.at < REMEMBERED_MS) return known.claim
    forget(sightingId)
    return null
  }

  return {
    async once(sighting, report) {
      const { sightingId, listing } = sighting
      while (recent.has(sightingId)) {
        const claim = await claimOf(sightingId)
        if (claim) return claim
      }
      const reporting = report()
      const claim = reporting.then(
        ({ result, caseId }) => {
          const { marketplace, listingId } = listing
          if (result !== 'alreadyAnswered') {
            return { sightingId, caseId, marketplace, listingId }
          }
          forget(sightingId)
          return null
        },
        () => {
          forget(sightingId)
          return null
        },
      )
      recent.set(sightingId, { at: now(), claim })
      const [oldest] = recent.keys()
      if (recent.size > MAX_REMEMBERED && oldest !== undefined) forget(oldest)
      return reporting
    },
  }
}
