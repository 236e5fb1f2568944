import type { Sighting } from './listing.js'

const MAX_LENGTH = 150

/** What a manager reads of a case in the Temporal UI's list: one line, at most 150 characters. */
export function caseSummary({ brandId, listing }: Sighting): string {
  const title = listing.title.replace(/[\p{C}\s]+/gu, ' ').trim()
  const summary = `${brandId} · ${listing.marketplace} · ${listing.listingId} · ${title}`
  return summary.length <= MAX_LENGTH ? summary : `${summary.slice(0, MAX_LENGTH - 1)}…`
}
