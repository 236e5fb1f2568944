import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { NewDecision } from '../../api/schemas/decision.js'
import type { Case } from '../../api/schemas/case.js'
import { DEFAULT_POLICY } from '../../domain/policy.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { caseIdOf, workflowIdOf } from '../../domain/identity.js'
import { CASES_QUEUE, LISTING_CASE } from '../../workflows/messages.js'
import { MONITOR } from '../builders/case.js'
import { buildSighting } from '../builders/sighting.js'
import { reportAskedCase, reportListing, untilRecorded } from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'
import { type Answer, type Call, casePath, problemOf, startApi, type TestApi } from './test-api.js'

let service: TestService
let api: TestApi

beforeAll(async () => {
  const policy = { ...DEFAULT_POLICY, coolingOffMs: { single: 0, bulk: 600_000 } }
  service = await startService({ brand: { policy } })
  api = await startApi(service)
})
afterAll(async () => {
  await api.close()
  await service.stop()
})

/** A case that the brand has been asked about. */
const openCase = async () => (await reportAskedCase(service)).caseId
async function closedCase(): Promise<string> {
  const caseId = await openCase()
  expect((await decide(caseId, { verdict: 'genuine' })).statusCode).toBe(200)
  await untilRecorded(service, caseId, ({ phase }) => phase === 'closed')
  return caseId
}
const CONFIRMED: NewDecision = { verdict: 'counterfeit', attestation: { accepted: true } }
const decide = (caseId: string, body: NewDecision, call: Call = {}) =>
  api.call('POST', casePath(caseId, '/decision'), { key: 'brandMember', body, ...call })
const send = (caseId: string, path: string, body: object, call: Call = {}) =>
  api.call('POST', casePath(caseId, `/${path}`), { key: 'accountManager', body, ...call })
const read = async (caseId: string, key = 'brandMember') =>
  (await api.call('GET', casePath(caseId), { key })).json<Case>()
const outcome = (answer: Answer) => [answer.statusCode, problemOf(answer).code]

