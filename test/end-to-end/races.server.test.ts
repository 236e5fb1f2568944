import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { NewDecision } from '../../contract/decision.js'
import type { Intake } from '../../contract/sighting.js'
import { DEFAULT_POLICY, type SeverityPolicy } from '../../domain/brand/policy.js'
import { until } from '../../local/until.js'
import { verifyCase } from '../../store/cases/audit.js'
import { type CaseRow, EVERYTHING } from '../../store/store.js'
import { CASE_SIGNALS, caseView } from '../../workflows/messages.js'
import { buildNewCase } from '../api/new-case.js'
import { type Answer, casePath, problemOf, startApi, type TestApi } from '../api/test-api.js'
import {
  confirmation,
  decideWhenOpen,
  reportAskedCase,
  type ReportedCase,
  reportListing,
  untilOpened,
  untilRecorded,
  shownHashOf,
} from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

/** S4 expires here after two windows that last as long as one needs to be hit on its end. */
const WINDOW_MS = 2_500
const HASTY: SeverityPolicy = {
  brand: { windowMs: WINDOW_MS, time: 'clock', remindersMs: [] },
  accountManager: { windowMs: WINDOW_MS, time: 'clock', remindersMs: [] },
  lead: null,
  silence: 'release',
}
const CONFIRMED: NewDecision = { verdict: 'counterfeit', attestation: { accepted: true } }

let service: TestService
let api: TestApi

beforeAll(async () => {
  const severities = { ...DEFAULT_POLICY.severities, S4: HASTY }
  service = await startService({ brand: { policy: { ...DEFAULT_POLICY, severities } } })
  api = await startApi(service)
})
afterAll(async () => {
  await api.close()
  await service.stop()
})

const isClosed = ({ phase }: { phase: string }) => phase === 'closed'
const post = (caseId: string, body: NewDecision) =>
  api.call('POST', casePath(caseId, '/decision'), { key: 'brandMember', body })

async function closedRow(caseId: string): Promise<CaseRow> {
  await untilRecorded(service, caseId, isClosed)
  const row = await service.store.cases.get(EVERYTHING, caseId)
  if (!row) throw new Error(`case ${caseId} has no row`)
  return row
}

/** Every event is there, chained, and they lead to the row; the case ended once. */
async function expectWholeRecord(caseId: string): Promise<void> {
  expect(await verifyCase(service.store, caseId)).toMatchObject({ finding: null })
  const events = await service.store.cases.events(EVERYTHING, caseId)
  expect(events.filter(({ event }) => event.type === 'closed')).toHaveLength(1)
}

async function untilKeptLate(caseId: string, decisionId: string): Promise<void> {
  const isKept = async () => {
    const kept = await service.store.lateAnswers.list(EVERYTHING, caseId)
    return kept.some((answer) => answer.decisionId === decisionId)
  }
  await until(`${decisionId}, not on record, is kept late`, isKept, { withinMs: 10_000 })
}

/** What the caller was told is what the record says. */
async function expectTruth(answer: Answer, row: CaseRow, decisionId: string): Promise<void> {
  const { decision, ending, answers } = row.state
  switch (answer.statusCode) {
    case 200:
      expect(decision).toMatchObject({ decisionId })
      return
    case 202:
      expect(answers.some((given) => given.decisionId === decisionId)).toBe(true)
      return
    case 409:
      expect(decision?.decisionId).not.toBe(decisionId)
      expect(problemOf(answer)).toMatchObject({
        code: 'already-decided',
        winner: { decisionId: decision?.decisionId, verdict: decision?.verdict },
      })
      return
    case 410:
      expect(decision?.decisionId).not.toBe(decisionId)
      expect(problemOf(answer)).toMatchObject({ code: 'case-closed', outcome: ending?.outcome })
      await untilKeptLate(row.caseId, decisionId)
      return
    default:
      throw new Error(`answered ${answer.statusCode} ${answer.body}`)
  }
}

