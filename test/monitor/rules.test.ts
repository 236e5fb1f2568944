import { describe, expect, it } from '@jest/globals'
import { evaluate } from '../../monitor/evaluate.js'
import { packSizeOf, unitPriceOf } from '../../monitor/facts.js'
import type { ScannedListing } from '../../monitor/listing.js'
import { INK_CARTRIDGES, PHONE_CHARGERS, RULE_PACKS } from '../../monitor/rules/index.js'
import {
  buildScanned,
  HP_FILE,
  sampleListings,
  suspicionsOf,
  tally,
  VOLTBROOK_FILE,
} from './real-listings.js'

const hp = sampleListings(HP_FILE)
const suspicions = suspicionsOf(hp, INK_CARTRIDGES)

function signalsOf(listing: ScannedListing): Record<string, number> {
  const { signals } = evaluate(listing, INK_CARTRIDGES)
  return Object.fromEntries(signals.map(({ ruleId, weight }) => [ruleId, weight]))
}

describe('ink cartridges, over the 229 real listings', () => {
  it('makes 47 cases from 28 sellers', () => {
    expect(hp).toHaveLength(229)
    expect(tally(suspicions.map(({ severity }) => severity))).toEqual({ S2: 26, S3: 9, S4: 12 })
    expect(new Set(suspicions.map(({ listing }) => listing.seller.id)).size).toBe(28)
  })

  it('finds for each severity what it stands for', () => {
    const leading = suspicions.map(({ severity, signals }) => `${severity} ${signals[0]?.ruleId}`)
    expect(tally(leading)).toEqual({
      'S2 price-far-below-retail': 19,
      'S2 price-below-retail': 3,
      'S2 price-far-above-retail': 4,
      'S3 title-names-other-maker': 5,
      'S3 type-says-compatible': 3,
      'S3 model-does-not-exist': 1,
      'S4 stated-empty-or-used': 6,
      'S4 stated-expired': 6,
    })
  })

  it('names the same sellers more than once', () => {
    const perSeller = tally(suspicions.map(({ listing }) => listing.seller.id))
    const several = Object.entries(perSeller).filter(([, count]) => count > 2)
    expect(Object.fromEntries(several)).toEqual({
      S6be677945da3: 6,
      Sa073a6c511d1: 4,
      S00e72d6ea3b8: 4,
      S6dc69c7743da: 3,
      Sabf0390be298: 3,
      S46d9489436d0: 3,
      Sd3bf8962d013: 3,
    })
  })

  it('does not count what only looks like a signal: it is shown with weight 0', () => {
    const all = hp.flatMap((listing) => evaluate(listing, INK_CARTRIDGES).signals)
    const shown = all.filter(({ weight }) => weight === 0).map(({ ruleId }) => ruleId)
    expect(tally(shown)).toEqual({
      'description-says-refilled': 49,
      'description-says-empty': 27,
      'description-says-compatible': 13,
      'official-store': 33,
      'part-number-mismatch': 7,
    })
    const withRefilled = suspicions.filter(({ signals }) =>
      signals.some(({ ruleId }) => ruleId === 'description-says-refilled'),
    )
    expect(withRefilled.length).toBeLessThan(15)
  })

  it('finds far less by the price of the pack than by the price of a unit', () => {
    const blind = {
      ...INK_CARTRIDGES,
      packSize: { counted: [], countedByKind: [], kinds: [] },
    }
    expect(suspicionsOf(hp, blind).length).toBeLessThan(suspicions.length - 10)
    const byTitle = hp.filter((l) => packSizeOf(l, INK_CARTRIDGES.packSize).source === 'title')
    expect(byTitle).toHaveLength(88)
  })

  it('takes every listing for HP, the one that says "Original" as well', () => {
    const brands = hp.map((listing) => evaluate(listing, INK_CARTRIDGES).brand)
    expect(brands).toHaveLength(229)
    expect(new Set(brands.map((brand) => JSON.stringify(brand)))).toEqual(
      new Set(['{"brandId":"hp","name":"HP"}']),
    )
  })

  it('leaves a listing without a price alone', () => {
    const priceless = hp.filter(({ price }) => price?.amount === null)
    expect(priceless).toHaveLength(1)
    expect(suspicionsOf(priceless, INK_CARTRIDGES)).toEqual([])
  })
})

