import type { NewCase } from '../../contract/sighting.js'
import type { NewBrand } from '../../local/world/people.js'

/** The brand and the marketplace of all measurements; the brand has the default policy. */
export const BRAND: NewBrand = {
  brandId: 'northwind',
  name: 'Northwind',
  contact: { contactId: 'legal', name: 'Legal', email: 'legal@northwind.example' },
}
export const MARKETPLACE = { id: 'bench-market', name: 'Bench market', takedownsPerSecond: 1_000 }

/** A report of listing number `index`, such as a monitor sends it. */
export function reportOf(index: number): NewCase {
  const listingId = `b-${index}`
  return {
    brandId: BRAND.brandId,
    suspectedSeverity: 'S2',
    externalId: `report-${index}`,
    monitor: { name: 'bench', version: '1.0.0' },
    score: 72,
    signals: [
      { ruleId: 'price-far-below-retail', weight: 40, observed: '199 CNY, retail 2 400 CNY' },
      { ruleId: 'wording-factory-quality', weight: 32, observed: 'original factory quality' },
    ],
    whyUnverifiable: 'only the brand can tell whether the serial number is genuine',
    listing: {
      marketplace: MARKETPLACE.id,
      listingId,
      url: `https://bench-market.example/item/${listingId}`,
      title: 'Classic shoulder bag, original factory quality',
      capturedAt: '2026-03-02T07:55:00.000Z',
      price: { amount: 199, currency: 'CNY' },
      units: 1,
      seller: { id: `shop-${index % 50}`, name: 'Lucky Bags', transactions: 812 },
      pictures: [],
    },
  }
}

/** The same listings as rows of the sandbox's shop. */
export function shopRows(indices: readonly number[]): string {
  return indices
    .map((index) => JSON.stringify({ ...reportOf(index).listing, unitsPerListing: 1 }))
    .join('\n')
}
