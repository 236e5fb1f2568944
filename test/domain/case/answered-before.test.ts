import { describe, it, expect } from '@jest/globals'
import {
  ANSWERED_DAYS,
  answeredBy,
  EXPIRED_DAYS,
  isAnsweredBefore,
} from '../../../domain/case/answered-before.js'
import { DAY_MS } from '../../../domain/brand/calendar.js'
import type { CaseState } from '../../../domain/case/state.js'
import { type ListingSnapshot, materialChanges } from '../../../domain/listing/listing.js'
import { MONDAY_MS } from '../../builders/case.js'
import { buildListing } from '../../builders/sighting.js'
import { as, askedCase, CASE_ID, type CaseDriver, confirmation } from './case-driver.js'

const ENDED = {
  released: () => ended((driven) => driven.send('decide', confirmation({ verdict: 'genuine' }))),
  expired: () => askedCase({ severity: 'S4' }).runUntil(MONDAY_MS + 20 * DAY_MS),
  takenDown: () =>
    ended((driven) => {
      driven.send('decide', confirmation())
      const removedAt = MONDAY_MS + 60_000
      driven.now = removedAt
      driven.marketplaceSays({ kind: 'removed', takedownId: 't-1', removedAt })
    }),
  alreadyGone: () =>
    ended((driven) => {
      driven.send('decide', confirmation())
      driven.now += 60_000
      driven.marketplaceSays({ kind: 'gone', detail: 'no longer there' })
    }),
  refusedByMarketplace: () =>
    ended((driven) => {
      driven.send('decide', confirmation())
      driven.marketplaceSays({ kind: 'refused', code: 'no', message: 'no' })
      driven.send('closeManually', { caseId: CASE_ID, caller: as('lead'), reason: 'refused' })
    }),
  closedManually: () =>
    ended((driven) =>
      driven.send('closeManually', { caseId: CASE_ID, caller: as('lead'), reason: 'test buy' }),
    ),
  withdrawn: () =>
    ended((driven) =>
      driven.send('withdraw', { caseId: CASE_ID, caller: as('monitor'), reason: 'wrong rule' }),
    ),
} as const

function ended(act: (driven: CaseDriver) => unknown): CaseDriver {
  const driven = askedCase()
  act(driven)
  return driven
}

const later = (ms: number) => new Date(MONDAY_MS + ms).toISOString()
const MINUTE_LATER = 60_001

