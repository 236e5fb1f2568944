import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Static } from 'typebox'
import type { SweepSchema } from '../../contract/sweep.js'
import type { RecallTask } from '../../domain/sweep/sweeps.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { EVERYTHING } from '../../store/store.js'
import {
  CASES_QUEUE,
  SWEEP,
  type SweepMemo,
  type SweepInput,
  sweepWorkflowId,
} from '../../workflows/messages.js'
import { buildAccountManager, buildBrand } from '../builders/brand.js'
import { untilRecorded } from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'
import { outcome } from './case-api.js'
import { buildNewCase } from './new-case.js'
import { type Call, casePath, startApi, type TestApi } from './test-api.js'

type Sweep = Static<typeof SweepSchema>

const PER_SECOND = 8
const MANAGERS = ['rui-tavares', 'eva-lind', 'tom-park', 'kim-roe', 'may-fox']

let service: TestService
let api: TestApi

beforeAll(async () => {
  service = await startService({
    sweptPerSecond: PER_SECOND,
    mailTiming: { gatherMs: 3_000, intervalMs: 3_000 },
  })
  api = await startApi(service)
  const { accountManagers, brands } = service.store
  for (const accountManagerId of MANAGERS) {
    const email = `${accountManagerId}@platform.example`
    await accountManagers.create(buildAccountManager({ accountManagerId, email }))
  }
  await brands.create(buildBrand({ brandId: 'contoso' }))
})
afterAll(async () => {
  await api.close()
  await service.stop()
})

/** A report of a new listing by one rule alone, unless there are others. */
function suspicion(ruleIds: string[], brandId = 'northwind') {
  return buildNewCase({
    brandId,
    monitor: { name: 'reference-monitor', version: '9.9.9' },
    signals: ruleIds.map((ruleId) => ({ ruleId, weight: 1, observed: 'odd' })),
  })
}

/** Opens these and waits until their brands have been asked. */
async function report(cases: object[], key = 'monitor'): Promise<string[]> {
  const answer = await api.call('POST', '/v1/cases:batch', { key, body: { cases } })
  const { results } = answer.json<{ results: { caseId: string }[] }>()
  const ids = results.map(({ caseId }) => caseId)
  for (const id of ids) await untilRecorded(service, id, ({ phase }) => phase === 'awaitingBrand')
  return ids
}

const newRule = () => `r-${randomSuffix()}`
const recall = (ruleId: string, call: Call = {}) => {
  const body = { ruleId, monitorVersion: '9.9.9' }
  return api.call('POST', '/v1/cases:withdraw', { key: 'monitor', body, ...call })
}
const reassign = (body: object, call: Call = {}) =>
  api.call('POST', '/v1/cases:reassign', { key: 'lead', body, ...call })

function idIn(answer: { statusCode: number; body: string; headers: object }): string {
  const { sweepId } = JSON.parse(answer.body) as { sweepId?: string }
  if (sweepId === undefined) throw new Error(`no sweep: ${answer.statusCode} ${answer.body}`)
  return sweepId
}
const readSweep = async (sweepId: string, key = 'operator') =>
  (await api.call('GET', `/v1/sweeps/${sweepId}`, { key })).json<Sweep>()
async function untilSwept(sweepId: string): Promise<Sweep> {
  const ended = async () => {
    const sweep = await readSweep(sweepId)
    return sweep.status !== 'running' && sweep
  }
  return until(`sweep ${sweepId} ends`, ended, { withinMs: 60_000 })
}
const managerOf = async (caseId: string) =>
  (await service.store.cases.get(EVERYTHING, caseId))?.accountManagerId
const eventsOf = async (caseId: string, type: string) =>
  (await service.store.cases.events(EVERYTHING, caseId)).filter(({ event }) => event.type === type)
const untilWithdrawn = (caseId: string) =>
  untilRecorded(service, caseId, ({ ending }) => ending?.outcome === 'withdrawn')

