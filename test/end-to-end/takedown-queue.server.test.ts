import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { CaseEvent } from '../../domain/case/events.js'
import { inParallel } from '../../platform/in-parallel.js'
import { EVERYTHING } from '../../store/store.js'
import { buildPolicy } from '../builders/brand.js'
import { confirmation, decideWhenOpen, reportListing, untilRecorded } from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

const CONFIRMED = 20

let service: TestService

beforeAll(async () => {
  service = await startService({
    takedownsPerSecond: 1,
    brand: { policy: buildPolicy({ takedownBudgetMs: 5_000 }) },
  })
})
afterAll(() => service.stop())

const isWithBrand = (state: { phase: string }) => state.phase === 'awaitingBrand'
const eventsOf = async (caseId: string): Promise<CaseEvent[]> =>
  (await service.store.cases.events(EVERYTHING, caseId)).map(({ event }) => event)

describe('more takedowns than a marketplace takes at once', () => {
  it('wait for their turn, and waiting costs none of their budget', async () => {
    const reported = await Promise.all(
      Array.from({ length: CONFIRMED }, () => reportListing(service)),
    )
    await inParallel(reported, 4, async (one) => {
      await untilRecorded(service, one.caseId, isWithBrand)
      await decideWhenOpen(one, confirmation(one.caseId))
    })
    const results = await Promise.all(reported.map((one) => one.handle.result()))
    expect(results.map(({ outcome }) => outcome)).toEqual(Array(CONFIRMED).fill('takenDown'))
    const events = await Promise.all(reported.map((one) => eventsOf(one.caseId)))
    expect(events.flat().filter(({ type }) => type === 'attentionNeeded')).toEqual([])
  }, 90_000)
})

describe('a marketplace that is away', () => {
  it('is tried for the budget, again and again, then the case needs attention', async () => {
    const one = await reportListing(service)
    await untilRecorded(service, one.caseId, isWithBrand)
    await service.sandbox.setFaults([{ kind: 'down' }])
    await decideWhenOpen(one, confirmation(one.caseId))
    const state = await untilRecorded(service, one.caseId, (s) => s.phase === 'needsAttention')
    expect(state.attention).toMatchObject({ reason: 'takedownExhausted' })
    const { events } = await one.handle.fetchHistory()
    const attempts = (events ?? []).flatMap((event) => {
      const started = event.activityTaskStartedEventAttributes
      return started ? [started.attempt ?? 0] : []
    })
    expect(Math.max(...attempts)).toBeGreaterThan(1)
    await service.sandbox.setFaults([])
  }, 60_000)
})