describe('a new sighting of a listing answered before', () => {
  const table: [keyof typeof ENDED, number, boolean][] = [
    ['released', ANSWERED_DAYS * DAY_MS - 1, true],
    ['released', ANSWERED_DAYS * DAY_MS, false],
    ['refusedByMarketplace', ANSWERED_DAYS * DAY_MS - 1, true],
    ['refusedByMarketplace', ANSWERED_DAYS * DAY_MS, false],
    ['expired', EXPIRED_DAYS * DAY_MS - 1, true],
    ['expired', EXPIRED_DAYS * DAY_MS, false],
    ['closedManually', 1, false],
    ['withdrawn', 1, false],
  ]
  it.each(table)('%s, %d ms after the end: still answered? %s', (outcome, ageMs, isAnswered) => {
    const { state } = ENDED[outcome]()
    expect(state.ending?.outcome).toBe(outcome)
    expect(
      isAnsweredBefore(state, state.listing as ListingSnapshot, (state.ending?.at ?? 0) + ageMs),
    ).toBe(isAnswered)
  })

  it('opens a case when the offer changed', () => {
    const { state } = ENDED.released()
    const changed = { ...(state.listing as ListingSnapshot), title: 'Something else' }
    expect(isAnsweredBefore(state, changed, MONDAY_MS + 1)).toBe(false)
  })

  it.each(['takenDown', 'alreadyGone'] as const)('opens a case when seen after %s', (outcome) => {
    const { state } = ENDED[outcome]()
    expect(state.ending?.outcome).toBe(outcome)
    const seenAt = (capturedAt: string) => ({ ...(state.listing as ListingSnapshot), capturedAt })
    expect(isAnsweredBefore(state, seenAt(later(60_000)), MONDAY_MS + DAY_MS)).toBe(true)
    expect(isAnsweredBefore(state, seenAt(later(MINUTE_LATER)), MONDAY_MS + DAY_MS)).toBe(false)
  })

  it('counts every answer within its time when the offer is the same again, the latest first', () => {
    const first = ENDED.released()
    const listing = first.state.listing as ListingSnapshot
    const ofAnother = (outcome: keyof typeof ENDED) => {
      const { state } = ENDED[outcome]()
      return { state: { ...state, shown: { ...listing, title: 'Something else' } } }
    }
    const now = MONDAY_MS + 2 * DAY_MS
    const back = { ...listing, capturedAt: new Date(now).toISOString() }
    const answered = (...cases: { state: CaseState }[]) => answeredBy(cases, back, now) !== null

    expect(answered(ofAnother('released'), first)).toBe(true)
    expect(answered(ofAnother('takenDown'), first)).toBe(true)
    expect(answered(ENDED.closedManually(), first)).toBe(true)
    expect(answered(ENDED.takenDown(), first)).toBe(false)
    expect(answered(ofAnother('released'), ofAnother('expired'))).toBe(false)
    expect(answered()).toBe(false)
  })

  it.each([
    ['hours ahead', 8 * 3_600_000],
    ['hours behind', -8 * 3_600_000],
  ])('is judged by our clock when the marketplace’s is %s', (_what, offMs) => {
    const { state } = ENDED.takenDown()
    const { takedown, ending } = state
    if (!takedown || !ending) throw new Error('nothing was taken down')
    const off = { ...state, takedown: { ...takedown, removedAt: ending.at + offMs } }
    const seenAt = (at: number) => ({
      ...(state.listing as ListingSnapshot),
      capturedAt: new Date(at).toISOString(),
    })
    const now = ending.at + DAY_MS
    expect(isAnsweredBefore(off, seenAt(takedown.requestedAt), now)).toBe(true)
    expect(isAnsweredBefore(off, seenAt(ending.at + 1), now)).toBe(false)
  })

  it('is not answered by a case that is still open', () => {
    const { state } = askedCase()
    expect(isAnsweredBefore(state, state.listing as ListingSnapshot, MONDAY_MS)).toBe(false)
  })
})

describe('two captures of a listing', () => {
  const before = buildListing({ price: { amount: 100, currency: 'CNY' } })
  const price = (amount: number, currency = 'CNY') => ({ price: { amount, currency } })
  const table: [string, Partial<ListingSnapshot>, string[]][] = [
    ['nothing else', {}, []],
    ['spaces and capitals', { title: `  ${before.title.toUpperCase()}  ` }, []],
    ['full-width letters', { title: before.title.replace('bag', 'ｂａｇ') }, []],
    ['another title', { title: 'Wallet' }, ['title']],
    ['another seller', { seller: { id: 'shop-9' } }, ['seller']],
    ['10 % more', price(110), []],
    ['10 % less', price(90), []],
    ['more than 10 % more', price(110.01), ['price']],
    ['more than 10 % less', price(89.99), ['price']],
    ['another currency', price(100, 'USD'), ['price']],
    ['no price', { price: null }, ['price']],
    ['other pictures', { pictures: [{ sha256: 'f'.repeat(64) }] }, ['pictures']],
    ['no pictures captured', { pictures: [] }, []],
    ['another picture address', { pictures: before.pictures.map((p) => ({ ...p, url: 'x' })) }, []],
  ]
  it.each(table)('that differ in %s', (_what, over, changes) => {
    expect(materialChanges(before, { ...before, ...over })).toEqual(changes)
  })

  it.each([
    [1, 1.1],
    [19.9, 21.89],
    [65.7, 72.27],
    [0.3, 0.33],
  ])('from %d to %d differ by exactly 10 %%, which is no change', (from, to) => {
    expect(materialChanges({ ...before, ...price(from) }, { ...before, ...price(to) })).toEqual([])
  })

  it('with the same pictures in another order are the same offer', () => {
    const pictures = [{ sha256: 'a'.repeat(64) }, { sha256: 'b'.repeat(64) }]
    const swapped = [...pictures].reverse()
    expect(materialChanges({ ...before, pictures }, { ...before, pictures: swapped })).toEqual([])
  })
})
