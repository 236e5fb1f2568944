import type { ScannedListing } from './listing.js'
import type { PackSizeWords } from './rule-pack.js'

/** A number in a title above this is a model, a yield or a lie, not a number of units. */
const MAX_UNITS = 50

/** Text as rules compare it: lower case, without accents, with single spaces. */
export function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim()
}

/** How many units a listing sells, and whether its form or its title says so. */
export interface PackSize {
  units: number
  source: 'form' | 'title'
}

/**
 * Units sold: what the form says, unless the title names more. Forms are often left at 1 (88 of the
 * 229 listings in `samples/hp664-facts.ndjson`), and a kit then looks dear instead of cheap.
 */
export function packSizeOf(listing: ScannedListing, words: PackSizeWords): PackSize {
  const stated = listing.unitsPerListing ?? 1
  const named = unitsInTitle(plain(listing.title), words)
  return named > stated ? { units: named, source: 'title' } : { units: stated, source: 'form' }
}

function unitsInTitle(title: string, words: PackSizeWords): number {
  const counted = words.counted.flatMap((pattern) => numbersIn(title, pattern))
  const byKind = words.countedByKind
    .flatMap((pattern) => numbersIn(title, pattern))
    .reduce((sum, count) => sum + count, 0)
  const either = words.either?.test(title) ?? false
  const kinds = either ? 0 : words.kinds.filter((kind) => kind.test(title)).length
  return Math.max(1, ...[...counted, byKind, kinds].filter((units) => units <= MAX_UNITS))
}

function numbersIn(text: string, pattern: RegExp): number[] {
  return [...text.matchAll(pattern)].map((match) => Number(match[1]))
}

/** What a unit costs as a share of the suggested retail price. */
export interface UnitPrice {
  share: number
  amount: number
  currency: string
  suggested: number
  pack: PackSize
}

/** The price of one unit, or `null` where price or suggested price is not known. */
export function unitPriceOf(listing: ScannedListing, words: PackSizeWords): UnitPrice | null {
  const { price, suggestedRetailPrice: suggested } = listing
  if (!price || price.amount === null || !suggested) return null
  const pack = packSizeOf(listing, words)
  const amount = price.amount / pack.units
  return { share: amount / suggested, amount, currency: price.currency, suggested, pack }
}

/** An attribute of the form; `undefined` when it is missing, empty or not a text, number or flag. */
export function attributeOf(listing: ScannedListing, name: string): string | number | undefined {
  const { attributes } = listing
  const value = attributes && Object.hasOwn(attributes, name) ? attributes[name] : undefined
  if (typeof value === 'string') return value.trim() === '' ? undefined : value
  if (typeof value === 'boolean') return String(value)
  return typeof value === 'number' ? value : undefined
}
