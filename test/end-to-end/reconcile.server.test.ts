import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { WorkflowHandle } from '@temporalio/client'
import { until } from '../../local/until.js'
import { verifyCase } from '../../store/cases/audit.js'
import { EVERYTHING } from '../../store/store.js'
import type { listingCase } from '../../workflows/case/listing-case.js'
import { CASE_UPDATES, caseView } from '../../workflows/messages.js'
import { buildCaller, buildCase } from '../builders/case.js'
import { saveBuiltCase } from '../builders/database.js'
import { reconcileNow, startReconciling } from '../setup/reconciling.js'
import {
  confirmation,
  decideWhenOpen,
  reportAskedCase,
  reportListing,
  type ReportedCase,
  untilOpened,
  untilRecorded,
} from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

let service: TestService

beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.stop())

const MANAGER = buildCaller({ role: 'accountManager', id: 'key-manager', brandIds: '*' })
const NOTHING = { restarted: [], superseded: [], unreadable: [], withoutRow: [] }

/**
 * Until the list of running workflows, which lags behind a little, shows that many of the cases'
 * workflows. A comparison goes by that list.
 */
async function untilListed(cases: readonly ReportedCase[], count: number): Promise<void> {
  const ids = cases.map(({ workflowId }) => `'${workflowId}'`).join(', ')
  const query = `WorkflowId IN (${ids}) AND ExecutionStatus = 'Running'`
  const isListed = async () => (await service.client.workflow.count(query)).count === count
  await until(`${count} of ${ids} are listed as running`, isListed, { withinMs: 20_000 })
}

async function terminate(...cases: ReportedCase[]): Promise<void> {
  await Promise.all(cases.map(({ handle }) => handle.terminate('by mistake')))
  await untilListed(cases, 0)
}

/** The case as whatever run of it is the latest now. */
const latest = (one: Pick<ReportedCase, 'workflowId'>) =>
  service.client.workflow.getHandle<typeof listingCase>(one.workflowId)

const askedCase = (listingId?: string) => reportAskedCase(service, listingId ? { listingId } : {})

/** The brand's answer ends the case as if nothing had happened to it. */
async function expectGoesOn(one: ReportedCase): Promise<void> {
  await decideWhenOpen({ ...one, handle: latest(one) }, confirmation(one.caseId))
  expect(await latest(one).result()).toMatchObject({ caseId: one.caseId, outcome: 'takenDown' })
  const ledger = await service.sandbox.ledger({ listingId: one.listingId, effective: true })
  expect(ledger).toHaveLength(1)
  expect(await verifyCase(service.store, one.caseId)).toMatchObject({ finding: null })
}

