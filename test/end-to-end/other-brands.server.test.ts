import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { caseIdOf, workflowIdOf } from '../../domain/identity.js'
import { randomSuffix } from '../../platform/digest.js'
import { EVERYTHING } from '../../store/store.js'
import { CASES_QUEUE, LISTING_CASE } from '../../workflows/messages.js'
import { buildBrand } from '../builders/brand.js'
import { MONITOR } from '../builders/case.js'
import {
  confirmation,
  decideWhenOpen,
  reportAskedCase,
  type ReportedCase,
  untilRecorded,
} from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

let service: TestService

beforeAll(async () => {
  service = await startService()
  await service.store.admin.createBrand(buildBrand({ brandId: 'southwind', name: 'Southwind' }))
})
afterAll(() => service.stop())

/** The same listing, reported as an offer of the other brand. */
async function reportForOther(one: ReportedCase): Promise<string> {
  const { listingId, input } = one
  const brandId = 'southwind'
  const workflowId = workflowIdOf({ marketplace: 'taobao', listingKey: listingId, brandId })
  const caseId = caseIdOf(workflowId, randomSuffix())
  const sighting = { ...input.sighting, brandId, sightingId: `s-${randomSuffix()}` }
  await service.client.workflow.start(LISTING_CASE, {
    workflowId,
    taskQueue: CASES_QUEUE,
    args: [{ caseId, sighting, by: MONITOR }],
    memo: { caseId },
  })
  return caseId
}

const isClosed = (state: { phase: string }) => state.phase === 'closed'

describe('a listing that concerns two brands', () => {
  it('ends the other brand’s case when it is removed: nobody is asked further', async () => {
    const one = await reportAskedCase(service)
    const other = await reportForOther(one)
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
    const other = await reportForOther(one)
    const state = await untilRecorded(service, other, isClosed)
    expect(state.ending?.outcome).toBe('alreadyGone')
  })

  it('ends it as well when the first finds that the seller took the listing away', async () => {
    const one = await reportAskedCase(service)
    const other = await reportForOther(one)
    await untilRecorded(service, other, (state) => state.phase === 'awaitingBrand')
    await service.sandbox.withdrawListing('taobao', one.listingId)
    await decideWhenOpen(one, confirmation(one.caseId))
    expect((await one.handle.result()).outcome).toBe('alreadyGone')
    await untilRecorded(service, other, isClosed)
    const events = await service.store.cases.events(EVERYTHING, other)
    expect(events.map(({ event }) => event.type)).toContain('listingGoneHeard')
  })
})
