import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { NewCaseSchema } from '../../contract/sighting.js'
import { evaluate } from '../../monitor/evaluate.js'
import { parseListing, type ScannedListing } from '../../monitor/listing.js'
import { externalIdOf, toNewCase } from '../../monitor/new-case.js'
import type { RulePack } from '../../monitor/rule-pack.js'
import { INK_CARTRIDGES, PHONE_CHARGERS } from '../../monitor/rules/index.js'
import {
  buildScanned,
  HP_FILE,
  sampleListings,
  suspicionsOf,
  VOLTBROOK_FILE,
} from './real-listings.js'

const isNewCase = Compile(NewCaseSchema)
const capture = {
  listingUrl: (marketplace: string, id: string) =>
    `https://${marketplace}.example/${encodeURIComponent(id)}`,
  at: new Date('2026-03-02T08:00:00Z'),
}

function caseOf(listing: ScannedListing, pack: RulePack = INK_CARTRIDGES) {
  const evaluation = evaluate(listing, pack)
  if (!evaluation.suspicious || !evaluation.brand) throw new Error('not suspicious')
  return toNewCase(listing, evaluation, evaluation.brand, pack, capture)
}

describe('the report of a listing', () => {
  it.each([
    [HP_FILE, INK_CARTRIDGES, 47],
    [VOLTBROOK_FILE, PHONE_CHARGERS, 8],
  ])('keeps the contract for all of %s', (file, pack, count) => {
    const cases = suspicionsOf(sampleListings(file), pack).map(({ listing }) =>
      caseOf(listing, pack),
    )
    expect(cases).toHaveLength(count)
    expect(cases.flatMap((each) => isNewCase.Errors(each))).toEqual([])
    expect(new Set(cases.map(({ externalId }) => externalId)).size).toBe(count)
  })

  it('says what was seen, in the words of the contract', () => {
    const listing = buildScanned({
      title: 'Cartucho HP 664 vazio',
      condition: 'used',
      category: '',
      seller: { id: 'S1', reputation: null, transactions: 12, region: null, officialStore: false },
      attributes: { brand: 'HP', partNumber: 'F6V29AB' },
      description: `${'d'.repeat(3999)}😀`,
    })
    expect(caseOf(listing)).toEqual({
      externalId: expect.stringMatching(/^ink-cartridges-1\.1\.0-[0-9a-f]{40}$/),
      brandId: 'hp',
      suspectedSeverity: 'S4',
      monitor: { name: 'reference-monitor', version: 'ink-cartridges-1.1.0' },
      score: 65,
      signals: [
        { ruleId: 'stated-empty-or-used', weight: 40, observed: 'the title says “vazio”' },
        {
          ruleId: 'seller-reputation-unproven',
          weight: 15,
          observed: 'the marketplace shows no rating of the seller',
        },
        { ruleId: 'seller-under-100-sales', weight: 10, observed: 'the seller has made 12 sales' },
      ],
      whyUnverifiable: expect.stringContaining('empty or used'),
      listing: {
        marketplace: 'mercado-livre',
        listingId: 'ML1',
        url: 'https://mercado-livre.example/ML1',
        title: 'Cartucho HP 664 vazio',
        capturedAt: '2026-03-02T08:00:00.000Z',
        price: { amount: 69.9, currency: 'BRL' },
        suggestedPrice: { amount: 69.9, currency: 'BRL' },
        description: 'd'.repeat(3999),
        units: 1,
        sku: 'F6V29AB',
        brandClaimed: 'HP',
        condition: 'used',
        seller: { id: 'S1', transactions: 12, officialStore: false },
        pictures: [],
      },
    })
  })

  it('counts the units as the rules do, so that prices compare', () => {
    const listing = buildScanned({ title: '3 Cartuchos HP 664 vazios', unitsPerListing: 1 })
    expect(caseOf(listing).listing.units).toBe(3)
  })

  it('keeps the contract for whatever passes the reading', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 })
    // Now and then beyond what passes; always, and hardly any listing would.
    const amount = fc.oneof(
      { weight: 9, arbitrary: fc.double({ min: 0, max: 1e6, noNaN: true }) },
      fc.double({ min: 0 }),
    )
    const count = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 1e6 }) }, fc.nat())
    const scanned = fc.record(
      {
        listingId: text,
        title: text.map((words) => `Cartucho vazio ${words}`),
        price: fc.option(fc.record({ amount, currency: fc.constant('BRL') })),
        suggestedRetailPrice: fc.option(amount),
        unitsPerListing: fc.option(count),
        condition: fc.option(text),
        description: fc.option(text),
        seller: fc.record({ id: text, name: fc.option(text), transactions: fc.option(count) }),
        attributes: fc.record({ brand: text, model: fc.anything(), partNumber: fc.option(text) }),
      },
      { requiredKeys: ['listingId', 'title', 'seller', 'attributes'] },
    )
    let reported = 0
    fc.assert(
      fc.property(scanned, (fields) => {
        const line = JSON.stringify({ marketplace: 'mercado-livre', ...fields }, (_key, value) =>
          typeof value === 'bigint' ? String(value) : (value as unknown),
        )
        const parsed = parseListing(line)
        if ('reason' in parsed || !evaluate(parsed.listing, INK_CARTRIDGES).brand) return
        reported += 1
        expect([...isNewCase.Errors(caseOf(parsed.listing))]).toEqual([])
      }),
      { numRuns: 300 },
    )
    expect(reported).toBeGreaterThan(50)
  })
})

describe('the id of a report', () => {
  const id = (change: Partial<ScannedListing>, pack = INK_CARTRIDGES) =>
    externalIdOf(buildScanned(change), pack)

  it('stays while the offer stays, whatever else moves', () => {
    expect(id({})).toBe(id({ seller: { id: 'S1', reputation: '1_red', transactions: 9 } }))
    expect(id({})).toBe(id({ condition: 'used', suggestedRetailPrice: 1 }))
  })

  it.each([
    ['listing', { listingId: 'ML2' }],
    ['marketplace', { marketplace: 'taobao' }],
    ['seller', { seller: { id: 'S2' } }],
    ['title', { title: 'Cartucho HP 664 Colorido' }],
    ['price', { price: { amount: 69.8, currency: 'BRL' } }],
    ['currency', { price: { amount: 69.9, currency: 'EUR' } }],
    ['price that is gone', { price: null }],
    ['pictures', { pictures: [{ sha256: 'a'.repeat(64) }] }],
    ['moment, where the listing states it', { capturedAt: '2026-03-02T08:00:00Z' }],
  ])('changes with the %s', (_what, change: Partial<ScannedListing>) => {
    expect(id(change)).not.toBe(id({}))
  })

  it('changes with the rules', () => {
    expect(id({}, { ...INK_CARTRIDGES, version: '1.0.1' })).not.toBe(id({}))
    expect(id({}, { ...INK_CARTRIDGES, name: 'other' })).not.toBe(id({}))
  })
})