describe('a case whose workflow was terminated', () => {
  it('goes on from its record with the same deadlines, found by the same attributes', async () => {
    const one = await askedCase()
    const before = await one.handle.query(caseView)
    await terminate(one)

    expect(await reconcileNow(service)).toMatchObject({ ...NOTHING, restarted: [one.caseId] })
    const after = await untilRecorded(service, one.caseId, ({ rev }) => rev > before.rev)
    expect(after).toMatchObject({ phase: 'awaitingBrand', wait: before.wait, notes: 1 })
    const { memo, searchAttributes } = await latest(one).describe()
    const summary = expect.stringContaining(one.listingId)
    expect(memo).toEqual({ caseId: one.caseId, summary })
    expect(searchAttributes).toMatchObject({
      BrandId: ['northwind'],
      Marketplace: ['taobao'],
      Severity: ['S2'],
      CasePhase: ['awaitingBrand'],
      AccountManager: ['ana-souza'],
    })
    expect(await reconcileNow(service)).toMatchObject(NOTHING)
    await expectGoesOn(one)
  })

  it('in the middle of a takedown removes the listing once', async () => {
    const one = await askedCase()
    const { listingId } = one
    await service.sandbox.setFaults([{ kind: 'slow', delayMs: 1_000, listingId, count: 1 }])
    await decideWhenOpen(one, confirmation(one.caseId))
    await untilRecorded(service, one.caseId, ({ phase }) => phase === 'takingDown')
    await terminate(one)

    expect(await reconcileNow(service)).toMatchObject({ ...NOTHING, restarted: [one.caseId] })
    expect(await latest(one).result()).toMatchObject({ outcome: 'takenDown' })
    expect(await service.sandbox.ledger({ listingId, effective: true })).toHaveLength(1)
    expect(await verifyCase(service.store, one.caseId)).toMatchObject({ finding: null })
  })

  it('waits for another case of its listing to end', async () => {
    const one = await askedCase()
    await terminate(one)
    const other = await askedCase(one.listingId)
    expect(await reconcileNow(service)).toMatchObject({ ...NOTHING, superseded: [one.caseId] })

    await decideWhenOpen(other, confirmation(other.caseId, { verdict: 'genuine' }))
    await other.handle.result()
    expect(await reconcileNow(service)).toMatchObject({ ...NOTHING, restarted: [one.caseId] })
    await expectGoesOn(one)
  })

  it('is started again once by two comparisons at the same time', async () => {
    const cases = await Promise.all(Array.from({ length: 12 }, () => askedCase()))
    await terminate(...cases)

    const restarted: string[] = []
    const areRunning = async () => {
      const both = await Promise.all([startReconciling(service), startReconciling(service)])
      const reports = await Promise.all(both.map((handle) => handle.result()))
      restarted.push(...reports.flatMap((report) => report.restarted))
      const failures = await Promise.all(both.map(failureOf))
      expect(failures.join()).not.toContain('WorkflowExecutionAlreadyStarted')
      const runs = await Promise.all(cases.map((one) => latest(one).describe()))
      return runs.every(({ status }) => status.name === 'RUNNING')
    }
    await until('all cases are started again', areRunning, { withinMs: 20_000 })
    expect(new Set(restarted).size).toBe(restarted.length)
    await Promise.all(cases.map(expectGoesOn))
    const rows = await Promise.all(
      cases.map(({ caseId }) => service.store.cases.get(EVERYTHING, caseId)),
    )
    // Every start from the record leaves a note.
    expect(rows.map((row) => row?.state.notes)).toEqual(cases.map(() => 1))
  })
})

/** What the comparison had to be tried again for, if it had to. */
async function failureOf(handle: WorkflowHandle): Promise<string> {
  const { events } = await handle.fetchHistory()
  const started = events?.flatMap((event) => event.activityTaskStartedEventAttributes ?? [])
  const failure = started?.at(-1)?.lastFailure
  return `${failure?.applicationFailureInfo?.type ?? ''} ${failure?.message ?? ''}`
}

describe('a case whose workflow was reset in the Temporal UI', () => {
  /** Resets to the end of the n-th workflow task of the latest run. */
  async function reset(one: ReportedCase, nthTask: number): Promise<void> {
    const handle = latest(one)
    const { events } = await handle.fetchHistory()
    const completed = events?.filter((event) => event.workflowTaskCompletedEventAttributes)
    await service.client.workflowService.resetWorkflowExecution({
      namespace: service.namespace,
      workflowExecution: { workflowId: one.workflowId, runId: (await handle.describe()).runId },
      workflowTaskFinishEventId: completed?.[nthTask - 1]?.eventId ?? null,
      reason: 'by mistake',
      requestId: randomUUID(),
    })
  }

  /** A case with a note on record, which a reset has to give up or to write again. */
  async function notedCase(): Promise<ReportedCase> {
    const one = await askedCase()
    const { caseId } = one
    const note = { caseId, caller: MANAGER, text: 'called', audience: 'internal' } as const
    await one.handle.executeUpdate(CASE_UPDATES.addNote, { args: [note] })
    await untilRecorded(service, caseId, ({ notes }) => notes === 1)
    return one
  }

  it('to its beginning reads the record again', async () => {
    const one = await notedCase()
    await reset(one, 1)
    expect(await reconcileNow(service)).toMatchObject(NOTHING)
    await expectGoesOn(one)
  })

  it('to where it knows less than the record loses no message it accepts', async () => {
    const one = await notedCase()
    const { wait, rev } = await one.handle.query(caseView)
    await reset(one, 2)
    expect((await untilOpened(service, one)).rev).toBeLessThan(rev)

    await expectGoesOn(one)
    const { state } = (await service.store.cases.get(EVERYTHING, one.caseId)) ?? {}
    expect(state).toMatchObject({ notes: 2, answers: [{ result: 'won' }] })
    const events = await service.store.cases.events(EVERYTHING, one.caseId)
    expect(events.map(({ event }) => event.type)).toEqual([
      ...['opened', 'asked', 'noteAdded', 'noteAdded'],
      ...['decided', 'takedownRequested', 'closed'],
    ])
    expect(events[1]?.event).toMatchObject({ data: { wait } })
    expect(await reconcileNow(service)).toMatchObject(NOTHING)
  })
})

