import type { RefusalReason } from '../../domain/vocabulary.js'
import type { Sighting } from '../../domain/listing/listing.js'
import type { TenantScope } from '../tenant-scope.js'

/** A report that opened no case, with all that is needed to report it again. */
export interface RefusedReport {
  /** Ascending by the moment of the first refusal. */
  refusalId: string
  reason: RefusalReason
  detail: string
  /** When it was refused last, and how many times in all. */
  refusedAt: Date
  times: number
  /** The key it was reported with. */
  keyId: string
  brandId: string
  marketplace: string
  listingId: string
  externalId: string | null
  /** The case that was acknowledged and then refused, or the one that answers; if there is any. */
  caseId: string | null
  report: Omit<Sighting, 'sightingId' | 'reporter'>
}

/** The reports that were refused though they were well-formed. Kept for 90 days. */
export interface RefusedReports {
  /** Keeps a refusal; the same report refused again is the same entry. */
  add(refusal: {
    reason: RefusalReason
    detail: string
    at: Date
    keyId: string
    caseId: string | null
    sighting: Sighting
  }): Promise<void>
  list(scope: TenantScope, page: { limit: number; after?: string }): Promise<RefusedReport[]>
  get(scope: TenantScope, refusalId: string): Promise<RefusedReport | null>
}