describe('ink cartridges, rule by rule', () => {
  it.each([
    ['Cartucho HP 664 Preto', 1],
    ['Kit 03 Cartuchos 664xl Preto Lacrado', 3],
    ['Kit C/3cartucho De Tinta Hp 664p/b', 3],
    ['Kit De Cartuchos 664 Hp - 2 Pretos E 1 Color', 3],
    ['Cartucho Hp 664 F6v29ab Preto - 2un', 2],
    ['Lote 13 Cartuchos Vazios Hp 664 Black (9) E Hp 664 Color (4)', 13],
    ['Kit Cartucho Hp 664 Preto E Colorido 2135 2674 2676', 2],
    ['Cartucho Hp 662 Original Preto Ou Colorido', 1],
    ['Cartucho Hp 22 Color', 1],
    ['Cartucho Hp 664 Para Deskjet 1115 2135', 1],
    ['Cartucho HP 664 2 ml Color Negro', 1],
    ['Hp 46 Cartucho Preto Original', 1],
    ['Kit 2 Cartuchos Hp 664 Preto + 1 Hp 664 Color', 3],
    ['Cartucho Hp 664 Preto (pack C/3)', 3],
    ['2 Cartuchos Hp 664xl Preto E 1 Colorido', 3],
    ['Kit 2 Cartuchos Hp 664: 1un Preto + 1un Color', 2],
    ['Kit 4 Cartuchos Hp 664 2 Preto + 2 Color', 4],
    ['Combo com 4 cartuchos HP 664', 4],
    ['Pacote de 3 unidades Hp 664', 3],
    ['Cartucho Hp 664 preto c/ 2', 2],
    ['3x Cartucho Hp 664', 3],
    ['2 X Hp 664xl Preto', 2],
    ['Cartucho De Tinta H P 6 6 4 Original Preto', 1],
    ['Cartucho Hp 664xl Color c/ 8ml', 1],
    ['Kit 60xl Hp Preto', 1],
    ['Cartucho Hp 122 Color Black', 1],
    ['Cartucho Hp 664 Preto em 12x sem juros', 1],
    ['Cartucho Hp 664 4,5 ml Preto', 1],
    ['Kit Cartuchos Hp 664xl Preto Color 1115 2135', 2],
    ['Kit Cartucho Hp 664 Color Preto', 2],
  ])('reads the units of "%s"', (title, units) => {
    expect(packSizeOf(buildScanned({ title }), INK_CARTRIDGES.packSize).units).toBe(units)
  })

  it('believes the form when it names more units than the title', () => {
    const listing = buildScanned({ unitsPerListing: 5, title: '3 Cartuchos Hp 664 Preto' })
    expect(packSizeOf(listing, INK_CARTRIDGES.packSize)).toEqual({ units: 5, source: 'form' })
  })

  it.each([
    ['Cartucho HP 664 vencido', 'stated-expired'],
    ['Cartucho HP 664 Data 09/2020', 'stated-expired'],
    ['Cartucho HP 664 VAZIO', 'stated-empty-or-used'],
    ['Cartucho HP 664 usado', 'stated-empty-or-used'],
    ['Cartucho Compatível com HP 664', 'title-names-other-maker'],
    ['Tinta Comapativel Hp', 'title-names-other-maker'],
    ['Cartucho Hp 664 Remanufaturado', 'title-names-other-maker'],
    ['Cartucho 664xl Microjet', 'title-names-other-maker'],
    ['Cartucho Hp 664xxl Preto', 'model-does-not-exist'],
  ])('suspects "%s"', (title, ruleId) => {
    expect(signalsOf(buildScanned({ title }))).toMatchObject({ [ruleId]: 40 })
  })

  it.each([
    'Cartucho HP 664 Preto nunca usado',
    'Cartucho HP 664 2 ml 1/2',
    'Cartucho Hp 664xl Preto Original',
  ])('does not suspect "%s"', (title) => {
    expect(evaluate(buildScanned({ title, attributes: null }), INK_CARTRIDGES)).toMatchObject({
      suspicious: false,
      score: 0,
    })
  })

  it.each([
    [0.59, { 'price-far-below-retail': 40 }],
    [0.6, { 'price-below-retail': 25 }],
    [0.74, { 'price-below-retail': 25 }],
    [0.75, {}],
    [5, {}],
    [5.01, { 'price-far-above-retail': 15 }],
  ])('weighs a unit price of %s times the suggested one', (share, expected) => {
    const listing = buildScanned({
      price: { amount: share * 100, currency: 'BRL' },
      suggestedRetailPrice: 100,
    })
    expect(signalsOf(listing)).toEqual(expected)
  })

  it('says which price it compared', () => {
    const listing = buildScanned({ title: 'Kit 2 Cartuchos HP 664 Preto' })
    expect(unitPriceOf(listing, INK_CARTRIDGES.packSize)?.share).toBeCloseTo(0.5)
    expect(evaluate(listing, INK_CARTRIDGES).signals[0]?.observed).toBe(
      '34.95 BRL a unit (2 units by the title), 50 % of the suggested 69.90',
    )
  })

  it.each([
    [{ reputation: '1_red', transactions: 3 }, 40],
    [{ reputation: null, transactions: 3 }, 30],
    [{ reputation: '3_yellow', transactions: 99 }, 25],
    [{ reputation: '5_green', transactions: 100 }, 0],
    [{}, 0],
  ])('never makes a case of the seller alone: %j', (standing, score) => {
    const listing = buildScanned({ seller: { id: 'S9', ...standing } })
    expect(evaluate(listing, INK_CARTRIDGES)).toMatchObject({ suspicious: false, score })
  })

  it('adds the seller to what the product says', () => {
    const cheap = { amount: 45, currency: 'BRL' }
    expect(evaluate(buildScanned({ price: cheap }), INK_CARTRIDGES).suspicious).toBe(false)
    const seller = { id: 'S9', reputation: null, transactions: 200 }
    expect(evaluate(buildScanned({ price: cheap, seller }), INK_CARTRIDGES)).toMatchObject({
      suspicious: true,
      score: 40,
      severity: 'S2',
    })
  })

  it('takes an empty cartridge for empty, not for a cheap copy', () => {
    const listing = buildScanned({
      title: 'Cartucho HP 664 vazio',
      price: { amount: 5, currency: 'BRL' },
    })
    expect(evaluate(listing, INK_CARTRIDGES)).toMatchObject({ severity: 'S4', score: 80 })
  })

  it('keeps XL apart from the plain model', () => {
    const attributes = { brand: 'HP', model: '664' }
    expect(signalsOf(buildScanned({ title: 'Cartucho HP 664 XL', attributes }))).toEqual({
      'model-mismatch': 10,
    })
    const xl = { brand: 'HP', model: 'Ink Advantage 664XL' }
    expect(signalsOf(buildScanned({ title: 'Cartucho HP 664 XL', attributes: xl }))).toEqual({})
  })

  it.each([
    [{ brand: 'Original', partNumber: 'F6V29AB' }, 'hp'],
    [{ brand: 'Épson & Filhos' }, 'epson-filhos'],
    [{ brand: '---' }, 'brand-cb3f91d54eee'],
  ])('names the brand of %j', (attributes, brandId) => {
    const listing = buildScanned({ title: 'Cartucho preto', attributes })
    expect(evaluate(listing, INK_CARTRIDGES).brand?.brandId).toBe(brandId)
  })

  it('names no brand where there is none', () => {
    const listing = buildScanned({ title: 'Cartucho preto', attributes: { brand: null } })
    expect(evaluate(listing, INK_CARTRIDGES).brand).toBeNull()
  })
})

