import { describe, it, expect } from '@jest/globals'
import { DAY_MS, MINUTE_MS } from '../../../domain/brand/calendar.js'
import type { TakedownResult } from '../../../domain/case/taking-down.js'
import { snapshotHash } from '../../../domain/case/shown.js'
import { nextDeadline } from '../../../domain/case/waiting/due.js'
import { MONDAY_MS } from '../../builders/case.js'
import { as, askedCase, CASE_ID, type CaseDriver, confirmation } from './case-driver.js'

const removed = { kind: 'removed', takedownId: 't-1', removedAt: MONDAY_MS + 900 } as const
const unknown = { kind: 'exhausted', message: 'no answer', outcomeUnknown: true } as const
const refused = { kind: 'refused', code: 'notListed', message: 'cannot be removed' } as const
const observed = {
  title: 'Nameless bag',
  price: null,
  pictures: [],
  seller: { id: 'shop-2214' },
}
const changed: TakedownResult = {
  kind: 'listingChanged',
  changes: ['title', 'price'],
  observed,
}
const byStaff = { caseId: CASE_ID, caller: as('accountManager') }
const key = (n: number) => `takedown:${CASE_ID}:${n}`

function takenDownWith(result: TakedownResult): CaseDriver {
  const driven = askedCase()
  driven.send('decide', confirmation())
  return driven.marketplaceSays(result)
}

describe('a takedown', () => {
  it('that succeeded closes the case with the brand’s word as its basis', () => {
    expect(takenDownWith(removed).state).toMatchObject({
      ending: { outcome: 'takenDown', basis: 'brandConfirmed' },
      takedown: { result: 'removed', takedownId: 't-1', removedAt: MONDAY_MS + 900 },
    })
  })

  it('of a listing that is gone is another outcome', () => {
    const { state } = takenDownWith({ kind: 'gone', detail: 'removed by the seller' })
    expect(state).toMatchObject({
      ending: { outcome: 'alreadyGone' },
      takedown: { result: 'gone' },
    })
  })

  it('whose outcome is unknown is tried again by itself under the same key', () => {
    const driven = takenDownWith(unknown)
    expect(nextDeadline(driven.state)?.kind).toBe('takedownRetry')
    driven.runToDeadline()
    expect(driven.state.takedown).toMatchObject({ n: 1, key: key(1), result: 'inFlight' })
    driven.marketplaceSays(unknown)
    driven.send('retryTakedown', {})
    expect(driven.state.takedown?.key).toBe(key(1))
  })

  it('that goes on failing is tried again after pauses that grow, about 30 minutes to 4 hours', () => {
    const driven = takenDownWith(unknown)
    const pausesMs = Array.from({ length: 20 }, () => {
      const pauseMs = (nextDeadline(driven.state)?.at ?? Infinity) - driven.now
      driven.runToDeadline().marketplaceSays(unknown)
      return pauseMs
    })
    for (const [n, pauseMs] of pausesMs.entries()) {
      const evenMs = Math.min(30 * 2 ** n, 240) * MINUTE_MS
      expect(Math.abs(pauseMs - evenMs)).toBeLessThanOrEqual(evenMs / 4)
    }
    expect(new Set(pausesMs).size).toBeGreaterThan(10)
    const firstDay = driven.events.filter(({ at }) => at < MONDAY_MS + DAY_MS)
    expect(firstDay.length).toBeLessThan(30)
    driven.send('retryTakedown', {})
    driven.marketplaceSays(unknown)
    expect((nextDeadline(driven.state)?.at ?? Infinity) - driven.now).toBeLessThan(40 * MINUTE_MS)
  })

  it('that was refused waits for a person, whose retry gets a new key', () => {
    const driven = takenDownWith(refused).runUntil(MONDAY_MS + 3 * DAY_MS)
    expect(driven.state).toMatchObject({
      phase: 'needsAttention',
      attention: { reason: 'marketplaceRefused' },
    })
    expect(driven.send('retryTakedown', byStaff)).toBeNull()
    expect(driven.state.takedown?.key).toBe(key(2))
  })

  it('that was refused gets a new key with a new decision', () => {
    const driven = takenDownWith(refused)
    driven.send('returnToBrand', { ...byStaff, message: 'is it really yours?' })
    driven.send('decide', confirmation({ decisionId: 'd-2' }))
    expect(driven.state.takedown?.key).toBe(key(2))
  })

  it('keeps its error when the brand is then asked and does not answer', () => {
    const driven = takenDownWith(refused)
    driven.send('returnToBrand', { ...byStaff, message: 'please look again' })
    driven.send('decide', confirmation({ decisionId: 'd-2', bulk: true }))
    expect(driven.state.takedown).toMatchObject({ n: 1, error: expect.stringMatching(/refused/) })
  })
})

describe('a listing that changed', () => {
  it('is taken down only by a person who looked at it', () => {
    const driven = takenDownWith(changed)
    expect(driven.send('retryTakedown', {})?.code).toBe('NotAllowedNow')
    expect(driven.send('retryTakedown', { acceptChanged: true })).toBeNull()
    expect(driven.state).toMatchObject({
      shown: observed,
      takedown: { key: key(1), acceptChanged: true },
    })
  })

  it('stays accepted for the service’s own retries', () => {
    const driven = takenDownWith(changed)
    driven.send('retryTakedown', { acceptChanged: true })
    driven.marketplaceSays(unknown).runToDeadline()
    expect(driven.state.takedown?.acceptChanged).toBe(true)
  })

  it('can go back to the brand, which then decides about the listing as it is now', () => {
    const driven = takenDownWith(changed)
    expect(driven.send('returnToBrand', { ...byStaff, message: 'it changed' })).toBeNull()
    expect(driven.state).toMatchObject({
      phase: 'awaitingBrand',
      shown: observed,
      decision: null,
      question: 'it changed',
    })
    expect(driven.state.answers[0]?.result).toBe('superseded')
    expect(driven.state.wait?.startedAt).toBe(driven.now)
  })

  it('accepted once is not accepted for a later decision', () => {
    const driven = takenDownWith(changed)
    driven.send('retryTakedown', { acceptChanged: true })
    driven.marketplaceSays(refused)
    driven.send('returnToBrand', { ...byStaff, message: 'refused' })
    const shownHash = snapshotHash(observed)
    driven.send('decide', confirmation({ decisionId: 'd-2', shownHash }))
    expect(driven.state.takedown?.acceptChanged).toBe(false)
  })
})
