import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type Duration, survivalOf } from '../../../domain/statistics/kaplan-meier.js'

const after = (ms: number): Duration => ({ ms, hasHappened: true })
const waitingFor = (ms: number): Duration => ({ ms, hasHappened: false })
const durations = fc.array(
  fc.record({ ms: fc.integer({ min: 0, max: 50 }), hasHappened: fc.boolean() }),
  { maxLength: 60 },
)

describe('the estimate of Kaplan and Meier', () => {
  it('is what a textbook says: 6, 6, 6, 6+, 7, 9+, 10, 10+, 11+, 13, 16, …, of Freireich', () => {
    const happened = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(after)
    const still = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(waitingFor)
    expect(survivalOf([...happened, ...still])).toEqual({
      ...{ n: 21, censored: 12, p50Ms: 23, p90Ms: null },
    })
  })

  it('says nothing of nothing', () => {
    expect(survivalOf([])).toEqual({ n: 0, censored: 0, p50Ms: null, p90Ms: null })
    expect(survivalOf([waitingFor(5)]).p50Ms).toBeNull()
  })

  it('is the nearest-rank percentile where everything has happened', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1 }), (given) => {
        const sorted = [...given].sort((a, b) => a - b)
        const at = (share: number) => sorted[Math.ceil(share * sorted.length - 1e-9) - 1]
        const { p50Ms, p90Ms } = survivalOf(given.map(after))
        expect([p50Ms, p90Ms]).toEqual([at(0.5), at(0.9)])
      }),
    )
  })

  it('does not depend on the order, and waiting longer never makes it faster', () => {
    fc.assert(
      fc.property(durations, fc.integer({ min: 1, max: 50 }), (given, more) => {
        const estimate = survivalOf(given)
        expect(survivalOf([...given].reverse())).toEqual(estimate)
        const longer = given.map((one) => (one.hasHappened ? one : { ...one, ms: one.ms + more }))
        const later = survivalOf(longer)
        const orNever = (ms: number | null) => ms ?? Number.POSITIVE_INFINITY
        expect(orNever(later.p50Ms)).toBeGreaterThanOrEqual(orNever(estimate.p50Ms))
        expect(orNever(later.p90Ms)).toBeGreaterThanOrEqual(orNever(estimate.p90Ms))
        expect(orNever(estimate.p50Ms)).toBeLessThanOrEqual(orNever(estimate.p90Ms))
      }),
    )
  })
})
