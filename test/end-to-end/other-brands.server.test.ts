import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { EVERYTHING } from '../../store/store.js'
import { buildBrand } from '../builders/brand.js'
import {
  confirmation,
  decideWhenOpen,
  reportAskedCase,
  type ReportedCase,
  reportForOther,
  untilRecorded,
} from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

let service: TestService

beforeAll(async () => {
  service = await startService()
  await service.store.brands.create(buildBrand({ brandId: 'southwind', name: 'Southwind' }))
})
afterAll(() => service.stop())

/** The same listing, reported as an offer of the other brand. */
const reportForSouthwind = async (one: ReportedCase) =>
  (await reportForOther(service, one, 'southwind')).caseId

const isClosed = (state: { phase: string }) => state.phase === 'closed'

describe('a listing that concerns two brands', () => {
  it('ends the other brand’s case when it is removed: nobody is asked further', async () => {
    const one = await reportAskedCase(service)
    const other = await reportForSouthwind(one)
    await untilRecorded(service, other, (state) => state.phase === 'awaitingBrand')
    await decideWhenOpen(one, confirmation(one.caseId))
    expect((await one.handle.result()).outcome).toBe('takenDown')
    const state = await untilRecorded(service, other, isClosed)
    expect(state).toMatchObject({ ending: { outcome: 'alreadyGone' }, goneBy: one.caseId })
    const ledger = await service.sandbox.ledger({ listingId: one.listingId, effective: true })
    expect(ledger).toHaveLength(1)
  })

  it('also ends one that is opened on a capture from before the removal', async () => {
    const one = await reportAskedCase(service)
    await decideWhenOpen(one, confirmation(one.caseId))
    await one.handle.result()
    const other = await reportForSouthwind(one)
    const state = await untilRecorded(service, other, isClosed)
    expect(state.ending?.outcome).toBe('alreadyGone')
  })

  it('ends it as well when the first finds that the seller took the listing away', async () => {
    const one = await reportAskedCase(service)
    const other = await reportForSouthwind(one)
    await untilRecorded(service, other, (state) => state.phase === 'awaitingBrand')
    await service.sandbox.withdrawListing('taobao', one.listingId)
    await decideWhenOpen(one, confirmation(one.caseId))
    expect((await one.handle.result()).outcome).toBe('alreadyGone')
    await untilRecorded(service, other, isClosed)
    const events = await service.store.cases.events(EVERYTHING, other)
    expect(events.map(({ event }) => event.type)).toContain('listingGoneHeard')
  })
})
