import { createHash } from 'node:crypto'
import type { RepeatableReport } from '../client/reporting.js'
import type { ClaimedBrand } from './brand.js'
import type { Evaluation } from './evaluate.js'
import { packSizeOf } from './facts.js'
import { standingOf } from './plain-words.js'
import type { ScannedListing } from './listing.js'
import type { RulePack } from './rule-pack.js'

/** How this monitor is called in the cases it opens. */
const MONITOR_NAME = 'reference-monitor'

/** The contract takes no longer description and no larger amount. */
const MAX_DESCRIPTION_CHARS = 4000
const MAX_AMOUNT = 1e12

/** A case as this monitor reports it: always with the id that makes sending it again harmless. */
export type ReportedCase = RepeatableReport

/** Where and when a listing was seen, for listings that do not say so themselves. */
export interface Capture {
  /** Address of a listing for people. */
  listingUrl: (marketplace: string, listingId: string) => string
  at: Date
}

/**
 * Version of a pack as cases carry it and a recall names it. The pack's name is part of it, so that
 * recalling a rule of one pack leaves alone a rule of the same name in another.
 */
export function versionOf(pack: RulePack): string {
  return `${pack.name}-${pack.version}`
}

/** The report of a suspicious listing, as `POST /v1/cases:batch` takes it. */
export function toNewCase(
  listing: ScannedListing,
  evaluation: Extract<Evaluation, { suspicious: true }>,
  brand: ClaimedBrand,
  pack: RulePack,
  capture: Capture,
): ReportedCase {
  const { marketplace, listingId, title, condition, category, attributes } = listing
  return {
    externalId: externalIdOf(listing, pack),
    brandId: brand.brandId,
    suspectedSeverity: evaluation.severity,
    monitor: { name: MONITOR_NAME, version: versionOf(pack) },
    score: evaluation.score,
    signals: evaluation.signals,
    whyUnverifiable: evaluation.whyUnverifiable,
    listing: {
      marketplace,
      listingId,
      url: listing.url ?? capture.listingUrl(marketplace, listingId),
      title,
      capturedAt: listing.capturedAt ?? capture.at.toISOString(),
      price: priceOf(listing),
      ...known({
        suggestedPrice: suggestedPriceOf(listing),
        units: packSizeOf(listing, pack.packSize).units,
        sku: attributes?.partNumber,
        brandClaimed: attributes?.brand,
        category,
        condition,
        description: descriptionOf(listing),
      }),
      seller: sellerOf(listing.seller),
      pictures:
        listing.pictures?.map(({ url, sha256, phash }) => ({
          sha256,
          ...known({ url, phash }),
        })) ?? [],
    },
  }
}

/**
 * The same capture judged by the same rules has the same id, so that reporting it again is the same
 * report. It is made of what the service compares captures by (seller, title, price, pictures); a
 * changed offer or new rules give a new id. The moment counts only where the listing itself states
 * it: a fresh crawl is a new sighting (and the only way to learn that a removed offer is back),
 * a file read twice is not.
 */
export function externalIdOf(listing: ScannedListing, pack: RulePack): string {
  const { marketplace, listingId, seller, title, pictures = [], capturedAt = null } = listing
  const price = priceOf(listing)
  const compared = [
    marketplace,
    listingId,
    seller.id,
    title,
    price && [price.amount, price.currency],
    pictures.map(({ sha256 }) => sha256).sort(),
    capturedAt,
  ]
  const digest = createHash('sha256').update(JSON.stringify(compared)).digest('hex')
  return `${versionOf(pack)}-${digest.slice(0, 40)}`
}

function priceOf({ price }: ScannedListing) {
  if (!price || price.amount === null) return null
  return { amount: price.amount, currency: price.currency }
}

/** In the currency of the price: a file states none of its own. */
function suggestedPriceOf({ suggestedRetailPrice, price }: ScannedListing) {
  if (!suggestedRetailPrice || !price || suggestedRetailPrice > MAX_AMOUNT) return null
  return { amount: suggestedRetailPrice, currency: price.currency }
}

/** As much of the seller's text as the contract takes, without what it does not. */
function descriptionOf({ description }: ScannedListing) {
  // Not through the middle of a character of two code units.
  return description
    ?.replaceAll('\u0000', '')
    .slice(0, MAX_DESCRIPTION_CHARS)
    .replace(/[\ud800-\udbff]$/, '')
    .trim()
}

function sellerOf(seller: ScannedListing['seller']) {
  const { id, name, reputation, transactions, region, officialStore, since } = seller
  const standing = typeof reputation === 'string' ? standingOf(reputation) : reputation
  return {
    id,
    ...known({ name, reputation: standing, transactions, region, officialStore, since }),
  }
}

type Known<T> = { [K in keyof T]?: NonNullable<T[K]> }

/** Without the fields that are absent, null or empty: the contract has no such values. */
function known<T extends object>(fields: T): Known<T> {
  const entries = Object.entries(fields).filter(
    ([, value]) => value !== null && value !== undefined && value !== '',
  )
  return Object.fromEntries(entries) as Known<T>
}
