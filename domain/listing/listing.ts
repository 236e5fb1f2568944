import type { Severity } from '../vocabulary.js'

/** Money as the marketplace shows it. `amount` is in major units (65.73 = R$ 65,73). */
export interface Price {
  amount: number
  currency: string
}

/** The seller as the monitor saw them. No personal data: ids and public standing only. */
export interface Seller {
  id: string
  name?: string
  reputation?: string
  transactions?: number
  region?: string
  officialStore?: boolean
  /** Since when they sell there: a year, month or day in ISO 8601. */
  since?: string
}

/** A picture by its content. `sha256` is lower-case hex of the bytes, `phash` a perceptual hash. */
export interface Picture {
  url?: string
  sha256: string
  phash?: string
}

/**
 * Facts a capture may have in words that the listing shows: the most characters of each. A row is all
 * the rules, the forms, the schemas, the hash and the pages need to know of one.
 */
export const TEXT_FACTS = { brandClaimed: 200, category: 300, condition: 100, description: 4000 }
export type TextFact = keyof typeof TEXT_FACTS

/** Something for each of them, made of its limit. */
export function forTextFacts<T>(make: (maxLength: number) => T): Record<TextFact, T> {
  const each = Object.entries(TEXT_FACTS).map(([fact, maxLength]) => [fact, make(maxLength)])
  return Object.fromEntries(each) as Record<TextFact, T>
}

/**
 * A listing as captured at one moment (fields: docs/terminology.md, "listing snapshot"). Of the facts
 * in words, `description` is the seller's own words, or the beginning of them.
 */
export interface ListingSnapshot extends Partial<Record<TextFact, string>> {
  marketplace: string
  listingId: string
  url: string
  title: string
  capturedAt: string
  price: Price | null
  units?: number
  sku?: string
  /** What the brand suggests for one unit. */
  suggestedPrice?: Price
  seller: Seller
  pictures: Picture[]
}

/**
 * A listing as it is shown to whoever decides: a monitor's whole capture, or as much as a marketplace
 * tells of a listing that has changed since.
 */
export type ShownListing = Pick<ListingSnapshot, 'title' | 'price' | 'pictures' | 'seller'> &
  Partial<ListingSnapshot>

/**
 * What a unit costs as a share of the suggested price (0.09 = 9 %), or `null` where one of them is
 * not known or the currencies differ.
 */
export function shareOfSuggested({
  price,
  suggestedPrice,
  units = 1,
}: Pick<ShownListing, 'price' | 'suggestedPrice' | 'units'>): number | null {
  if (!price || !suggestedPrice || price.currency !== suggestedPrice.currency) return null
  if (suggestedPrice.amount <= 0 || units < 1) return null
  return price.amount / units / suggestedPrice.amount
}

/** One reason a rule gives for suspecting a listing. `weight` 0 = shown, not counted. */
export interface Signal {
  ruleId: string
  weight: number
  observed: string
}

/** What a monitor reports: the listing, why it is suspicious, and why the monitor cannot tell alone. */
export interface Sighting {
  sightingId: string
  externalId?: string
  /** Who sent it (domain/listing/reporter.ts); absent in reports of older versions. */
  reporter?: string
  brandId: string
  suspectedSeverity: Severity
  monitor: { name: string; version: string }
  score: number
  signals: Signal[]
  whyUnverifiable: string
  listing: ListingSnapshot
}

/** Ids of the rules a sighting rests on: those that carry weight. */
export function ruleIdsOf(sighting: Pick<Sighting, 'signals'>): string[] {
  return [...new Set(sighting.signals.filter((s) => s.weight > 0).map((s) => s.ruleId))].sort()
}

const MATERIAL_PRICE_CHANGE = 0.1
// 1.10 is exactly 10 % more than 1.00, but not in binary fractions.
const ROUNDING = 1e-9

/** The fields two captures are compared by. */
export type ComparableListing = Pick<ListingSnapshot, 'title' | 'price' | 'pictures'> & {
  seller: Pick<Seller, 'id'>
}

/**
 * What differs materially between two captures of one listing: seller, title (case and spaces
 * ignored), pictures (when both captures have them), or price by more than 10 %.
 * An empty list means "the same offer".
 */
export function materialChanges(before: ComparableListing, after: ComparableListing): string[] {
  const changes: string[] = []
  if (before.seller.id !== after.seller.id) changes.push('seller')
  if (normalTitle(before.title) !== normalTitle(after.title)) changes.push('title')
  if (priceChanged(before.price, after.price)) changes.push('price')
  if (picturesChanged(before.pictures, after.pictures)) changes.push('pictures')
  return changes
}

function normalTitle(title: string): string {
  return title.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}

function priceChanged(before: Price | null, after: Price | null): boolean {
  if (before === null || after === null) return before !== after
  if (before.currency !== after.currency) return true
  if (before.amount === 0) return after.amount !== 0
  const change = Math.abs(after.amount - before.amount) / before.amount
  return change > MATERIAL_PRICE_CHANGE + ROUNDING
}

function picturesChanged(before: Picture[], after: Picture[]): boolean {
  if (before.length === 0 || after.length === 0) return false
  const hashes = (pictures: Picture[]) =>
    pictures
      .map((p) => p.sha256)
      .sort()
      .join(' ')
  return hashes(before) !== hashes(after)
}
