import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  bandLimits,
  hashParts,
  lookAlike,
  priceBand,
  titleShape,
} from '../../../domain/listing/likeness.js'

describe('the pattern of a title', () => {
  it.each([
    ['Fast charger 20W, original!', 'ORIGINAL – fast Charger 65 w'],
    ['Bolsa clássica (nº 3)', 'bolsa Classica  Nº 12'],
    ['女士单肩包 2024 原厂品质', '原厂品质 女士单肩包 2025'],
  ])('is the same for %j and %j', (one, other) => {
    expect(titleShape(one)).toBe(titleShape(other))
    expect(titleShape(one)).not.toBe('')
  })

  it('differs by a word, and is empty without any', () => {
    expect(titleShape('fast charger')).not.toBe(titleShape('fast cable'))
    expect(titleShape('12 × 30 !!')).toBe('')
  })

  it('is a text that can be asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 3_000 }), (title) => {
        expect(titleShape(title).length).toBeLessThanOrEqual(200)
        expect(titleShape(title)).toBe(titleShape(title).trim())
      }),
    )
  })
})

describe('the band of a price', () => {
  it('holds the price of a unit, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 ** 9 }),
        fc.integer({ min: 1, max: 500 }),
        (cents, units) => {
          const amount = cents / 100
          const limits = bandLimits(priceBand({ price: { amount, currency: 'CNY' }, units }) ?? '')
          expect(limits?.currency).toBe('CNY')
          expect(limits?.from).toBeLessThanOrEqual((amount / units) * 1.000001)
          expect(limits?.below).toBeGreaterThan((amount / units) * 0.999999)
        },
      ),
    )
  })

  it('is of one currency, and of no offer without a price', () => {
    const priced = (currency: string) => priceBand({ price: { amount: 10, currency } })
    expect(priced('CNY')).not.toBe(priced('USD'))
    expect(priceBand({ price: null })).toBeNull()
    expect(priceBand({ price: { amount: 0, currency: 'CNY' } })).toBeNull()
    expect(bandLimits('cheap')).toBeNull()
  })
})

describe('pictures that look alike', () => {
  const hash = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n })
  const written = (value: bigint) => value.toString(16).padStart(16, '0')

  it('differ in three bits at most, and then share a part by which they are found', () => {
    const places = fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: 6 })
    fc.assert(
      fc.property(hash, places, (bits, changed) => {
        const other = changed.reduce((each, place) => each ^ (1n << BigInt(place)), bits)
        fc.pre(other !== 0n)
        const alike = lookAlike(written(bits), written(other))
        expect(alike).toBe(changed.length <= 3)
        const shared = hashParts(written(other)).filter((part) =>
          hashParts(written(bits)).includes(part),
        )
        expect(alike && shared.length === 0).toBe(false)
      }),
    )
  })

  it('are not those that show nothing, or whose hash is of another kind', () => {
    expect(hashParts('0'.repeat(16))).toEqual([])
    expect(hashParts('p:12af')).toEqual([])
    expect(lookAlike('p:12af', 'p:12af')).toBe(false)
  })
})