describe('two answers in the moment the last window ends', () => {
  // Within the few milliseconds in which timer and messages meet.
  const APART_MS = 150
  const offsetsMs = Array.from({ length: 36 }, (_, i) => (i - 24) * 8)
  const PAIRS = [
    ['genuine', 'notOurs'],
    ['counterfeit', 'genuine'],
  ] as const

  /** Gives two answers at once and returns their statuses, which proved to be true. */
  async function answerTwice(one: ReportedCase, index: number): Promise<number[]> {
    const { caseId, handle } = one
    const bodies = (PAIRS[index % 2] ?? PAIRS[0]).map((verdict, n): NewDecision => ({
      ...CONFIRMED,
      decisionId: `d-${n}`,
      shownHash: shownHashOf(one),
      verdict,
    }))
    const answers = await Promise.all(bodies.map((body) => post(caseId, body)))
    await handle.result()
    const row = await closedRow(caseId)
    await Promise.all(answers.map((answer, n) => expectTruth(answer, row, `d-${n}`)))
    await expectWholeRecord(caseId)
    const won = row.state.answers.filter(({ result }) => result === 'won')
    expect(won).toHaveLength(row.outcome === 'expired' ? 0 : 1)
    return answers.map((answer) => answer.statusCode)
  }

  it('get one outcome, and both are told the truth', async () => {
    const inTime = await answerTwice(await reportAskedCase(service), 0)
    expect(inTime).toContain(200)

    await Promise.all(
      offsetsMs.map(async (offsetMs, index) => {
        await setTimeout(index * APART_MS)
        const one = await reportListing(service, { severity: 'S4' })
        const isLastWindow = ({ phase }: { phase: string }) => phase === 'awaitingAccountManager'
        const { wait } = await untilRecorded(service, one.caseId, isLastWindow)
        await setTimeout(Math.max(0, (wait?.dueAt ?? 0) + offsetMs - Date.now()))
        return answerTwice(one, index)
      }),
    )
    const expired = await reportListing(service, { severity: 'S4' })
    await untilRecorded(service, expired.caseId, ({ phase }) => phase === 'closed')
    expect(await answerTwice(expired, 0)).toEqual([410, 410])
  })
})

describe('one decision that arrives as an update and as a signal', () => {
  it.each(['update first', 'signal first'])('%s: is one decision', async (order) => {
    await Promise.all(
      Array.from({ length: 12 }, async () => {
        const one = await reportAskedCase(service)
        const given = { decisionId: 'd-both', shownHash: shownHashOf(one) }
        const message = confirmation(one.caseId, given)
        const send = {
          update: () => decideWhenOpen(one, message),
          signal: () => one.handle.signal(CASE_SIGNALS.decideAsync, message),
        }
        await Promise.all(
          order === 'update first'
            ? [send.update(), send.signal()]
            : [send.signal(), send.update()],
        )
        expect((await one.handle.result()).outcome).toBe('takenDown')
        const { state } = await closedRow(one.caseId)
        expect(state.answers).toMatchObject([{ decisionId: 'd-both', result: 'won' }])
        await expectWholeRecord(one.caseId)
        const ledger = await service.sandbox.ledger({ listingId: one.listingId, effective: true })
        expect(ledger).toHaveLength(1)
      }),
    )
  })
})

