import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { costOf } from '../../local/history-cost.js'
import {
  confirmation,
  decideWhenOpen,
  reportListing,
  untilRecorded,
  shownHashOf,
} from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'
import { EVERYTHING } from '../../store/store.js'
import { verifyCase } from '../../store/cases/audit.js'
import { CASE_SIGNALS } from '../../workflows/messages.js'

let service: TestService

beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.stop())

const isWithBrand = (state: { phase: string }) => state.phase === 'awaitingBrand'

describe('a brand confirms', () => {
  it('the listing is gone from the marketplace, the record is whole, the budget is kept', async () => {
    const one = await reportListing(service)
    await untilRecorded(service, one.caseId, isWithBrand)
    await decideWhenOpen(one, confirmation(one.caseId))
    expect((await one.handle.result()).outcome).toBe('takenDown')

    const ledger = await service.sandbox.ledger({ listingId: one.listingId, effective: true })
    expect(ledger).toHaveLength(1)
    const events = await service.store.cases.events(EVERYTHING, one.caseId)
    expect(events.map(({ event }) => event.type)).toEqual([
      'opened',
      'asked',
      'decided',
      'takedownRequested',
      'closed',
    ])
    expect(await verifyCase(service.store, one.caseId)).toMatchObject({ finding: null })
    const cost = costOf(await one.handle.fetchHistory())
    expect(cost.actions).toBeLessThanOrEqual(12)
    expect(cost.historyEvents).toBeLessThanOrEqual(50)
  })

  it('a decision that arrives as a signal while no worker runs takes effect when one does', async () => {
    const one = await reportListing(service)
    await untilRecorded(service, one.caseId, isWithBrand)
    await service.stopWorkers()
    const bySignal = { decisionId: 'd-signal', shownHash: shownHashOf(one) }
    await one.handle.signal(CASE_SIGNALS.decideAsync, confirmation(one.caseId, bySignal))
    await service.startWorkers()
    expect((await one.handle.result()).outcome).toBe('takenDown')
    const state = await untilRecorded(service, one.caseId, (s) => s.phase === 'closed')
    expect(state.answers).toMatchObject([{ decisionId: 'd-signal', result: 'won' }])
  })
})

describe('a marketplace that misbehaves', () => {
  it.each([
    ['answers 500 after doing it', { kind: 'serverErrorAfter', count: 1 }],
    ['drops the reply after doing it', { kind: 'dropReply', count: 1 }],
    ['answers 500 once', { kind: 'serverError', count: 1 }],
    ['asks to slow down', { kind: 'rateLimited', retryAfterS: 1, count: 1 }],
    ['takes a while', { kind: 'pending', delayMs: 500, count: 1 }],
    ['ignores the key', { kind: 'ignoreKey' }],
  ] as const)('that %s removes the listing exactly once', async (_name, fault) => {
    const one = await reportListing(service)
    await service.sandbox.setFaults([{ ...fault, listingId: one.listingId }])
    await untilRecorded(service, one.caseId, isWithBrand)
    await decideWhenOpen(one, confirmation(one.caseId))
    expect((await one.handle.result()).outcome).toBe('takenDown')
    const ledger = await service.sandbox.ledger({ listingId: one.listingId, effective: true })
    expect(ledger).toHaveLength(1)
    await service.sandbox.setFaults([])
  })
})
