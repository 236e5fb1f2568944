import type { ListingSnapshot, Sighting } from '../../domain/listing/listing.js'
import { randomSuffix, sha256Hex } from '../../platform/digest.js'

/** A listing of a fashionable bag at a suspicious price; ids are new each time. */
export function buildListing(overrides: Partial<ListingSnapshot> = {}): ListingSnapshot {
  const listingId = overrides.listingId ?? `7${randomSuffix()}`
  return {
    marketplace: 'taobao',
    listingId,
    url: `https://item.taobao.example/item.htm?id=${listingId}`,
    title: 'Classic shoulder bag, original factory quality',
    capturedAt: '2026-03-02T07:55:00.000Z',
    price: { amount: 199, currency: 'CNY' },
    units: 350,
    category: 'bags',
    condition: 'new',
    seller: { id: 'shop-2214', name: 'Lucky Bags', reputation: 'two diamonds', transactions: 812 },
    pictures: [{ url: 'https://img.example/1.jpg', sha256: sha256Hex('picture of a bag') }],
    ...overrides,
  }
}

/** What a monitor reports about such a listing; the sighting id is new each time. */
export function buildSighting(
  overrides: Partial<Omit<Sighting, 'listing'>> & { listing?: Partial<ListingSnapshot> } = {},
): Sighting {
  const { listing, ...rest } = overrides
  return {
    sightingId: `s-${randomSuffix()}`,
    brandId: 'northwind',
    suspectedSeverity: 'S2',
    monitor: { name: 'reference-monitor', version: '1.0.0' },
    score: 72,
    signals: [
      { ruleId: 'price-far-below-retail', weight: 40, observed: '199 CNY, retail 2 400 CNY' },
      { ruleId: 'wording-factory-quality', weight: 32, observed: 'original factory quality' },
    ],
    whyUnverifiable: 'only the brand can tell whether the serial number on the picture is genuine',
    listing: buildListing(listing),
    ...rest,
  }
}
