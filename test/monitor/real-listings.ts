import { readFileSync } from 'node:fs'
import { type Evaluation, evaluate } from '../../monitor/evaluate.js'
import { parseListing, type ScannedListing } from '../../monitor/listing.js'
import type { RulePack } from '../../monitor/rule-pack.js'

export const HP_FILE = 'samples/hp664-facts.ndjson'
export const VOLTBROOK_FILE = 'samples/voltbrook-chargers.ndjson'

/** The listings of a sample file; throws when a line does not fit. */
export function sampleListings(path: string): ScannedListing[] {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  return lines.map((line, index) => {
    const parsed = parseListing(line)
    if ('reason' in parsed) throw new Error(`${path}:${index + 1}: ${parsed.reason}`)
    return parsed.listing
  })
}

export type Suspicion = Extract<Evaluation, { suspicious: true }> & { listing: ScannedListing }

/** The suspicious ones of some listings, each with its evaluation. */
export function suspicionsOf(listings: ScannedListing[], pack: RulePack): Suspicion[] {
  return listings.flatMap((listing) => {
    const evaluation = evaluate(listing, pack)
    return evaluation.suspicious ? [{ ...evaluation, listing }] : []
  })
}

/** How often each value occurs. */
export function tally(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

/** An ordinary HP cartridge at the suggested price from a seller in good standing. */
export function buildScanned(overrides: Partial<ScannedListing> = {}): ScannedListing {
  return {
    marketplace: 'mercado-livre',
    listingId: 'ML1',
    title: 'Cartucho HP 664 Preto',
    price: { amount: 69.9, currency: 'BRL' },
    suggestedRetailPrice: 69.9,
    unitsPerListing: 1,
    seller: { id: 'S1', reputation: '5_green', transactions: 5000 },
    attributes: { brand: 'HP', model: '664', cartridgeType: 'Original' },
    descriptionSignals: {},
    ...overrides,
  }
}