describe('a listing reported again in the moment its case closes', () => {
  interface Reported {
    caseId: string
    listingId: string
    /** The two answers to each report. */
    answers: Intake[][]
  }
  const LISTINGS = 8
  const REPORTS = 24
  const APART_MS = 25

  /** Sent twice at once, as by a monitor that got no answer. */
  async function reportTwice(listingId: string, n: number): Promise<Intake[]> {
    // Every other shows another price, which the answer to the first case does not cover.
    const price = { amount: n % 2 === 0 ? 199 : 399, currency: 'CNY' }
    const body = buildNewCase({ listing: { listingId, price, pictures: [] } })
    const answers = await Promise.all(
      [0, 1].map(() => api.call('POST', '/v1/cases', { key: 'monitor', body })),
    )
    const others = answers.filter(({ statusCode }) => ![200, 202].includes(statusCode))
    expect(others.map(({ body: refusal }) => refusal)).toEqual([])
    return answers.map((answer) => answer.json<Intake>())
  }

  /** Reports from the decision on, and some for certain after the case has ended. */
  async function reportWhileClosing(): Promise<Reported> {
    const { caseId, listingId } = await reportAskedCase(service)
    const deciding = post(caseId, { verdict: 'genuine' })
    const reports = Array.from({ length: REPORTS }, async (_, n) => {
      await setTimeout(n * APART_MS)
      return reportTwice(listingId, n)
    })
    // Applied, or kept by a worker that is too busy to say so in time.
    expect([200, 202]).toContain((await deciding).statusCode)
    const answers = await Promise.all(reports)
    await untilRecorded(service, caseId, ({ phase }) => phase === 'closed')
    for (const n of [0, 1, 2, 3]) answers.push(await reportTwice(listingId, n))
    return { caseId, listingId, answers }
  }

  /** A case that has closed opens the next one when it has told everybody, or soon after. */
  async function isHeldByNobody(workflowId: string): Promise<boolean> {
    const handle = service.client.workflow.getHandle(workflowId)
    const { status } = await handle.describe()
    return status.name !== 'RUNNING' || (await handle.query(caseView)).phase !== 'closed'
  }

  /** All cases of the listing, once nothing is on its way to their record any more. */
  async function casesOf({ caseId, listingId, answers }: Reported): Promise<CaseRow[]> {
    const named = new Set([caseId, ...answers.flat().map((answer) => answer.caseId)])
    const { workflowId } = await closedRow(caseId)
    await until('no case that has closed holds its listing', () => isHeldByNobody(workflowId), {
      withinMs: 40_000,
    })
    // A query is answered after every message acknowledged before it.
    const latest = await untilOpened(service, { workflowId })
    await untilRecorded(service, latest.caseId, ({ rev }) => rev >= latest.rev)
    const { items } = await service.store.cases.list(
      EVERYTHING,
      { text: listingId },
      { limit: 100 },
    )
    expect(items.map((row) => row.caseId)).toEqual(expect.arrayContaining([...named]))
    return items
  }

  /** Every sighting on record: a case's state lists the latest only. */
  async function sightingsOf({ caseId }: CaseRow) {
    const events = await service.store.cases.events(EVERYTHING, caseId)
    return events.flatMap(({ event }) =>
      event.type === 'opened' || event.type === 'sightingAdded'
        ? [{ sightingId: event.data.sighting.sightingId, caseId }]
        : [],
    )
  }

  it('keeps every report in exactly one case, and one case open at a time', async () => {
    const all = await Promise.all(Array.from({ length: LISTINGS }, reportWhileClosing))
    for (const reported of all) {
      const rows = await casesOf(reported)
      for (const row of rows) {
        expect(await verifyCase(service.store, row.caseId)).toMatchObject({ finding: null })
      }
      const asked = rows.filter((row) => row.outcome !== 'refused')
      const refused = new Set(rows.filter((row) => !asked.includes(row)).map((row) => row.caseId))

      const covered = reported.answers.filter((twice) =>
        twice.every(({ alreadyAnswered, caseId }) => alreadyAnswered || refused.has(caseId)),
      )
      const recorded = await Promise.all(asked.map(sightingsOf))
      const sightings = recorded.flat().map(({ sightingId }) => sightingId)
      expect(new Set(sightings).size).toBe(sightings.length)
      // Those told of a case that was then refused as answered may be sightings of the one after it.
      const reports = 1 + reported.answers.length
      expect(sightings.length).toBeGreaterThanOrEqual(reports - covered.length)
      expect(sightings.length).toBeLessThanOrEqual(reports)
      for (const { sightingId, caseId } of recorded.flat()) {
        expect((await service.store.cases.claimOf(sightingId))?.caseId).toBe(caseId)
      }
      const inOrder = asked.sort((a, b) => a.openedAt.getTime() - b.openedAt.getTime())
      for (const [earlier, later] of inOrder.slice(1).map((row, n) => [inOrder[n], row])) {
        expect(earlier?.closedAt?.getTime()).toBeLessThanOrEqual(later?.openedAt.getTime() ?? 0)
      }
    }
    const results = new Set(all.flatMap(({ answers }) => answers.flat()).map((a) => a.result))
    expect([...results]).toEqual(expect.arrayContaining(['opened', 'duplicate']))
  })
})