describe('POST /v1/cases/{caseId}/decision', () => {
  it('applies the brand’s answer and shows what became of it', async () => {
    const caseId = await openCase()
    const answer = await decide(caseId, { ...CONFIRMED, decisionId: 'd-1', explanation: 'seams' })

    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({ caseId, applied: true, decisionId: 'd-1' })
    await untilRecorded(service, caseId, ({ phase }) => phase === 'closed')
    const shown = await read(caseId)
    expect(shown).toMatchObject({
      phase: 'closed',
      outcome: 'takenDown',
      basis: 'brandConfirmed',
      allowed: [],
      decision: { decisionId: 'd-1', explanation: 'seams', by: { role: 'brandMember' } },
      takedown: { result: 'removed', attempt: 1 },
      sellerHistory: { removedIn90Days: 1 },
    })
    const state = await api.call('GET', String(answer.headers.location), { key: 'brandMember' })
    expect(state.json()).toMatchObject({ state: 'won', outcome: 'takenDown' })
  })

  it('gives the same answer to the same decision, and names the winner to another', async () => {
    const caseId = await openCase()
    const given = { ...CONFIRMED, decisionId: 'd-first' }
    const first = await decide(caseId, given)
    const again = await decide(caseId, given)
    expect([again.statusCode, again.json()]).toEqual([200, first.json()])

    await untilRecorded(service, caseId, ({ phase }) => phase === 'closed')
    const later = await decide(caseId, given)
    expect(later.statusCode).toBe(200)
    expect(later.json()).toMatchObject({ applied: true, decisionId: 'd-first' })
  })

  it('names who decided first, and what, while the case goes on', async () => {
    const [one, other] = await Promise.all([openCase(), openCase()])
    const bulk = await batch({ ...CONFIRMED, decisions: [{ caseId: one }, { caseId: other }] })
    const [won] = bulk.json<{ results: { decisionId: string }[] }>().results

    const answer = await decide(one, { verdict: 'genuine' })
    expect(outcome(answer)).toEqual([409, 'already-decided'])
    expect(problemOf(answer)['winner']).toMatchObject({
      decisionId: won?.decisionId,
      verdict: 'counterfeit',
      role: 'brandMember',
      id: api.keys.brandMember.keyId,
    })
  })

  it('answers 410 with the outcome after the case closed, and keeps the answer', async () => {
    const caseId = await closedCase()
    const answer = await decide(caseId, { ...CONFIRMED, decisionId: 'd-late' })

    expect(outcome(answer)).toEqual([410, 'case-closed'])
    expect(problemOf(answer)['outcome']).toBe('released')
    const path = casePath(caseId, '/decisions/d-late')
    const isKept = async () => {
      const kept = await api.call('GET', path, { key: 'brandMember' })
      return kept.json<{ state?: string }>().state === 'late'
    }
    await until('the late answer is kept', isKept, { withinMs: 10_000 })
  })

  it('answers 410 for a case whose listing has a newer case', async () => {
    const first = await reportAskedCase(service)
    await send(first.caseId, 'close', { reason: 'opened by mistake' })
    await first.handle.result()
    const second = await reportAskedCase(service, { listingId: first.listingId })

    expect(outcome(await decide(first.caseId, CONFIRMED))).toEqual([410, 'case-closed'])
    expect((await read(second.caseId)).phase).toBe('awaitingBrand')
  })

  it.each([
    ['a confirmation without the statement', 'brandMember', { verdict: 'counterfeit' }, 422],
    ['a question that asks nothing', 'brandMember', { verdict: 'needInfo' }, 422],
    ['a verdict that is not the brand’s', 'brandMember', { verdict: 'insufficientEvidence' }, 403],
    ['an account manager without proof', 'accountManager', { verdict: 'genuine' }, 403],
    ['a monitor', 'monitor', { verdict: 'genuine' }, 403],
    ['an operator', 'operator', { verdict: 'genuine' }, 403],
    ['a word that is no verdict', 'brandMember', { verdict: 'fake' }, 400],
  ])('refuses %s', async (_what, key, body, status) => {
    const caseId = await openCase()
    const answer = await decide(caseId, body as NewDecision, { key })

    expect(answer.statusCode).toBe(status)
    expect(problemOf(answer).detail).not.toBe('')
    expect((await read(caseId)).decision).toBeNull()
  })

  it('takes the brand’s answer from its account manager, with proof', async () => {
    const caseId = await openCase()
    const body: NewDecision = { verdict: 'genuine', proof: 'phone call with Mei Lin, 10:00' }
    expect((await decide(caseId, body, { key: 'accountManager' })).statusCode).toBe(200)

    await untilRecorded(service, caseId, ({ phase }) => phase === 'closed')
    expect((await read(caseId)).decision).toMatchObject(body)
    expect((await read(caseId)).basis).toBe('brandViaAccountManager')
    expect((await read(caseId, 'monitor')).decision).not.toHaveProperty('proof')
  })

  it('lets one of many simultaneous answers win', async () => {
    const caseId = await openCase()
    const verdicts = ['genuine', 'notOurs', 'genuineUnauthorisedSeller', 'notIpMatter'] as const
    const answers = await Promise.all(verdicts.map((verdict) => decide(caseId, { verdict })))

    const statuses = answers.map(({ statusCode }) => statusCode)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 409 || status === 410)).toHaveLength(3)
  })

  it('says that a case whose process was stopped is being repaired', async () => {
    const { caseId, handle } = await reportAskedCase(service)
    await handle.terminate('by mistake, in the Temporal UI')

    expect(outcome(await decide(caseId, CONFIRMED))).toEqual([503, 'case-interrupted'])
    expect((await read(caseId)).phase).toBe('awaitingBrand')
  })

  it('says that the case is still being opened, and when to try again', async () => {
    const sighting = { ...buildSighting(), listing: { marketplace: 'taobao', listingId: 'x' } }
    const workflowId = workflowIdOf({
      marketplace: 'taobao',
      listingKey: randomSuffix(),
      brandId: 'northwind',
    })
    const caseId = caseIdOf(workflowId, randomSuffix())
    // A sighting that is no sighting cannot be opened, so the case stays in its first phase.
    const handle = await service.client.workflow.start(LISTING_CASE, {
      workflowId,
      taskQueue: CASES_QUEUE,
      args: [{ caseId, sighting, by: MONITOR }],
    })
    const answer = await decide(caseId, { verdict: 'genuine' })

    expect(outcome(answer)).toEqual([409, 'still-opening'])
    expect(answer.headers['retry-after']).toBe('1')
    await handle.terminate('the test is over')
  })
})

const batch = (body: unknown, headers: Record<string, string> = {}) =>
  api.call('POST', '/v1/decisions:batch', { key: 'brandMember', body, headers })
type BatchResult = {
  results: { status: number; applied: boolean; line?: number; problem?: { code: string } }[]
  counts: { applied: number; accepted: number; refused: number }
}

