import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Brake } from '../../domain/brand/brake.js'
import { MINUTE_MS } from '../../domain/brand/calendar.js'
import { createStore } from '../../store/create-store.js'
import type { Store } from '../../store/store.js'
import { untilRecorded } from '../setup/reporting.js'
import { answerLink } from '../builders/answer-link.js'
import { type CaseApi, CONFIRMED, outcome, startCaseApi } from './case-api.js'
import { type Door, makeDoor } from './door.js'
import { type Answer, casePath, startApi, type TestApi } from './test-api.js'

interface Decided {
  phase: string
  held?: { ms: number; reason: string }
}

const HOLD_MS = 5 * MINUTE_MS

// Another process of the API, which reaches the same database through a door.
let cases: CaseApi
let database: Door
let store: Store
let other: TestApi

beforeAll(async () => {
  cases = await startCaseApi({ single: 0, bulk: 0 })
  const uri = new URL(cases.service.database.options.uri)
  database = await makeDoor({ host: uri.hostname, port: Number(uri.port) })
  uri.port = String(database.port)
  uri.searchParams.set('directConnection', 'true')
  store = createStore({ uri: uri.href })
  other = await startApi({ store, client: cases.service.client })
})
afterAll(async () => {
  await other.close()
  await store.close()
  await database.shut()
  await cases.stop()
})

async function change(body: object, key = 'operator'): Promise<Answer> {
  const path = '/v1/brands/northwind'
  const etag = String((await cases.api.call('GET', path)).headers.etag)
  return cases.api.call('PATCH', path, { key, body, headers: { 'if-match': etag } })
}

async function confirm(caseId: string, through = cases.api, body = {}): Promise<Decided> {
  const { shownHash } = await cases.asShown(caseId)
  const answer = await through.call('POST', casePath(caseId, '/decision'), {
    key: cases.api.keys.brandMember.secret,
    body: { ...CONFIRMED, shownHash, ...body },
  })
  expect(answer.statusCode).toBe(200)
  return answer.json<Decided>()
}

describe('the brake on confirmations', () => {
  it('is set by operators only, within limits', async () => {
    const brake: Brake = { perHour: 2, holdMs: HOLD_MS }
    expect(outcome(await change({ brake }, 'brandAdmin'))).toEqual([403, 'not-allowed-for-role'])
    for (const bad of [{ ...brake, perHour: 0 }, { ...brake, holdMs: 0 }, { perHour: 5 }]) {
      expect((await change({ brake: bad })).statusCode).toBe(400)
    }
    expect((await cases.api.call('GET', '/v1/brands/northwind')).json()).toMatchObject({
      brake: { perHour: 60, holdMs: 10 * MINUTE_MS },
    })
    expect((await change({ brake })).json()).toMatchObject({ brake })
  })

  it('holds what single confirmations through any process go beyond, and nothing else', async () => {
    const [released, one, two, three, four, five] = await cases.openMany(6)
    await cases.decide(released ?? '', { verdict: 'genuine' })
    const body = { decisionId: 'd-brake' }
    const passed = [await confirm(one ?? ''), await confirm(two ?? '', other)]
    expect(passed.map(({ held }) => held)).toEqual([undefined, undefined])

    const held = await confirm(three ?? '', cases.api, body)
    expect(held).toMatchObject({
      phase: 'coolingOff',
      held: { ms: HOLD_MS, reason: 'held: 3 confirmations within an hour' },
    })
    expect(await confirm(three ?? '', other, body)).toEqual(held)
    // Sent again it was not counted again.
    const next = await confirm(four ?? '', other)
    expect(next.held?.reason).toBe('held: 4 confirmations within an hour')
    const csv = `caseId,verdict,attestation,shownHash\r\n${five},counterfeit,true,${(await cases.asShown(five ?? '')).shownHash}\r\n`
    const batch = await cases.batch(csv, { 'content-type': 'text/csv' })
    expect(batch.json()).toMatchObject({ results: [{ phase: 'coolingOff', held: {} }] })

    await untilRecorded(cases.service, three ?? '', ({ phase }) => phase === 'coolingOff')
    expect((await cases.read(three ?? '')).decision).toMatchObject({ held: { ms: HOLD_MS } })
    await untilRecorded(cases.service, one ?? '', ({ phase }) => phase === 'closed')
  })

  it('lets no more pass when they come at once', async () => {
    const brandId = 'of-its-own'
    const brake = { perHour: 4, holdMs: HOLD_MS }
    const { confirmations } = cases.service.store
    const at = new Date()
    const holds = await Promise.all(
      Array.from({ length: 12 }, (_, i) => {
        const confirmation = { caseId: `c-${i}`, decisionId: 'd', brandId, at }
        return (i % 2 === 0 ? confirmations : store.confirmations).count(confirmation, brake)
      }),
    )
    expect(holds.filter((hold) => hold === null).length).toBeLessThanOrEqual(brake.perHour)
    const again = await confirmations.count({ caseId: 'c-0', decisionId: 'd', brandId, at }, brake)
    expect(again).toEqual(holds[0])
    const later = new Date(at.getTime() + 61 * MINUTE_MS)
    const next = { caseId: 'c-later', decisionId: 'd', brandId, at: later }
    expect(await confirmations.count(next, brake)).toBeNull()
  })

  it('counts answers by mail, too', async () => {
    const [mailed = '', next = ''] = await cases.openMany(2)
    await change({ brake: { perHour: 1, holdMs: HOLD_MS } })
    const { shownHash } = await cases.asShown(mailed)
    const answered = await cases.api.app.inject({
      method: 'POST',
      url: answerLink(mailed),
      payload: `verdict=counterfeit&attestation=accepted&shownHash=${shownHash}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(answered.statusCode).toBe(200)
    const state = await untilRecorded(cases.service, mailed, ({ phase }) => phase === 'coolingOff')
    const before = Number(/\d+/.exec(state.decision?.held?.reason ?? '')?.[0])
    expect((await confirm(next)).held?.reason).toContain(`held: ${before + 1} confirmations`)
  })

  it('is never set by who decides', async () => {
    const caseId = await cases.open()
    const held = { ms: 0, reason: 'none' }
    const body = { ...CONFIRMED, held } as typeof CONFIRMED
    expect((await cases.decide(caseId, body)).statusCode).toBe(400)
  })

  it('holds a confirmation that cannot be counted', async () => {
    await change({ brake: { perHour: 1_000, holdMs: HOLD_MS } })
    const caseId = await cases.open()
    // It knows key and brand by now.
    const seen = { key: cases.api.keys.brandMember.secret }
    expect((await other.call('GET', casePath(caseId), seen)).statusCode).toBe(200)
    await database.shut()
    const held = await confirm(caseId, other)
    await database.open()
    expect(held).toMatchObject({
      phase: 'coolingOff',
      held: { reason: 'held: the confirmations of this hour could not be counted' },
    })
  })
})
