import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { defaultPayloadConverter } from '@temporalio/common'
import type { CaseState } from '../../domain/case/state.js'
import { caseIdOf } from '../../domain/case/identity.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { verifyCase } from '../../store/cases/audit.js'
import { EVERYTHING } from '../../store/store.js'
import type { listingCase } from '../../workflows/case/listing-case.js'
import { listingCaseStart } from '../../workflows/case/start.js'
import { CASE_SIGNALS, LISTING_CASE, type RecordedCase } from '../../workflows/messages.js'
import {
  confirmation,
  decideWhenOpen,
  MONITOR_CALLER,
  reportListing,
  untilRecorded,
} from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

const SIGHTINGS = 30
/** More than a run takes over one by one. */
const MORE_SIGHTINGS = 200

let service: TestService

beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.stop())

const seenTimes = ({ sightings, sightingSummary }: CaseState) =>
  sightingSummary?.count ?? sightings.length

describe('a case whose history becomes long', () => {
  it('goes on in a new run from its record, and nobody notices', async () => {
    const { workflow } = service.client
    const { input, workflowId, listingId, handle: draft } = await reportListing(service)
    await draft.terminate('started again below, with a short limit')
    const caseId = caseIdOf(workflowId, randomSuffix())
    const sighting = { ...input.sighting, sightingId: `s-${randomSuffix()}` }
    const start = listingCaseStart(
      workflowId,
      { ...input, sighting, caseId, continueAfterEvents: 40 },
      { severity: 'S2', phase: 'opening' },
    )
    const { firstExecutionRunId } = await workflow.start<typeof listingCase>(LISTING_CASE, start)
    const handle = workflow.getHandle<typeof listingCase>(workflowId)
    const asked = await untilRecorded(service, caseId, ({ phase }) => phase === 'awaitingBrand')
    const before = await handle.describe()

    const sightAgain = async () => {
      const again = { ...sighting, sightingId: `s-${randomSuffix()}` }
      await handle.signal(CASE_SIGNALS.sightingAdded, { sighting: again, caller: MONITOR_CALLER })
    }
    for (let n = 1; n <= SIGHTINGS; n++) {
      await sightAgain()
      if (n % 3 === 0) await untilRecorded(service, caseId, (s) => seenTimes(s) > n)
    }
    const seen = await untilRecorded(service, caseId, (s) => seenTimes(s) > SIGHTINGS)
    expect(seen).toMatchObject({ phase: 'awaitingBrand', wait: asked.wait, notes: 0 })
    // A run shows that it is opening until it has the record.
    const after = await until(
      'the new run shows what the record says',
      async () => {
        const run = await handle.describe()
        const { CasePhase: phases = [] } = run.searchAttributes
        // It goes on when nothing is to be done, not in the middle of a stream of signals.
        const isNew = run.runId !== firstExecutionRunId && run.historyLength < 100
        return isNew && phases.some((phase) => phase === 'awaitingBrand') && run
      },
      { withinMs: 20_000 },
    )
    expect(after.memo).toEqual(before.memo)
    expect(after.memo).toEqual({ caseId, summary: await before.staticSummary() })
    expect(after.memo?.['summary']).toContain(listingId)
    expect(after.searchAttributes).toMatchObject({
      ...{ BrandId: ['northwind'], Marketplace: ['taobao'], Severity: ['S2'] },
      ...{ CasePhase: ['awaitingBrand'], AccountManager: ['ana-souza'] },
      DueAt: [new Date(asked.wait?.dueAt ?? 0)],
    })

    await Promise.all(Array.from({ length: MORE_SIGHTINGS }, sightAgain))
    const takenOver = async () => {
      const { events } = await handle.fetchHistory()
      const [opened] = (events ?? []).flatMap((e) => e.activityTaskCompletedEventAttributes ?? [])
      const [payload] = opened?.result?.payloads ?? []
      return payload ? defaultPayloadConverter.fromPayload<RecordedCase>(payload) : null
    }
    const { events: last, before: state } = await until(
      'a run takes the long record over',
      async () => {
        const taken = await takenOver()
        return taken?.before && taken
      },
      { withinMs: 20_000 },
    )
    expect(last).toMatchObject([{ type: 'sightingAdded', seq: (state?.rev ?? 0) + 1 }])

    await decideWhenOpen({ caseId, listingId, workflowId, input, handle }, confirmation(caseId))
    expect(await handle.result()).toMatchObject({ caseId, outcome: 'takenDown' })
    expect(await verifyCase(service.store, caseId)).toMatchObject({ finding: null })
    const events = await service.store.cases.events(EVERYTHING, caseId)
    expect(events.map(({ event }) => event.type)).toEqual([
      ...['opened', 'asked', ...Array<string>(SIGHTINGS + MORE_SIGHTINGS).fill('sightingAdded')],
      ...['decided', 'takedownRequested', 'closed'],
    ])
    await until('it is told', () => service.smtp.received.length >= 2, { withinMs: 20_000 })
    expect(service.smtp.received).toHaveLength(2)
  })
})