describe('POST /v1/decisions:batch', () => {
  it('gives every item its own result and the bulk cooling-off', async () => {
    const [one, other] = await Promise.all([openCase(), openCase()])
    const nowhere = 'case~taobao~1~northwind~aaaaaaaaaaaaa'
    const answer = await batch({
      ...CONFIRMED,
      decisions: [
        { caseId: one },
        { caseId: other, verdict: 'unsure' },
        { caseId: nowhere },
        { caseId: one, verdict: 'no such' },
        { verdict: 'genuine' },
      ],
    })

    expect(answer.statusCode).toBe(200)
    const { results, counts } = answer.json<BatchResult>()
    expect(results.map(({ status }) => status)).toEqual([200, 200, 404, 400, 400])
    expect(counts).toEqual({ applied: 2, accepted: 0, refused: 3 })
    await untilRecorded(service, one, ({ phase }) => phase === 'coolingOff')
    await untilRecorded(service, other, ({ phase }) => phase === 'awaitingAccountManager')
    expect((await read(one)).decision?.bulk).toBe(true)
  })

  it('can be sent again with its Idempotency-Key', async () => {
    const [one, other] = await Promise.all([openCase(), openCase()])
    const body = { verdict: 'genuine', decisions: [{ caseId: one }, { caseId: other }] }
    const headers = { 'idempotency-key': `k-${randomSuffix()}` }
    const first = await batch(body, headers)
    const again = await batch(body, headers)

    expect(first.json<BatchResult>().counts).toEqual({ applied: 2, accepted: 0, refused: 0 })
    expect(again.json()).toEqual(first.json())
  })

  it('takes CSV, and names the line of a mistake', async () => {
    const [one, other] = await Promise.all([openCase(), openCase()])
    const csv = [
      'caseId,verdict,explanation,indicators,attestation',
      `${one},counterfeit,"seams, and a ""wrong"" logo",packaging price,true`,
      `${other},counterfeit,,,`,
      ',genuine,,,',
    ].join('\r\n')
    const answer = await batch(csv, { 'content-type': 'text/csv' })

    expect(answer.statusCode).toBe(200)
    const { results } = answer.json<BatchResult>()
    expect(results.map(({ status, line }) => [line, status])).toEqual([
      [2, 200],
      [3, 422],
      [4, 400],
    ])
    await untilRecorded(service, one, ({ decision }) => decision !== null)
    expect((await read(one)).decision).toMatchObject({
      explanation: 'seams, and a "wrong" logo',
      indicators: ['packaging', 'price'],
    })
  })

  it.each([
    ['no header', '', 'empty'],
    ['an unknown column', 'caseId,colour\na,b', 'colour'],
    ['a row that is too short', 'caseId,verdict\na', 'line 2'],
    ['an open quote', 'caseId,verdict\n"a,b', 'line 2'],
  ])('refuses CSV with %s as a whole', async (_what, csv, hint) => {
    const answer = await batch(csv, { 'content-type': 'text/csv' })

    expect(outcome(answer)).toEqual([400, 'malformed-body'])
    expect(problemOf(answer).detail).toContain(hint)
  })
})