describe('the recall of a rule', () => {
  it('withdraws what rests on the rule alone, and says how far it is', async () => {
    const [rule, other] = [newRule(), newRule()]
    const rules = [[rule], [rule], [rule, other], [other]]
    const ids = await report(rules.map((ruleIds) => suspicion(ruleIds)))
    const answer = await recall(rule)
    expect(answer.statusCode).toBe(202)
    const sweepId = idIn(answer)
    expect(answer.headers['location']).toBe(`/v1/sweeps/${sweepId}`)

    const sweep = await untilSwept(sweepId)
    expect(sweep).toMatchObject({ kind: 'recall', status: 'done', failures: [] })
    expect(sweep.counts).toEqual({ total: 3, done: 2, kept: 1, failed: 0 })
    for (const id of ids.slice(0, 2)) await untilWithdrawn(id)
    expect((await untilSwept(idIn(await recall(rule)))).counts).toMatchObject({ done: 0, kept: 1 })
  })

  it('is the same when it is sent again while it runs, or with its key', async () => {
    const rule = newRule()
    const headers = { 'idempotency-key': `k-${rule}` }
    await service.stopWorkers()
    const [one, again] = [idIn(await recall(rule)), idIn(await recall(rule))]
    const [keyed, keyedAgain] = [
      idIn(await recall(rule, { headers })),
      idIn(await recall(rule, { headers })),
    ]
    expect((await readSweep(one)).counts).toEqual({ total: null, done: 0, kept: 0, failed: 0 })
    await service.startWorkers()
    expect([again, keyedAgain]).toEqual([one, keyed])
    expect(keyed).not.toBe(one)
    await untilSwept(keyed)
    expect(idIn(await recall(rule, { headers }))).toBe(keyed)
    expect(outcome(await recall(newRule(), { headers }))).toEqual([409, 'other-content'])
    const another = await api.makeKey({ role: 'monitor', marketplaces: ['taobao'] })
    expect(idIn(await recall(rule, { headers, key: another.secret }))).not.toBe(keyed)
  })

  it('takes each case once, although its worker was stopped in the middle', async () => {
    const rule = newRule()
    const ids = await report(Array.from({ length: 40 }, () => suspicion([rule])))
    const sweepId = idIn(await recall(rule))
    const hasBegun = async () => (await readSweep(sweepId)).counts.total === 40
    await until('it is under way', hasBegun, { withinMs: 20_000 })
    const ended = async () => {
      const rows = await service.store.cases.getMany(EVERYTHING, ids)
      return rows.filter(({ phase }) => phase === 'closed').length
    }
    await until('one has ended', async () => (await ended()) > 0, { withinMs: 20_000 })
    await service.stopWorkers()
    expect(await ended()).toBeLessThan(40)
    const body = suspicion([rule])
    const reported = await api.call('POST', '/v1/cases', { key: 'monitor', body })
    const { caseId: late } = reported.json<{ caseId: string }>()
    await service.startWorkers()

    expect((await untilSwept(sweepId)).counts).toEqual({ total: 40, done: 40, kept: 0, failed: 0 })
    for (const id of ids) {
      await untilWithdrawn(id)
      expect(await eventsOf(id, 'closed')).toHaveLength(1)
    }
    // It opened after the last of them had been found: sent again, the recall takes it, too.
    await untilRecorded(service, late, ({ phase }) => phase === 'awaitingBrand')
    expect((await untilSwept(idIn(await recall(rule)))).counts).toMatchObject({ done: 1 })
  }, 120_000)

  it('goes on in a new run where the one before ended', async () => {
    const rule = newRule()
    const ids = await report(Array.from({ length: 3 }, () => suspicion([rule])))
    const sweepId = randomSuffix()
    const { keyId } = api.keys.monitor
    const scope = { brandIds: '*', marketplaces: ['taobao'] } as const
    const task: RecallTask = {
      kind: 'recall',
      rule: { ruleId: rule, monitorVersion: '9.9.9' },
      reason: 'wrong',
    }
    const caller = { role: 'monitor', id: keyId, via: 'batch', brandIds: '*' } as const
    const input: SweepInput = {
      task,
      caller: { ...caller, marketplaces: ['taobao'] },
      maxPages: 1,
    }
    const progress = { total: null, done: 0, kept: 0, failed: 0, failures: [] }
    const memo: Omit<SweepMemo, 'scope'> = { kind: 'recall', digest: 'd', startedAt: 1, progress }
    const handle = await service.client.workflow.start(SWEEP, {
      workflowId: sweepWorkflowId(sweepId),
      taskQueue: CASES_QUEUE,
      args: [input],
      memo: { ...memo, scope },
    })
    const sweep = await untilSwept(sweepId)
    expect(sweep.counts).toEqual({ total: 3, done: 3, kept: 0, failed: 0 })
    expect(sweep).toMatchObject({ kind: 'recall', startedAt: '1970-01-01T00:00:00.001Z' })
    expect((await handle.describe()).runId).not.toBe(handle.firstExecutionRunId)
    for (const id of ids) await untilWithdrawn(id)
  })

  it('leaves what another monitor reported, or another brand’s key does not reach', async () => {
    const rule = newRule()
    const other = await api.makeKey({ role: 'monitor', marketplaces: ['taobao'] })
    const narrow = { role: 'monitor', marketplaces: ['taobao'], brandIds: ['contoso'] } as const
    const contoso = await api.makeKey({
      ...narrow,
      marketplaces: ['taobao'],
      brandIds: ['contoso'],
    })
    const both = suspicion([rule])
    const [own = '', shared = ''] = await report([suspicion([rule]), both])
    const [foreign = ''] = await report([suspicion([rule], 'contoso')])
    await api.call('POST', '/v1/cases', { key: other.secret, body: both })
    await untilRecorded(service, shared, ({ sightings }) => sightings.length === 2)

    const counts = async (key: string) =>
      (await untilSwept(idIn(await recall(rule, { key })))).counts
    expect(await counts(other.secret)).toEqual({ total: 3, done: 0, kept: 3, failed: 0 })
    expect(await counts(contoso.secret)).toEqual({ total: 1, done: 0, kept: 1, failed: 0 })
    expect(await counts('monitor')).toEqual({ total: 3, done: 2, kept: 1, failed: 0 })
    await untilWithdrawn(own)
    await untilWithdrawn(foreign)
    expect(outcome(await recall(rule, { key: 'lead' }))).toEqual([403, 'missing-scope'])
  })
})