describe('phone chargers', () => {
  it.each([
    ['Voltbrook Pebble 30 W, pack of 3', 3],
    ['2x Voltbrook Pebble 30 W charger', 2],
    ['Voltbrook charger 4-pack', 4],
    ['Voltbrook Pebble 30 W, 3x faster', 1],
    ['Voltbrook Pebble 65 W, 2x USB-C', 1],
  ])('reads the units of "%s"', (title, units) => {
    expect(packSizeOf(buildScanned({ title }), PHONE_CHARGERS.packSize).units).toBe(units)
  })

  it('asks about eight of the nine invented listings, all as a matter of safety', () => {
    const found = suspicionsOf(sampleListings(VOLTBROOK_FILE), PHONE_CHARGERS)
    expect(tally(found.map(({ severity }) => severity))).toEqual({ S1: 8 })
    expect(new Set(found.map(({ brand }) => brand?.brandId))).toEqual(new Set(['voltbrook']))
    expect(found.map(({ listing }) => listing.listingId)).not.toContain('lm-70011')
  })
})

describe.each(RULE_PACKS.map((pack) => [pack.name, pack] as const))('pack %s', (_name, pack) => {
  it('has rules that a case can carry and a recall can name', () => {
    const ids = pack.rules.map(({ ruleId }) => ruleId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => /^[a-z0-9-]{3,60}$/.test(id))).toBe(true)
    expect(ids.length).toBeLessThanOrEqual(50)
    expect(pack.version).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it('weighs every rule about a product or a seller', () => {
    const weighed = pack.rules.filter(({ about }) => about !== 'shown')
    expect(weighed.length).toBeGreaterThan(0)
    expect(weighed.filter(({ weight }) => weight <= 0)).toEqual([])
  })
})