describe('managing a case', () => {
  it('stops a bulk decision in its cooling-off', async () => {
    const [one, other] = await Promise.all([openCase(), openCase()])
    await batch({
      ...CONFIRMED,
      decisions: [one, other].map((caseId) => ({ caseId, decisionId: 'd-b' })),
    })
    const stop = await send(one, 'undecide', { decisionId: 'd-b', reason: 'wrong file' })
    expect(stop.json()).toMatchObject({ phase: 'awaitingBrand' })

    // Only the event number tells it from the wait before the decision.
    const { rev } = stop.json<{ rev: number }>()
    const state = await untilRecorded(service, one, (recorded) => recorded.rev >= rev)
    expect(state.phase).toBe('awaitingBrand')
    expect(state.answers).toMatchObject([{ decisionId: 'd-b', result: 'undone' }])
    const elsewhere = await send(one, 'undecide', { decisionId: 'd-b', reason: 'again' })
    expect(outcome(elsewhere)).toEqual([422, 'not-allowed-now'])
    expect(problemOf(elsewhere)['allowed']).toContain('decide')
  })

  it('moves a deadline, gives the case away, adds notes and closes', async () => {
    const caseId = await openCase()
    const { dueAt } = await read(caseId)
    const until = new Date(Date.parse(dueAt ?? '') + 3_600_000).toISOString()
    const moved = await send(caseId, 'extend', { until }, { key: 'brandMember' })
    expect(moved.json()).toMatchObject({ dueAt: until })
    const back = await send(caseId, 'extend', { until: '2020-01-01T00:00:00Z' })
    expect(outcome(back)).toEqual([422, 'invalid-message'])

    const nobody = await send(caseId, 'reassign', { role: 'accountManager', to: 'nobody' })
    expect(outcome(nobody)).toEqual([422, 'invalid-value'])
    const given = await send(caseId, 'reassign', { role: 'lead', to: 'li-wei' })
    expect(given.statusCode).toBe(200)
    await send(caseId, 'notes', { text: 'the seller is known to us' })
    await send(caseId, 'notes', { text: 'we have a photo', audience: 'brand' })
    const closed = await send(caseId, 'close', { reason: 'settled in court' })
    expect(closed.json()).toMatchObject({ phase: 'closed', outcome: 'closedManually' })
    await untilRecorded(service, caseId, ({ phase }) => phase === 'closed')
    expect(outcome(await send(caseId, 'notes', { text: 'late' }))).toEqual([410, 'case-closed'])

    const events = (key: string) => api.call('GET', casePath(caseId, '/events'), { key })
    expect((await events('lead')).body).toContain('the seller is known to us')
    const forBrand = await events('brandMember')
    expect(forBrand.body).not.toContain('the seller is known to us')
    expect(forBrand.body).toContain('we have a photo')
    expect(forBrand.body).not.toMatch(/workingTime|contactIds|@/)
  })

  it('applies a message with an Idempotency-Key once', async () => {
    const caseId = await openCase()
    const headers = { 'idempotency-key': 'note-1' }
    const first = await send(caseId, 'notes', { text: 'once' }, { headers })
    const again = await send(caseId, 'notes', { text: 'once' }, { headers })

    expect([again.statusCode, again.json()]).toEqual([200, first.json()])
    await untilRecorded(service, caseId, ({ notes }) => notes > 0)
    expect((await read(caseId)).rev).toBe(first.json<{ rev: number }>().rev)
  })

  it('keeps internal notes to staff', async () => {
    const caseId = await openCase()
    const note = { text: 'hush', audience: 'internal' }
    const answer = await send(caseId, 'notes', note, { key: 'brandAdmin' })

    expect(outcome(answer)).toEqual([403, 'not-allowed-for-role'])
  })

  it('recalls a bad rule: cases that rest on it alone are withdrawn', async () => {
    const rule = `r-${randomSuffix()}`
    const other = `r-${randomSuffix()}`
    const monitor = { name: 'reference-monitor', version: '9.9.9' }
    const reports = [[rule], [rule], [rule, other], [other]].map((ruleIds) => ({
      brandId: 'northwind',
      suspectedSeverity: 'S3',
      monitor,
      score: 9,
      signals: ruleIds.map((ruleId) => ({ ruleId, weight: 1, observed: 'odd' })),
      whyUnverifiable: 'nobody else can tell',
      listing: {
        marketplace: 'taobao',
        listingId: randomSuffix(),
        url: 'https://x.example/1',
        title: 'Bag',
        capturedAt: new Date().toISOString(),
        price: null,
        seller: { id: 's' },
        pictures: [],
      },
    }))
    const reported = await api.call('POST', '/v1/cases:batch', {
      key: 'monitor',
      body: { cases: reports },
    })
    const ids = reported.json<{ results: { caseId: string }[] }>().results.map((r) => r.caseId)
    for (const id of ids) await untilRecorded(service, id, ({ phase }) => phase === 'awaitingBrand')

    const body = { ruleId: rule, monitorVersion: monitor.version }
    const recall = () => api.call('POST', '/v1/cases:withdraw', { key: 'monitor', body })
    expect((await recall()).json()).toEqual({ matched: 3, withdrawn: 2, kept: 1, failed: 0 })
    for (const id of ids.slice(0, 2)) {
      await untilRecorded(service, id, ({ ending }) => ending?.outcome === 'withdrawn')
    }
    expect((await recall()).json()).toEqual({ matched: 1, withdrawn: 0, kept: 1, failed: 0 })
  })
})

