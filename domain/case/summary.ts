import type { Sighting } from '../listing/listing.js'
import { plainMarkdown } from '../form/markdown.js'

const MAX_LENGTH = 150

/** What a manager reads of a case as its title in the Temporal UI: one line of Markdown, at most 150 characters. */
export function caseSummary({ brandId, listing }: Pick<Sighting, 'brandId' | 'listing'>): string {
  const { marketplace, listingId, title } = listing
  const summary = [brandId, marketplace, listingId, title]
    .map(onOneLine)
    .map(plainMarkdown)
    .join(' · ')
  if (summary.length <= MAX_LENGTH) return summary
  // Not through the middle of a character of two code units, or of an escape.
  const start = summary.slice(0, MAX_LENGTH - 1).replace(/[\ud800-\udbff]$/, '')
  return `${start.replace(/(?<!\\)((?:\\\\)*)\\$/, '$1')}…`
}

function onOneLine(text: string): string {
  return text.replace(/[\p{C}\s]+/gu, ' ').trim()
}
