import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import type { Intake } from '../../contract/sighting.js'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { caseSummary } from '../../domain/case/summary.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { EVERYTHING } from '../../store/store.js'
import { CASE_SIGNALS, caseView, TELLING } from '../../workflows/messages.js'
import { type Door, makeDoor } from '../api/door.js'
import { startApi, type TestApi } from '../api/test-api.js'
import { mongoUri, temporalAddress } from '../setup/environment.js'
import {
  confirmation,
  decideWhenOpen,
  MONITOR_CALLER,
  reportAskedCase,
  type ReportedCase,
  untilRecorded,
} from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

// The worker reaches the database, and the contacts' digests, through doors.
let digests: Door
let database: Door
let connection: Connection
let service: TestService
let api: TestApi

beforeAll(async () => {
  const [host = '', port] = temporalAddress().split(':')
  digests = await makeDoor({ host, port: Number(port) })
  connection = Connection.lazy({ address: `127.0.0.1:${digests.port}` })
  const server = new URL(mongoUri('any'))
  database = await makeDoor({ host: server.hostname, port: Number(server.port) })
  service = await startService({
    activityClient: (namespace) => new Client({ connection, namespace }),
    databaseUri: (straight) => {
      const uri = new URL(straight)
      uri.port = String(database.port)
      uri.searchParams.set('directConnection', 'true')
      return uri.href
    },
  })
  api = await startApi({ store: service.store, client: service.client })
})
afterAll(async () => {
  await api.close()
  await service.stop()
  await connection.close()
  await Promise.all([digests.shut(), database.shut()])
})
const shut: Door[] = []
const shutDoor = async (door: Door) => {
  await door.shut()
  shut.push(door)
}
const openDoors = async () => {
  for (const door of shut.splice(0)) await door.open()
}
afterEach(openDoors)

const latest = ({ workflowId }: ReportedCase) =>
  service.client.workflow.getHandle(workflowId).query(caseView)
const mailed = (...words: string[]) =>
  service.smtp.received.filter(({ raw }) => words.every((word) => raw.includes(word)))

/** What the listing looks like when it is on sale again. */
function relisted({ input: { sighting } }: ReportedCase) {
  const { sightingId: _, ...report } = sighting
  const capturedAt = new Date(Date.now() + 1_000).toISOString()
  return {
    ...report,
    externalId: `e-${randomSuffix()}`,
    listing: { ...report.listing, capturedAt },
  }
}
const report = async (body: ReturnType<typeof relisted>) => {
  const answer = await api.call('POST', '/v1/cases', { key: 'monitor', body })
  return { statusCode: answer.statusCode, intake: answer.json<Intake>() }
}

/** A case whose listing was taken down while nobody could be told of it. */
async function closedButTelling(): Promise<ReportedCase> {
  const one = await reportAskedCase(service)
  await until('the brand is asked', () => mailed(one.listingId).length > 0, { withinMs: 20_000 })
  await shutDoor(digests)
  await decideWhenOpen(one, confirmation(one.caseId))
  await untilRecorded(service, one.caseId, ({ phase }) => phase === 'closed')
  expect((await one.handle.describe()).status.name).toBe('RUNNING')
  return one
}

