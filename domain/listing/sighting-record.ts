import type { ListingSnapshot, Signal } from './listing.js'
import type { Severity } from '../vocabulary.js'

/** One report of the listing by a monitor. */
export interface SightingRef {
  sightingId: string
  at: number
  monitor: string
  monitorVersion: string
  ruleIds: string[]
  score: number
  severity: Severity
  /** Who sent it (domain/listing/reporter.ts); absent in records of older versions. */
  reporter?: string
}

/**
 * What a case knows of all its sightings once it lists only some of them. Bounded, like all of the
 * state: it is a payload of Temporal, which takes none above 2 MB.
 */
export interface SightingSummary {
  count: number
  /** The most severe; of those the one with the highest score. */
  strongest: SightingRef
  /** Of all sightings, sorted, up to a limit. */
  ruleIds: string[]
  /** The one rule, in one version, on which every sighting rests alone. */
  loneRule: { ruleId: string; monitorVersion: string } | null
  /** Who sent all whose reporter is known, `null` for several; absent while none is known. */
  loneReporter?: string | null
  /** Ids of the latest sightings that are not listed, so that a repetition is recognised. */
  unlistedIds: string[]
}

/** What a monitor saw when it reported the listing again. */
export interface SightingEvidence {
  listing: ListingSnapshot
  signals: Signal[]
  whyUnverifiable: string
}