describe('a row and a workflow of which one is missing', () => {
  it('a row that no workflow was ever known for goes on from its record', async () => {
    const built = buildCase({ at: Date.now() })
    await saveBuiltCase(service.store, built)
    expect(await reconcileNow(service)).toMatchObject({ ...NOTHING, restarted: [built.caseId] })
    const { caseId, state } = built
    expect(await untilOpened(service, built)).toMatchObject({ caseId, wait: state.wait })
    await untilRecorded(service, caseId, ({ notes }) => notes === 1)
    await latest(built).terminate()
    await service.database.raw.collection('cases').deleteOne({ workflowId: built.workflowId })
  })

  it('a workflow without a row is reported once it is not young any more', async () => {
    const one = await askedCase()
    await service.database.raw.collection('cases').deleteOne({ workflowId: one.workflowId })
    await untilListed([one], 1)
    const found = await reconcileNow(service, { openingMs: 0 })
    expect(found).toMatchObject({ ...NOTHING, withoutRow: [one.caseId] })
    expect(await reconcileNow(service)).toMatchObject(NOTHING)
    await one.handle.terminate()
  })

  it('a row that was deleted is written again from the record, and its case goes on', async () => {
    const one = await askedCase()
    await service.database.raw.collection('cases').deleteOne({ workflowId: one.workflowId })
    await expectGoesOn(one)
  })

  it('a record that cannot be read is reported and keeps no other case from its repair', async () => {
    const cases = await Promise.all([askedCase(), askedCase(), askedCase()])
    const [broken, ...others] = cases.sort((a, b) => (a.caseId < b.caseId ? -1 : 1))
    if (!broken) throw new Error('no case')
    await terminate(...cases)
    const { raw } = service.database
    await raw.collection('caseEvents').deleteOne({ caseId: broken.caseId, seq: 1 })

    const report = await reconcileNow(service)
    expect(report).toMatchObject({ unreadable: [broken.caseId], superseded: [], withoutRow: [] })
    expect(report.restarted.sort()).toEqual(others.map(({ caseId }) => caseId))
    await raw.collection('cases').deleteOne({ workflowId: broken.workflowId })
    await Promise.all(others.map(expectGoesOn))
  })
})

describe('while cases open and close as usual', () => {
  it('nothing is found and nothing is done', async () => {
    let busy = true
    const living = Promise.all(
      Array.from({ length: 24 }, async (_, n) => {
        await setTimeout(n * 100)
        await expectGoesOn(await reportListing(service))
      }),
    ).finally(() => (busy = false))
    let comparisons = 0
    for (; busy; comparisons++) expect(await reconcileNow(service)).toMatchObject(NOTHING)
    await living
    expect(comparisons).toBeGreaterThan(3)
    const { items } = await service.store.cases.list(EVERYTHING, { open: true }, { limit: 100 })
    expect(items).toEqual([])
  })
})
