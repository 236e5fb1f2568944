import type { Sighting } from './listing.js'

const MAX_LENGTH = 150

/** What a manager reads of a case in the Temporal UI's list: one line, at most 150 characters. */
export function caseSummary({ brandId, listing }: Sighting): string {
  const { marketplace, listingId, title } = listing
  const summary = [brandId, marketplace, listingId, title].map(onOneLine).join(' · ')
  if (summary.length <= MAX_LENGTH) return summary
  // Not through the middle of a character of two code units.
  return `${summary.slice(0, MAX_LENGTH - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

function onOneLine(text: string): string {
  return text.replace(/[\p{C}\s]+/gu, ' ').trim()
}
