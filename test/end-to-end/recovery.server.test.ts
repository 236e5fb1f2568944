import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { until } from '../../local/until.js'
import { EVERYTHING } from '../../store/store.js'
import { CASES_QUEUE, RECONCILE, reconcileProgress } from '../../workflows/messages.js'
import type { reconcile } from '../../workflows/reconcile.js'
import { type BuiltCase, buildCase } from '../builders/case.js'
import { saveBuiltCase } from '../builders/database.js'
import { startService, type TestService } from '../setup/service.js'

// Temporal has lost everything; only the record is left.
const CASES = 400
const PER_SECOND = 60

let service: TestService
let cases: BuiltCase[]
beforeAll(async () => {
  service = await startService({ restartsPerSecond: PER_SECOND })
  cases = Array.from({ length: CASES }, () => buildCase({ at: Date.now() }))
  for (const built of cases) await saveBuiltCase(service.store, built)
})
afterAll(() => service.stop())

describe('the recovery of all cases from the record', () => {
  it('keeps to its rate, shows how far it is, and goes on where a worker was stopped', async () => {
    const handle = await service.client.workflow.start<typeof reconcile>(RECONCILE, {
      ...{ workflowId: 'recovery', taskQueue: CASES_QUEUE, args: [{ maxSlices: 1 }] },
    })
    const startedAt = performance.now()
    const restarted = async () => (await handle.query(reconcileProgress)).counts.restarted
    const some = await until('it shows progress', restarted, { withinMs: 30_000 })
    expect(some).toBeLessThan(CASES)
    await service.stopWorkers()
    await service.startWorkers()

    const report = await handle.result()
    const tookS = (performance.now() - startedAt) / 1000
    expect(report).toMatchObject({ openRows: CASES, counts: { superseded: 0, withoutRow: 0 } })
    // What was started in the page that the stop interrupted is running when it is compared again.
    expect(report.counts.restarted).toBeGreaterThan(CASES - 100)
    expect(report.counts.restarted).toBeLessThanOrEqual(CASES)
    expect(report.restarted).toHaveLength(50)
    expect(tookS).toBeGreaterThan((report.counts.restarted / PER_SECOND) * 0.9)
    expect((await handle.describe()).runId).not.toBe(handle.firstExecutionRunId)
    expect(JSON.stringify(report).length).toBeLessThan(10_000)

    const notes = async () => {
      const rows = await service.store.cases.getMany(
        EVERYTHING,
        cases.map(({ caseId }) => caseId),
      )
      return rows.map(({ state }) => state.notes)
    }
    // Every start from the record leaves a note, so that each was started once.
    await until('all go on', async () => (await notes()).every((count) => count > 0), {
      withinMs: 60_000,
    })
    expect(new Set(await notes())).toEqual(new Set([1]))
  }, 180_000)
})
