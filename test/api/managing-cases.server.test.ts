import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DEFAULT_CALENDAR } from '../../domain/brand/calendar.js'
import { randomSuffix } from '../../platform/digest.js'
import { verifyCase } from '../../store/cases/audit.js'
import { buildAccountManager } from '../builders/brand.js'
import { untilRecorded } from '../setup/reporting.js'
import { type CaseApi, CONFIRMED, outcome, startCaseApi } from './case-api.js'
import { casePath, problemOf } from './test-api.js'

let cases: CaseApi
beforeAll(async () => {
  cases = await startCaseApi()
})
afterAll(() => cases.stop())

describe('managing a case', () => {
  it('stops a bulk decision in its cooling-off', async () => {
    const [one, other] = await Promise.all([cases.open(), cases.open()])
    await cases.batch({
      ...CONFIRMED,
      decisions: await Promise.all(
        [one, other].map(async (caseId) => ({
          ...(await cases.asShown(caseId)),
          decisionId: 'd-b',
        })),
      ),
    })
    const stop = await cases.send(one, 'undecide', { decisionId: 'd-b', reason: 'wrong file' })
    expect(stop.json()).toMatchObject({ phase: 'awaitingBrand' })

    // Only the event number tells it from the wait before the decision.
    const { rev } = stop.json<{ rev: number }>()
    const state = await untilRecorded(cases.service, one, (recorded) => recorded.rev >= rev)
    expect(state.phase).toBe('awaitingBrand')
    expect(state.answers).toMatchObject([{ decisionId: 'd-b', result: 'undone' }])
    const elsewhere = await cases.send(one, 'undecide', { decisionId: 'd-b', reason: 'again' })
    expect(outcome(elsewhere)).toEqual([422, 'not-allowed-now'])
    expect(problemOf(elsewhere)['allowed']).toContain('decide')
  })

  it('moves a deadline, gives the case away, adds notes and closes', async () => {
    const caseId = await cases.open()
    const { dueAt } = await cases.read(caseId)
    const until = new Date(Date.parse(dueAt ?? '') + 3_600_000).toISOString()
    const moved = await cases.send(caseId, 'extend', { until }, { key: 'brandMember' })
    expect(moved.json()).toMatchObject({ dueAt: until })
    const back = await cases.send(caseId, 'extend', { until: '2020-01-01T00:00:00Z' })
    expect(outcome(back)).toEqual([422, 'invalid-message'])

    const nobody = await cases.send(caseId, 'reassign', { role: 'accountManager', to: 'nobody' })
    expect(outcome(nobody)).toEqual([422, 'invalid-value'])
    const given = await cases.send(caseId, 'reassign', { role: 'lead', to: 'li-wei' })
    expect(given.statusCode).toBe(200)
    await cases.send(caseId, 'notes', { text: 'the seller is known to us' })
    await cases.send(caseId, 'notes', { text: 'we have a photo', audience: 'brand' })
    const closed = await cases.send(caseId, 'close', { reason: 'settled in court' })
    expect(closed.json()).toMatchObject({ phase: 'closed', outcome: 'closedManually' })
    await untilRecorded(cases.service, caseId, ({ phase }) => phase === 'closed')
    const late = await cases.send(caseId, 'notes', { text: 'late' })
    expect(outcome(late)).toEqual([410, 'case-closed'])

    const events = (key: string) => cases.api.call('GET', casePath(caseId, '/events'), { key })
    expect((await events('lead')).body).toContain('the seller is known to us')
    const forBrand = await events('brandMember')
    expect(forBrand.body).not.toContain('the seller is known to us')
    expect(forBrand.body).toContain('we have a photo')
    expect(forBrand.body).not.toMatch(/workingTime|contactIds|@/)
  })

  it('gives what is left of a wait to somebody else in the time they work', async () => {
    const DAY_MS = 86_400_000
    const day = Math.floor(Date.now() / DAY_MS) + 4
    const weekday = new Date(day * DAY_MS).getUTCDay() || 7
    const calendar = { ...DEFAULT_CALENDAR, weekdays: [weekday] }
    const { accountManagers } = cases.service.store
    await accountManagers.create(
      buildAccountManager({ accountManagerId: 'wu-jun', name: 'Wu Jun', calendar }),
    )
    const caseId = await cases.open()
    await cases.decide(caseId, { verdict: 'unsure' })
    const before = await untilRecorded(
      cases.service,
      caseId,
      ({ phase }) => phase === 'awaitingAccountManager',
    )
    const to = { role: 'accountManager', to: 'wu-jun' }
    expect((await cases.send(caseId, 'reassign', to)).statusCode).toBe(200)
    const { wait, policy, rev } = await untilRecorded(
      cases.service,
      caseId,
      ({ wait: moved }) => moved?.dueAt !== before.wait?.dueAt,
    )
    // All of the 24 h of working time but the moment that has passed.
    const shortMs = (day + 1) * DAY_MS - (wait?.dueAt ?? 0)
    expect(shortMs).toBeGreaterThanOrEqual(0)
    expect(shortMs).toBeLessThan(60_000)
    expect(policy?.workingTime.accountManager).toMatchObject({ weekdays: [weekday] })
    expect(policy?.workingTime.lead).toEqual(before.policy?.workingTime.lead)
    expect(rev).toBe(before.rev + 3)
    const events = (await cases.api.call('GET', casePath(caseId, '/events'))).json<{
      items: { type: string; data: object }[]
    }>()
    expect(events.items.slice(-3)).toMatchObject([
      { type: 'reassigned', data: { to: 'wu-jun' } },
      { type: 'workingTimeChanged', data: { who: 'wu-jun', isKnown: true } },
      { type: 'deadlineMoved', data: { cause: 'reassigned' } },
    ])
    expect((await verifyCase(cases.service.store, caseId)).finding).toBeNull()
  })

  it('applies a message with an Idempotency-Key once', async () => {
    const caseId = await cases.open()
    const headers = { 'idempotency-key': 'note-1' }
    const first = await cases.send(caseId, 'notes', { text: 'once' }, { headers })
    const again = await cases.send(caseId, 'notes', { text: 'once' }, { headers })

    expect([again.statusCode, again.json()]).toEqual([200, first.json()])
    await untilRecorded(cases.service, caseId, ({ notes }) => notes > 0)
    expect((await cases.read(caseId)).rev).toBe(first.json<{ rev: number }>().rev)
  })

  it('keeps internal notes to staff', async () => {
    const caseId = await cases.open()
    const note = { text: 'hush', audience: 'internal' }
    const answer = await cases.send(caseId, 'notes', note, { key: 'brandAdmin' })

    expect(outcome(answer)).toEqual([403, 'not-allowed-for-role'])
  })

  it('leaves what another monitor reported, to its own monitor and to operators', async () => {
    const rule = `r-${randomSuffix()}`
    const monitor = { name: 'reference-monitor', version: '9.9.9' }
    const other = await cases.api.makeKey({ role: 'monitor', marketplaces: ['taobao'] })
    const report = async (key: string, body = suspicion([rule], monitor)) => {
      const answer = await cases.api.call('POST', '/v1/cases', { key, body })
      const { caseId } = answer.json<{ caseId: string }>()
      await untilRecorded(cases.service, caseId, ({ phase }) => phase === 'awaitingBrand')
      return caseId
    }
    const both = suspicion([rule], monitor)
    const [own, shared] = [await report('monitor'), await report('monitor', both)]
    await report(other.secret, both)
    await untilRecorded(cases.service, shared, ({ sightings }) => sightings.length === 2)

    const reason = 'not ours'
    const withdraw = (caseId: string, key: string) =>
      cases.send(caseId, 'withdraw', { reason }, { key })
    expect(outcome(await withdraw(own, other.secret))).toEqual([422, 'not-allowed-now'])
    expect((await cases.read(own, other.secret)).allowed).toEqual([])
    expect((await cases.read(own, 'monitor')).allowed).toEqual(['withdraw'])
    expect((await withdraw(own, 'monitor')).json()).toMatchObject({ outcome: 'withdrawn' })
    expect(outcome(await withdraw(shared, 'monitor'))).toEqual([422, 'not-allowed-now'])
    expect((await withdraw(shared, 'operator')).json()).toMatchObject({ outcome: 'withdrawn' })
  })
})

/** A report of a new listing by these rules. */
function suspicion(ruleIds: string[], monitor: { name: string; version: string }) {
  return {
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
  }
}
