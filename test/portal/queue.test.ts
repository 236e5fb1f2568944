import { describe, expect, it } from '@jest/globals'
import type { CaseSummary } from '../../contract/case.js'
import { MAX_DECISIONS } from '../../contract/limits.js'
import { bulkPlan, MAX_BULK, bulkRequests, countsOf, outcomesOf } from '../../portal/inbox/bulk.js'
import { moved, nextOfSeller, nextToDecide } from '../../portal/inbox/moves.js'
import { priceFacts } from '../../portal/case/price.js'
import { standingOf } from '../../portal/case/standing.js'
import { spanOf, timeLeft } from '../../portal/words/time-left.js'
import { wordsFor } from '../../wording/vocabulary.js'

const HOUR_MS = 3_600_000
const NOW = Date.parse('2026-03-02T08:00:00Z')

function row(caseId: string, overrides: Partial<CaseSummary> = {}): CaseSummary {
  return {
    caseId,
    brandId: 'northwind',
    marketplace: 'taobao',
    listingId: caseId,
    title: caseId,
    sellerId: 'shop-1',
    sellerName: null,
    price: null,
    suggestedPrice: null,
    units: null,
    pictureSha256: null,
    severity: 'S2',
    phase: 'awaitingBrand',
    outcome: null,
    owner: 'brand',
    accountManagerId: null,
    dueAt: null,
    openedAt: '2026-03-01T08:00:00Z',
    updatedAt: '2026-03-01T08:00:00Z',
    closedAt: null,
    ruleIds: [],
    externalIds: [],
    silence: 'platformDecides',
    verdict: null,
    decisionId: null,
    shownHash: 'a'.repeat(64),
    rev: 2,
    ...overrides,
  }
}

describe('moving through the queue', () => {
  const closed = row('b', { phase: 'closed', verdict: 'genuine' })
  const rows = [row('a'), closed, row('c', { sellerId: 'shop-2' }), row('d')]

  it('goes one on or back, and stays at the ends', () => {
    expect(moved(rows, 'a', 1)).toBe('b')
    expect(moved(rows, 'd', 1)).toBe('d')
    expect(moved(rows, 'a', -1)).toBe('a')
    expect(moved(rows, undefined, 1)).toBe('a')
    expect(moved([], undefined, 1)).toBeNull()
  })

  it('finds the next that can be answered, around the end', () => {
    expect(nextToDecide(rows, 'a')).toBe('c')
    expect(nextToDecide(rows, 'd')).toBe('a')
    expect(nextToDecide(rows, 'a', (caseId) => caseId === 'c')).toBe('d')
    expect(nextToDecide([row('a'), closed], 'a')).toBeNull()
  })

  it('finds the next of the same seller at the same marketplace', () => {
    expect(nextOfSeller(rows, 'a')).toBe('b')
    expect(nextOfSeller(rows, 'c')).toBeNull()
    expect(nextOfSeller([row('a'), row('e', { marketplace: 'tmall' })], 'a')).toBeNull()
  })
})

describe('one answer for many', () => {
  const selected = [
    row('a', { severity: 'S1' }),
    row('b', { sellerId: 'shop-2' }),
    row('c', { phase: 'closed' }),
    row('d', { phase: 'coolingOff', verdict: 'counterfeit' }),
  ]

  it('is planned for those that can be answered', () => {
    const plan = bulkPlan(selected)
    expect(plan.rows.map(({ caseId }) => caseId)).toEqual(['a', 'b'])
    expect(plan).toMatchObject({
      beyond: 0,
      skipped: 2,
      sellers: 2,
      marketplaces: ['taobao'],
      safety: 1,
    })
  })

  it('is planned for a thousand at most, and says how many that leaves', () => {
    const many = Array.from({ length: MAX_BULK + 3 }, (_, index) => row(`c${index}`))
    const plan = bulkPlan(many)
    expect(plan).toMatchObject({ beyond: 3, skipped: 0 })
    expect(bulkRequests(plan.rows, () => 'd').flat()).toHaveLength(1_000)
  })

  it('goes in requests that the API takes, each item under its own id and for what was shown', () => {
    let n = 0
    const many = Array.from({ length: MAX_DECISIONS * 2 + 1 }, (_, index) => row(`c${index}`))
    const requests = bulkRequests(many, () => `d${n++}`)
    expect(requests.map(({ length }) => length)).toEqual([MAX_DECISIONS, MAX_DECISIONS, 1])
    const items = requests.flat()
    expect(new Set(items.map(({ decisionId }) => decisionId)).size).toBe(many.length)
    expect(items[0]).toEqual({ caseId: 'c0', decisionId: 'd0', shownHash: 'a'.repeat(64) })
  })

  it('counts what was taken, what can be stopped, and what has no answer', () => {
    const items = ['a', 'b', 'c', 'd'].map((caseId) => ({ caseId, decisionId: caseId }))
    const outcomes = outcomesOf(items, [
      { index: 1, status: 200, applied: true, phase: 'coolingOff' },
      { index: 0, status: 409, applied: false },
      { index: 2, status: 202, applied: false },
    ])
    expect(countsOf(outcomes)).toEqual({ taken: 2, stoppable: 1, failed: 2 })
  })
})

describe('what a row says', () => {
  it('compares a unit with what is suggested, and marks what is far below', () => {
    const price = { amount: 30, currency: 'CNY' }
    const suggestedPrice = { amount: 100, currency: 'CNY' }
    expect(priceFacts({ price, suggestedPrice, units: 1 })).toMatchObject({
      share: 0.3,
      isLow: true,
    })
    const other = { amount: 30, currency: 'USD' }
    expect(priceFacts({ price: other, suggestedPrice, units: 1 })).toMatchObject({
      share: null,
      isLow: false,
    })
  })

  it.each([
    [{}, { owner: 'the brand', follows: 'The marketplace’s lead decides' }],
    [
      { phase: 'coolingOff', owner: 'platform', verdict: 'counterfeit' },
      { follows: 'Counterfeit', tone: 'soon' },
    ],
    [
      { phase: 'closed', outcome: 'takenDown', verdict: 'counterfeit' },
      { phase: 'Listing removed', owner: null, tone: 'good' },
    ],
  ] as const)('tells where a case stands: %j', (overrides, expected) => {
    expect(standingOf(row('a', overrides), wordsFor('en'))).toMatchObject(expected)
  })

  it.each([
    [72 * HOUR_MS, { value: 3, unit: 'day', urgency: 'calm' }],
    [47.9 * HOUR_MS, { value: 47, unit: 'hour', urgency: 'calm' }],
    [23 * HOUR_MS, { value: 23, unit: 'hour', urgency: 'soon' }],
    [90_000, { value: 90, unit: 'second', urgency: 'now' }],
    [-2 * HOUR_MS, { value: 2, unit: 'hour', urgency: 'over' }],
  ] as const)('tells what is left of %i ms in one unit', (ms, expected) => {
    expect(timeLeft(new Date(NOW + ms).toISOString(), NOW)).toEqual(expected)
  })

  it('never promises more time than there is', () => {
    const units = { second: 1_000, minute: 60_000, hour: HOUR_MS, day: 24 * HOUR_MS }
    for (let ms = 1; ms < 10 * units.day; ms = Math.ceil(ms * 1.01) + 1) {
      const { value, unit } = spanOf(ms)
      expect(value * units[unit]).toBeLessThanOrEqual(ms)
    }
    expect(timeLeft(null, NOW)).toBeNull()
  })
})