describe('while no worker runs', () => {
  beforeAll(() => service.stopWorkers())
  afterAll(() => service.startWorkers())

  it('keeps a decision, says so, and applies it when a worker is back', async () => {
    await service.startWorkers()
    const caseId = await openCase()
    await service.stopWorkers()
    const answer = await decide(caseId, { verdict: 'genuine', decisionId: 'd-async' })

    expect(answer.statusCode).toBe(202)
    expect(answer.json()).toEqual({ caseId, decisionId: 'd-async', applied: false })
    const path = String(answer.headers.location)
    const state = () => api.call('GET', path, { key: 'brandMember' })
    expect((await state()).json()).toMatchObject({ state: 'pending', phase: 'awaitingBrand' })
    const note = await send(caseId, 'notes', { text: 'x' })
    expect(outcome(note)).toEqual([503, 'no-answer-in-time'])
    expect(note.headers['retry-after']).toBe('5')

    await service.startWorkers()
    await untilRecorded(service, caseId, ({ phase }) => phase === 'closed')
    expect((await state()).json()).toMatchObject({ state: 'won', outcome: 'released' })
    await service.stopWorkers()
  })

  it('answers a large batch in time', async () => {
    const { caseId } = await reportListing(service)
    const decisions = Array.from({ length: 100 }, () => ({ caseId }))
    const startedAt = Date.now()
    const answer = await batch({ verdict: 'genuine', decisions })

    expect(answer.json<BatchResult>().counts).toEqual({ applied: 0, accepted: 100, refused: 0 })
    expect(Date.now() - startedAt).toBeLessThan(15_000)
  })
})

describe('GET /v1/cases', () => {
  it('finds cases by every filter, page by page', async () => {
    const caseId = await openCase()
    const shown = await read(caseId)
    const soon = new Date(Date.now() + 30 * 86_400_000).toISOString()
    const past = new Date(Date.now() - 3_600_000).toISOString()
    for (const query of [
      { brandId: 'northwind', phase: 'awaitingBrand', open: 'true' },
      { marketplace: 'taobao', severity: 'S2', assignee: 'ana-souza' },
      { ruleId: shown.ruleIds[0] ?? '', sellerId: shown.sellerId },
      { dueBefore: soon, updatedAfter: past, text: shown.listingId },
    ]) {
      const search = new URLSearchParams({ ...query, limit: '3' } as Record<string, string>)
      const ids = await everyId(search)
      expect(ids).toContain(caseId)
      expect(new Set(ids).size).toBe(ids.length)
    }
    expect(await everyId(new URLSearchParams({ externalId: 'no-such' }))).toEqual([])
    expect(await everyId(new URLSearchParams({ brandId: 'contoso' }))).toEqual([])
  })

  it('refuses a cursor of another filter, and anything else that is none', async () => {
    const list = (query: string) => api.call('GET', `/v1/cases?${query}`, { key: 'brandMember' })
    const { next } = (await list('limit=1')).json<{ next: string }>()
    expect((await list(`limit=1&cursor=${next}`)).statusCode).toBe(200)
    for (const query of [`limit=1&phase=closed&cursor=${next}`, 'cursor=abc', 'cursor=%00']) {
      expect(outcome(await list(query))).toEqual([400, 'invalid-cursor'])
    }
  })

  async function everyId(search: URLSearchParams): Promise<string[]> {
    const ids: string[] = []
    for (let cursor = ''; ;) {
      if (cursor) search.set('cursor', cursor)
      const page = await api.call('GET', `/v1/cases?${search.toString()}`, { key: 'brandMember' })
      expect(page.statusCode).toBe(200)
      const { items, next } = page.json<{ items: { caseId: string }[]; next: string | null }>()
      ids.push(...items.map((item) => item.caseId))
      if (next === null) return ids
      cursor = next
    }
  }
})

describe('GET /v1/stats', () => {
  it('counts the caller’s own cases', async () => {
    const own = (await api.call('GET', '/v1/stats', { key: 'brandMember' })).json<{
      decidedToday: number
      openByPhase: Record<string, number>
      timeToDecisionMs: { n: number; p50: number }
    }>()
    expect(own.decidedToday).toBeGreaterThan(3)
    expect(own.openByPhase['awaitingBrand']).toBeGreaterThan(0)
    expect(own.timeToDecisionMs.n).toBeGreaterThan(3)
    expect(own.timeToDecisionMs.p50).toBeGreaterThan(0)
    const { secret } = await api.makeKey({ role: 'brandMember', brandIds: ['contoso'] })
    const none = (await api.call('GET', '/v1/stats', { key: secret })).json<typeof own>()
    expect([none.decidedToday, none.openByPhase]).toEqual([0, {}])
  })
})
