import { activityInfo } from '@temporalio/activity'
import { NativeConnection, Worker } from '@temporalio/worker'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Severity } from '../../domain/vocabulary.js'
import { openingEvents } from '../../domain/case/opening.js'
import { until } from '../../local/until.js'
import {
  CASE_SIGNALS,
  CASES_QUEUE,
  caseView,
  type ListingCaseInput,
} from '../../workflows/messages.js'
import { buildNewCase } from '../api/new-case.js'
import { startApi, type TestApi } from '../api/test-api.js'
import { buildBrand } from '../builders/brand.js'
import { buildSighting } from '../builders/sighting.js'
import { temporalAddress, workflowBundlePath } from '../setup/environment.js'
import {
  confirmation,
  decideWhenOpen,
  MONITOR_CALLER,
  reportAskedCase,
  untilRecorded,
} from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

let service: TestService
let api: TestApi
beforeAll(async () => {
  service = await startService()
  await service.store.brands.create(buildBrand({ brandId: 'voltbrook', name: 'Voltbrook' }))
  api = await startApi(service)
})
afterAll(async () => {
  await api.close()
  await service.stop()
})

async function report(count: number, brandId: string, suspectedSeverity: Severity): Promise<void> {
  const cases = Array.from({ length: count }, () =>
    buildNewCase({ brandId, suspectedSeverity, listing: { pictures: [] } }),
  )
  const answer = await api.call('POST', '/v1/cases:batch', { key: 'monitor', body: { cases } })
  const { results } = answer.json<{ results: { result: string }[] }>()
  expect(results.map(({ result }) => result)).toEqual(cases.map(() => 'opened'))
}

/** Opens what waits with one worker that does one thing at a time, and says in which order. */
async function openedInOrder(count: number): Promise<string[]> {
  const order: string[] = []
  const connection = await NativeConnection.connect({ address: temporalAddress() })
  const worker = await Worker.create({
    connection,
    namespace: service.namespace,
    taskQueue: CASES_QUEUE,
    workflowBundle: { codePath: workflowBundlePath() },
    activities: {
      openCase: async (input: ListingCaseInput) => {
        const { brandId, suspectedSeverity } = input.sighting
        order.push(`${suspectedSeverity} ${brandId}`)
        const { currentAttemptScheduledTimestampMs: now } = activityInfo()
        const refused = { kind: 'refused', reason: 'unknownBrand', detail: 'seen' } as const
        return { events: openingEvents(input, { ...refused, previousCaseId: null }, now) }
      },
      sendMail: async () => ({ refused: null }),
    },
    maxCachedWorkflows: 0,
    maxConcurrentWorkflowTaskExecutions: 1,
    maxConcurrentWorkflowTaskPolls: 1,
    maxConcurrentActivityTaskExecutions: 1,
    maxConcurrentActivityTaskPolls: 1,
  })
  await worker.runUntil(
    until('everything is opened', () => order.length >= count, { withinMs: 60_000 }),
  )
  await connection.close()
  return order
}

describe('a case whose severity is raised', () => {
  it('goes first with everything that comes later', async () => {
    const one = await reportAskedCase(service, { severity: 'S4' })
    const { listing } = one.input.sighting
    const sighting = buildSighting({ suspectedSeverity: 'S1', listing })
    await one.handle.signal(CASE_SIGNALS.sightingAdded, { sighting, caller: MONITOR_CALLER })
    await untilRecorded(service, one.caseId, ({ severity }) => severity === 'S1')
    const priorityOfWorkflow = async () => (await one.handle.describe()).priority?.priorityKey === 1
    await until('its own tasks go first', priorityOfWorkflow, { withinMs: 20_000 })

    await decideWhenOpen(one, confirmation(one.caseId))
    await one.handle.result()
    expect(await one.handle.query(caseView)).toMatchObject({ phase: 'closed', severity: 'S1' })
    const { events } = await one.handle.fetchHistory()
    const priorities = (events ?? []).flatMap((event) => {
      const activity = event.activityTaskScheduledEventAttributes
      return activity ? [`${activity.activityType?.name} ${activity.priority?.priorityKey}`] : []
    })
    expect(priorities).toEqual(
      expect.arrayContaining(['saveCase 1', 'requestTakedown 1', 'notify 1']),
    )
    expect(priorities.slice(-2)).toEqual(expect.not.arrayContaining([expect.stringMatching(/4$/)]))
  })
})

describe('more work than the workers can do at once', () => {
  it('goes by severity first, then by turns of the brands', async () => {
    await service.stopWorkers()
    await report(300, 'northwind', 'S4')
    await report(3, 'voltbrook', 'S4')
    await report(1, 'northwind', 'S1')

    const order = await openedInOrder(20)
    // The server may have handed one or two out before the others came.
    expect(order.slice(0, 3)).toContain('S1 northwind')
    const soon = order.slice(0, 13).filter((one) => one === 'S4 voltbrook')
    expect(soon).toHaveLength(3)
  }, 120_000)
})