describe('a listing that is back when its case has closed and cannot tell anybody yet', () => {
  it('gets its next case at once, the reporter is told so, and what was untold is told', async () => {
    const one = await closedButTelling()
    const body = relisted(one)
    const { statusCode, intake } = await report(body)

    expect(statusCode).toBe(202)
    expect(intake).toMatchObject({ result: 'opened', previousCaseId: one.caseId })
    const next = await untilRecorded(
      service,
      intake.caseId,
      ({ phase }) => phase === 'awaitingBrand',
    )
    expect(next).toMatchObject({ previousCaseId: one.caseId, severity: 'S2' })
    expect((await report(body)).intake).toMatchObject({
      ...{ result: 'duplicate', caseId: intake.caseId },
    })
    const handle = service.client.workflow.getHandle(one.workflowId)
    const { memo, searchAttributes } = await until(
      'Temporal shows that the brand is asked',
      async () => {
        const run = await handle.describe()
        const { CasePhase: phases = [] } = run.searchAttributes
        return phases.some((phase) => phase === 'awaitingBrand') && run
      },
      { withinMs: 20_000 },
    )
    const summary = caseSummary(one.input.sighting)
    expect(memo).toEqual({ caseId: intake.caseId, summary })
    expect(searchAttributes).not.toMatchObject({ CaseOutcome: ['takenDown'] })

    const running = `WorkflowType = '${TELLING}' AND ExecutionStatus = 'Running'`
    await until(
      'a workflow of its own tells the rest',
      async () => (await service.client.workflow.count(running)).count > 0,
      { withinMs: 20_000 },
    )
    const before = mailed(one.listingId).length
    await openDoors()
    await until('both are told', () => mailed(one.listingId).length === before + 2, {
      withinMs: 60_000,
    })
  })

  it('is one case, however many report it, and sightings are not lost', async () => {
    const one = await closedButTelling()
    const bodies = Array.from({ length: 8 }, () => relisted(one))
    const answers = await Promise.all(bodies.map(report))

    const [{ intake: first } = { intake: null }] = answers
    if (!first) throw new Error('no answer')
    expect(new Set(answers.map(({ intake }) => intake.caseId))).toEqual(new Set([first.caseId]))
    await untilRecorded(service, first.caseId, ({ sightings }) => sightings.length === 8)
    for (const body of bodies) {
      expect((await report(body)).intake).toMatchObject({
        ...{ result: 'duplicate', caseId: first.caseId },
      })
    }
  })

  it('gets it also from a report that did not know that the case had closed', async () => {
    const one = await closedButTelling()
    const { sighting } = one.input
    const sight = async (sightingId: string, capturedAt: string) => {
      const listing = { ...sighting.listing, capturedAt }
      const again = { ...sighting, sightingId, listing }
      await one.handle.signal(CASE_SIGNALS.sightingAdded, {
        sighting: again,
        caller: MONITOR_CALLER,
      })
    }
    const answered = `s-${randomSuffix()}`
    await sight(answered, sighting.listing.capturedAt)
    expect(await latest(one)).toMatchObject({ caseId: one.caseId, sightings: [{}, {}] })

    await sight(`s-${randomSuffix()}`, new Date(Date.now() + DAY_MS).toISOString())
    const next = await until(
      'the next case opens',
      async () => {
        const state = await latest(one)
        return state.phase === 'awaitingBrand' && state
      },
      { withinMs: 20_000 },
    )
    expect(next).toMatchObject({ previousCaseId: one.caseId })
    expect(next.sightings).toHaveLength(1)
    const closed = await service.store.cases.get(EVERYTHING, one.caseId)
    expect(closed?.state.sightings).toMatchObject([{}, { sightingId: answered }])
  })
})

describe('a listing that is back when the end of its case could not be recorded yet', () => {
  it('gets its next case once the record has that end', async () => {
    const one = await reportAskedCase(service)
    await service.sandbox.setFaults([{ kind: 'slow', listingId: one.listingId, delayMs: 2_000 }])
    await decideWhenOpen(one, confirmation(one.caseId))
    await untilRecorded(service, one.caseId, ({ phase }) => phase === 'takingDown')
    await shutDoor(database)
    await until('it has closed', async () => (await latest(one)).phase === 'closed', {
      withinMs: 20_000,
    })
    const body = relisted(one)
    const { intake } = await report(body)
    expect(intake).toMatchObject({ result: 'opened', previousCaseId: one.caseId })
    expect((await report(body)).intake).toMatchObject({ caseId: intake.caseId })
    const stored = await service.store.cases.get(EVERYTHING, one.caseId)
    expect(stored?.phase).toBe('takingDown')

    await openDoors()
    const next = await untilRecorded(
      service,
      intake.caseId,
      ({ phase }) => phase === 'awaitingBrand',
      60_000,
    )
    expect(next).toMatchObject({ previousCaseId: one.caseId })
    expect(next.sightings).toHaveLength(1)
    await untilRecorded(service, one.caseId, ({ ending }) => ending?.outcome === 'takenDown')
    expect((await report(body)).intake).toMatchObject({
      ...{ result: 'duplicate', caseId: intake.caseId },
    })
  })
})
