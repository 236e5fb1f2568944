import { createHash } from 'node:crypto'
import { SLUG_MAX } from '../domain/case/identity.js'
import { attributeOf, plain } from './facts.js'
import type { ScannedListing } from './listing.js'
import type { BrandClue } from './rule-pack.js'

/** The brand a listing claims: `brandId` as the service knows it, `name` as the seller writes it. */
export interface ClaimedBrand {
  brandId: string
  name: string
}

/**
 * The brand of a listing: `attributes.brand`, or by a clue where sellers write something else in its
 * place ("Original"). `null` when nothing names a brand.
 */
export function brandOf(listing: ScannedListing, clues: readonly BrandClue[]): ClaimedBrand | null {
  const stated = String(attributeOf(listing, 'brand') ?? '')
  const model = attributeOf(listing, 'model') ?? ''
  const partNumber = attributeOf(listing, 'partNumber') ?? ''
  const said = plain(`${listing.title} ${model} ${partNumber}`)
  for (const { brandId, name, insteadOfBrand, evidence } of clues) {
    if (insteadOfBrand.test(plain(stated)) && evidence.test(said)) return { brandId, name }
  }
  return stated === '' ? null : { brandId: slugOf(stated), name: stated.trim() }
}

/** `Louis Example & Co.` → `louis-example-co`. A name without Latin letters gets a digest. */
function slugOf(name: string): string {
  const slug = plain(name)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_MAX)
    .replace(/^-+|-+$/g, '')
  if (slug !== '') return slug
  const digest = createHash('sha256').update(name.normalize('NFC')).digest('hex')
  return `brand-${digest.slice(0, 12)}`
}
