import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { happening } from '../../domain/case/events.js'
import { record } from '../../domain/case/kind.js'
import { caseIdOf } from '../../domain/case/identity.js'
import type { Severity } from '../../domain/vocabulary.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { verifyCase } from '../../store/cases/audit.js'
import { EVERYTHING } from '../../store/store.js'
import type { listingCase } from '../../workflows/case/listing-case.js'
import {
  CASE_UPDATES,
  CASES_QUEUE,
  LISTING_CASE,
  type ListingCaseInput,
} from '../../workflows/messages.js'
import { reconcileNow } from '../setup/reconciling.js'
import {
  confirmation,
  decideWhenOpen,
  reportAskedCase,
  reportListing,
  untilOpened,
  untilRecorded,
} from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

// Cases that an earlier version let have a severity that is none.
const NONE = 'S0' as Severity

let service: TestService

beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.stop())

async function typesOf(caseId: string): Promise<string[]> {
  const stored = await service.store.cases.events(EVERYTHING, caseId)
  return stored.map(({ event }) => event.type)
}

describe('a case on a severity that is none', () => {
  it('that was never opened opens, and says what it is handled as', async () => {
    const draft = await reportListing(service)
    await draft.handle.terminate('started again below')
    const caseId = caseIdOf(draft.workflowId, randomSuffix())
    const sighting = { ...draft.input.sighting, sightingId: `s-${randomSuffix()}` }
    const input: ListingCaseInput = {
      ...{ ...draft.input, caseId, sighting: { ...sighting, suspectedSeverity: NONE } },
      undelivered: { decisions: [], sightings: [] },
    }
    const handle = await service.client.workflow.start<typeof listingCase>(LISTING_CASE, {
      ...{ workflowId: draft.workflowId, taskQueue: CASES_QUEUE, args: [input], memo: { caseId } },
    })
    const state = await untilRecorded(service, caseId, ({ phase }) => phase === 'awaitingBrand')
    expect(state).toMatchObject({ severity: 'S2', notes: 1 })
    await decideWhenOpen({ ...draft, caseId, input, handle }, confirmation(caseId))
    expect(await handle.result()).toMatchObject({ outcome: 'takenDown' })
    expect((await typesOf(caseId)).slice(0, 3)).toEqual(['opened', 'noteAdded', 'asked'])
  })

  it('that has it on record goes on with another, and every message works again', async () => {
    const one = await reportAskedCase(service)
    const { caseId, workflowId } = one
    await one.handle.terminate('to be started again')
    const row = await service.store.cases.get(EVERYTHING, caseId)
    if (!row) throw new Error('no row')
    const raised = happening('severityRaised', { from: 'S2', to: NONE })
    await service.store.cases.save({
      workflowId,
      ...record(row.state, [raised], Date.now()),
    })
    expect((await service.store.cases.get(EVERYTHING, caseId))?.severity).toBe('S2')
    await until(
      'it is started again',
      async () => (await reconcileNow(service)).restarted.includes(caseId),
      { withinMs: 20_000 },
    )
    const { wait } = await untilOpened(service, one)
    const handle = service.client.workflow.getHandle<typeof listingCase>(workflowId)
    const later = new Date((wait?.dueAt ?? 0) + 3_600_000).toISOString()
    await handle.executeUpdate(CASE_UPDATES.extendDeadline, { args: [{ until: later }] })
    const state = await untilRecorded(service, caseId, ({ severity }) => severity === 'S2')
    expect(state.notes).toBeGreaterThan(0)
    await decideWhenOpen({ ...one, handle }, confirmation(caseId))
    expect(await handle.result()).toMatchObject({ outcome: 'takenDown' })
    expect((await typesOf(caseId)).filter((type) => type === 'severityRaised')).toHaveLength(2)
    expect(await verifyCase(service.store, caseId)).toMatchObject({ finding: null })
  })
})
