import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { CASE_UPDATES } from '../../workflows/messages.js'
import { buildCaller } from '../builders/case.js'
import { confirmInVain, type ReportedCase, untilRecorded } from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

let service: TestService

beforeAll(async () => {
  service = await startService()
})
afterEach(() => service.sandbox.setFaults([]))
afterAll(() => service.stop())

const MANAGER = buildCaller({ role: 'accountManager', id: 'key-manager', brandIds: '*' })
const BRAND = buildCaller()

/** Confirmed while the marketplace is away: the takedown is being tried. */
const triedInVain = () => confirmInVain(service, { decisionId: 'd-mistake' })

const STOPS: [string, (one: ReportedCase) => Promise<unknown>][] = [
  [
    'returned to the brand',
    (one) =>
      one.handle.executeUpdate(CASE_UPDATES.returnToBrand, {
        args: [{ caseId: one.caseId, caller: MANAGER, message: 'is it really yours?' }],
      }),
  ],
  [
    'undone by the brand',
    (one) =>
      one.handle.executeUpdate(CASE_UPDATES.undecide, {
        args: [{ caseId: one.caseId, caller: BRAND, decisionId: 'd-mistake', reason: 'wrong row' }],
      }),
  ],
]

describe('a takedown that is stopped in an outage', () => {
  const stopped: ReportedCase[] = []
  beforeAll(async () => {
    for (const [, stop] of STOPS) {
      const one = await triedInVain()
      await stop(one)
      stopped.push(one)
    }
    await service.sandbox.setFaults([])
  })

  it.each(STOPS.map(([how], index) => [how, index] as const))(
    'is not carried out when the marketplace returns: %s',
    async (_how, index) => {
      const { caseId, listingId } = stopped[index] ?? { caseId: '', listingId: '' }
      const isAskedAgain = (s: { phase: string }) => s.phase === 'awaitingBrand'
      const state = await untilRecorded(service, caseId, isAskedAgain, 60_000)
      expect(state).toMatchObject({
        decision: null,
        closing: null,
        takedown: { result: 'notSent' },
      })
      expect(await service.sandbox.ledger({ listingId, effective: true })).toEqual([])
    },
    90_000,
  )

  it('can be closed by force at once, and nothing is sent afterwards', async () => {
    const one = await triedInVain()
    await one.handle.executeUpdate(CASE_UPDATES.closeManually, {
      args: [{ caseId: one.caseId, caller: MANAGER, reason: 'the shop is no more', force: true }],
    })
    expect((await one.handle.result()).outcome).toBe('closedManually')
    await service.sandbox.setFaults([])
    const state = await untilRecorded(service, one.caseId, (s) => s.phase === 'closed')
    expect(state.ending).toMatchObject({ forced: true, reason: 'the shop is no more' })
    expect(await service.sandbox.ledger({ listingId: one.listingId, effective: true })).toEqual([])
  })
})
