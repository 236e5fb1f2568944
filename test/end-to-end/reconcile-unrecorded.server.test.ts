import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Intake } from '../../contract/sighting.js'
import { parseCaseId } from '../../domain/case/identity.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { verifyCase } from '../../store/cases/audit.js'
import { EVERYTHING } from '../../store/store.js'
import { CASES_QUEUE, LISTING_CASE } from '../../workflows/messages.js'
import { SEARCH_ATTRIBUTES } from '../../workflows/search-attributes.js'
import { buildNewCase } from '../api/new-case.js'
import { casePath, startApi, type TestApi } from '../api/test-api.js'
import { reconcileNow } from '../setup/reconciling.js'
import { confirmation, decideWhenOpen, reportAskedCase, untilRecorded } from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

// What was acknowledged while no worker ran, and whose workflow somebody then terminated.
let service: TestService
let api: TestApi

beforeAll(async () => {
  service = await startService()
  api = await startApi(service)
})
afterAll(async () => {
  await api.close()
  await service.stop()
})

/** Compares twice at once, until a case is started again: the list of ended workflows lags. */
async function restartedOnes(): Promise<string[]> {
  return until(
    'a case is started again',
    async () => {
      const reports = await Promise.all([reconcileNow(service), reconcileNow(service)])
      const restarted = reports.flatMap((report) => report.restarted)
      return restarted.length > 0 && restarted
    },
    { withinMs: 20_000 },
  )
}

async function report(listingId: string): Promise<Intake> {
  const body = buildNewCase({ listing: { listingId, pictures: [] } })
  const answer = await api.call('POST', '/v1/cases', { key: 'monitor', body })
  expect([200, 202]).toContain(answer.statusCode)
  return answer.json<Intake>()
}
const decide = (caseId: string) =>
  api.call('POST', casePath(caseId, '/decision'), {
    key: 'brandMember',
    body: { verdict: 'genuine', decisionId: 'd-kept' },
  })
const handleOf = (caseId: string) =>
  service.client.workflow.getHandle(parseCaseId(caseId)?.workflowId ?? '')

describe('a case terminated before anything of it was recorded', () => {
  beforeEach(() => service.stopWorkers())

  it('is started again as it was reported, once', async () => {
    const { caseId } = await report(`L${randomSuffix()}`)
    const before = await handleOf(caseId).describe()
    await handleOf(caseId).terminate('by mistake')
    await service.startWorkers()

    expect(await restartedOnes()).toEqual([caseId])
    const state = await untilRecorded(service, caseId, ({ phase }) => phase === 'awaitingBrand')
    expect(state).toMatchObject({ notes: 0, sightings: [{ monitor: 'reference-monitor' }] })
    await until('the brand is asked', () => service.smtp.received.length === 1, {
      withinMs: 20_000,
    })
    const after = await handleOf(caseId).describe()
    expect(after.memo).toEqual(before.memo)
    expect(await after.staticSummary()).toBe(await before.staticSummary())
    expect(after.searchAttributes).toMatchObject({ BrandId: ['northwind'], Severity: ['S2'] })
    expect(await reconcileNow(service)).toMatchObject({
      restarted: [],
      superseded: [],
      withoutRow: [],
    })
  })

  it('gets every report and decision it was acknowledged for', async () => {
    const listingId = `L${randomSuffix()}`
    const { caseId } = await report(listingId)
    expect(await report(listingId)).toMatchObject({ result: 'duplicate', caseId })
    expect((await decide(caseId)).statusCode).toBe(202)
    await handleOf(caseId).terminate('by mistake')
    await service.startWorkers()

    expect(await restartedOnes()).toEqual([caseId])
    const state = await untilRecorded(service, caseId, ({ phase }) => phase === 'closed')
    expect(state).toMatchObject({ decision: { decisionId: 'd-kept' }, sightings: [{}, {}] })
    expect(await verifyCase(service.store, caseId)).toMatchObject({ finding: null })
    expect(await reconcileNow(service)).toMatchObject({
      restarted: [],
      superseded: [],
      withoutRow: [],
    })
  })

  it('waits for another case of its listing to end', async () => {
    const listingId = `L${randomSuffix()}`
    const { caseId } = await report(listingId)
    await handleOf(caseId).terminate('by mistake')
    const other = await report(listingId)
    expect(other.caseId).not.toBe(caseId)
    await service.startWorkers()
    await until(
      'it is found',
      async () => (await reconcileNow(service)).superseded.includes(caseId),
      {
        withinMs: 20_000,
      },
    )
    await untilRecorded(service, other.caseId, ({ phase }) => phase === 'awaitingBrand')
    expect((await decide(other.caseId)).statusCode).toBe(200)

    expect(await restartedOnes()).toEqual([caseId])
    const state = await untilRecorded(service, caseId, ({ phase }) => phase === 'closed')
    expect(state.ending).toMatchObject({ outcome: 'refused' })
    expect(state.previousCaseId).toBe(other.caseId)
  })
})

describe('a decision acknowledged for a case that was then terminated', () => {
  it('is applied when the case goes on from its record', async () => {
    const { caseId } = await report(`L${randomSuffix()}`)
    await untilRecorded(service, caseId, ({ phase }) => phase === 'awaitingBrand')
    await service.stopWorkers()
    expect((await decide(caseId)).statusCode).toBe(202)
    await handleOf(caseId).terminate('by mistake')
    await service.startWorkers()

    // A case that ends at once may be started again by both comparisons; its record says it once.
    expect(new Set(await restartedOnes())).toEqual(new Set([caseId]))
    const state = await untilRecorded(service, caseId, ({ phase }) => phase === 'closed')
    expect(state.decision).toMatchObject({ decisionId: 'd-kept' })
    const { items } = await service.store.cases.list(EVERYTHING, { open: true }, { limit: 10 })
    expect(items.filter((row) => row.caseId === caseId)).toEqual([])
  })
})

describe('reports that were promised the next case of a listing, by a run that was then terminated', () => {
  it('open it', async () => {
    const one = await reportAskedCase(service)
    const { caseId, workflowId, input } = one
    await decideWhenOpen(one, confirmation(caseId))
    await one.handle.result()
    await service.stopWorkers()
    // A run of the closed case that has not ended yet, as it is while it tells its end.
    await service.client.workflow.start(LISTING_CASE, {
      ...{ workflowId, taskQueue: CASES_QUEUE, memo: { caseId } },
      args: [{ ...input, continued: 'to tell its end' }],
      typedSearchAttributes: [{ key: SEARCH_ATTRIBUTES.CasePhase, value: 'closed' }],
    })
    const { listingId } = one
    const capturedAt = new Date(Date.now() + 1_000).toISOString()
    const again = async () => {
      const body = buildNewCase({ listing: { listingId, capturedAt, pictures: [] } })
      const answer = await api.call('POST', '/v1/cases', { key: 'monitor', body })
      return answer.json<Intake>()
    }
    const first = await again()
    expect(first).toMatchObject({ result: 'opened', previousCaseId: caseId })
    expect((await again()).caseId).toBe(first.caseId)
    await handleOf(caseId).terminate('by mistake')
    await service.startWorkers()

    expect(await restartedOnes()).toEqual([first.caseId])
    const next = await untilRecorded(
      service,
      first.caseId,
      ({ phase, sightings }) => phase === 'awaitingBrand' && sightings.length === 2,
    )
    expect(next).toMatchObject({ previousCaseId: caseId })
    expect(await reconcileNow(service)).toMatchObject({ restarted: [], superseded: [] })
  })
})