describe('many cases given to somebody', () => {
  const [rui = '', eva = '', tom = '', kim = '', may = ''] = MANAGERS

  it('by name: each that cannot be given says why', async () => {
    const ids = await report([suspicion(['a']), suspicion(['a']), suspicion(['a'])])
    const [one = '', two = '', gone = ''] = ids
    const [foreign = ''] = await report([suspicion(['a'], 'contoso')])
    await api.call('POST', casePath(gone, '/close'), { key: 'lead', body: { reason: 'settled' } })
    await untilRecorded(service, gone, ({ phase }) => phase === 'closed')
    const nowhere = one.slice(0, -1) + (one.endsWith('a') ? 'b' : 'a')

    const caseIds = [one, two, gone, foreign, nowhere, one]
    const sweep = await untilSwept(idIn(await reassign({ to: rui, caseIds, reason: 'leave' })))
    expect(sweep.counts).toEqual({ total: 5, done: 2, kept: 0, failed: 3 })
    expect(new Map(sweep.failures.map(({ caseId, reason }) => [caseId, reason]))).toEqual(
      new Map([
        [gone, 'closed'],
        [foreign, 'notFound'],
        [nowhere, 'notFound'],
      ]),
    )
    for (const id of [one, two]) {
      await untilRecorded(service, id, ({ parties }) => parties.accountManagerId === rui)
    }
    expect(await managerOf(foreign)).toBe('ana-souza')
  })

  it.each([
    [{ to: 'nobody', from: 'ana-souza' }],
    [{ to: 'li-wei', from: 'ana-souza' }],
    [{ to: rui }],
    [{ to: rui, caseIds: ['not-a-case'] }],
    [{ to: rui, from: 'ana-souza', caseIds: ['case~taobao~1~northwind~aaaaaaaa'] }],
    [{ to: rui, brandId: 'northwind', caseIds: ['case~taobao~1~northwind~aaaaaaaa'] }],
  ])('refuses %j', async (body) => {
    expect(outcome(await reassign(body))).toEqual([422, 'invalid-value'])
  })

  it('by whose they were: within the key, told in one mail', async () => {
    const mine = await report(Array.from({ length: 6 }, () => suspicion(['b'])))
    const [foreign = ''] = await report([suspicion(['b'], 'contoso')])
    await untilSwept(idIn(await reassign({ to: eva, caseIds: mine }, { key: 'operator' })))
    await untilSwept(idIn(await reassign({ to: eva, caseIds: [foreign] }, { key: 'operator' })))
    for (const caseId of mine) {
      await api.call('POST', casePath(caseId, '/decision'), {
        key: 'brandMember',
        body: { verdict: 'unsure' },
      })
      await untilRecorded(service, caseId, ({ phase }) => phase === 'awaitingAccountManager')
    }
    const sweep = await untilSwept(idIn(await reassign({ from: eva, to: tom })))
    expect(sweep).toMatchObject({ kind: 'handOver', counts: { total: 6, done: 6, failed: 0 } })
    for (const id of mine) {
      await untilRecorded(service, id, ({ parties }) => parties.accountManagerId === tom)
    }
    expect(await managerOf(foreign)).toBe(eva)

    const toTom = () => service.smtp.received.filter(({ to }) => to[0]?.startsWith(tom))
    await until('they are told', () => toTom().length > 0, { withinMs: 20_000 })
    expect(toTom()).toHaveLength(1)
    for (const id of mine) expect(toTom()[0]?.raw).toContain(id.split('~')[2] ?? '')
  })

  it('by a new account manager of the brand: what others were given by hand stays', async () => {
    const key = 'operator'
    const change = async (brandId: string, accountManagerId: string | null) => {
      const path = `/v1/brands/${brandId}`
      const headers = { 'if-match': String((await api.call('GET', path, { key })).headers.etag) }
      return api.call('PATCH', path, { key, body: { accountManagerId }, headers })
    }
    await service.store.brands.create(buildBrand({ brandId: 'fabrikam', accountManagerId: kim }))
    const [open = '', byHand = '', closed = ''] = await report(
      Array.from({ length: 3 }, () => suspicion(['c'], 'fabrikam')),
    )
    const [foreign = ''] = await report([suspicion(['c'])])
    await untilSwept(idIn(await reassign({ to: eva, caseIds: [byHand] }, { key })))
    await api.call('POST', casePath(closed, '/close'), { key, body: { reason: 'settled' } })
    await untilRecorded(service, closed, ({ phase }) => phase === 'closed')
    await untilSwept(idIn(await reassign({ to: kim, caseIds: [foreign] }, { key })))

    const answer = await change('fabrikam', may)
    expect(answer.json()).toMatchObject({ brandId: 'fabrikam', accountManagerId: may })
    const sweep = await untilSwept(idIn(answer))
    expect(sweep).toMatchObject({ kind: 'brandManager', counts: { total: 1, done: 1, failed: 0 } })
    await untilRecorded(service, open, ({ parties }) => parties.accountManagerId === may)
    expect(await managerOf(byHand)).toBe(eva)
    expect(await managerOf(closed)).toBe(kim)
    expect(await managerOf(foreign)).toBe(kim)

    expect((await change('fabrikam', null)).json()).not.toHaveProperty('sweepId')
    const [alone = ''] = await report([suspicion(['c'], 'fabrikam')])
    expect(await managerOf(alone)).toBeNull()
    await untilSwept(idIn(await change('fabrikam', kim)))
    await untilRecorded(service, alone, ({ parties }) => parties.accountManagerId === kim)
    expect((await change('fabrikam', kim)).json()).not.toHaveProperty('sweepId')
  })

  it('moves nothing when the change of the brand was refused', async () => {
    const body = { accountManagerId: rui }
    const headers = { 'if-match': '"999"' }
    const answer = await api.call('PATCH', '/v1/brands/contoso', { body, headers })
    expect(outcome(answer)).toEqual([412, 'stale-revision'])
  })
})
