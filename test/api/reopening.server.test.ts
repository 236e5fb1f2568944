import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { Case } from '../../contract/case.js'
import type { Intake } from '../../contract/sighting.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { verifyCase } from '../../store/cases/audit.js'
import { EVERYTHING } from '../../store/store.js'
import { untilRecorded } from '../setup/reporting.js'
import { type CaseApi, CONFIRMED, outcome, startCaseApi } from './case-api.js'
import { type Answer, casePath, problemOf } from './test-api.js'

let cases: CaseApi
beforeAll(async () => {
  cases = await startCaseApi()
})
afterEach(() => cases.service.sandbox.setFaults([]))
afterAll(() => cases.stop())

type Reopened = { caseId: string; reopens: string }
const REASON = 'our own shop, we had not recognised it'
const reopen = (caseId: string, key = 'accountManager', reason = REASON, headers = {}) =>
  cases.send(caseId, 'reopen', { reason }, { key, headers })
const reopenedId = (answer: Answer) => answer.json<Reopened>().caseId
const untilClosed = (caseId: string) =>
  untilRecorded(cases.service, caseId, ({ phase }) => phase === 'closed')
const untilAsked = (caseId: string) =>
  untilRecorded(cases.service, caseId, ({ phase }) => phase === 'awaitingBrand')

async function takenDown(): Promise<Case> {
  const caseId = await cases.open()
  await cases.decide(caseId, CONFIRMED)
  await untilClosed(caseId)
  return cases.read(caseId, 'operator')
}
const report = async ({ listing, caseId }: Case, over: object = {}) => {
  const row = await cases.service.store.cases.get(EVERYTHING, caseId)
  if (!row?.state.sightings[0] || !listing) throw new Error('no such case')
  const { score, signals, whyUnverifiable } = row.state
  const body = {
    ...{ brandId: row.brandId, suspectedSeverity: 'S2', score, signals, whyUnverifiable },
    ...{ monitor: { name: 'm', version: '1' }, externalId: `e-${randomSuffix()}` },
    listing: { ...listing, capturedAt: new Date().toISOString(), ...over },
  }
  return (await cases.api.call('POST', '/v1/cases', { key: 'monitor', body })).json<Intake>()
}

describe('a case that was closed wrongly', () => {
  it('is taken up by a new one, after what it had removed was put back', async () => {
    const closed = await takenDown()
    expect(closed.sellerHistory?.removedIn90Days).toBeGreaterThan(0)
    expect(closed.allowed).toEqual(['reopen'])
    const answer = await reopen(closed.caseId, 'brandAdmin')
    expect([answer.statusCode, answer.json()]).toEqual([
      202,
      { caseId: expect.any(String), reopens: closed.caseId },
    ])
    const caseId = reopenedId(answer)
    await untilAsked(caseId)

    const restored = await cases.service.sandbox.ledger({
      ...{ listingId: closed.listingId, effective: true },
    })
    expect(restored.map(({ operation }) => operation)).toEqual(['requestTakedown', 'restore'])
    const open = await cases.read(caseId, 'brandMember')
    expect(open).toMatchObject({
      ...{ phase: 'awaitingBrand', listingId: closed.listingId, previousCaseId: closed.caseId },
      ...{ restoration: { result: 'restored' }, shownHash: closed.shownHash },
      reopens: {
        ...{ caseId: closed.caseId, reason: REASON, outcome: 'takenDown' },
        ...{ by: { role: 'brandAdmin' }, decision: { verdict: 'counterfeit' } },
      },
    })
    expect(await cases.read(closed.caseId, 'operator')).toMatchObject({
      ...{ phase: 'closed', outcome: 'takenDown', reopenedBy: caseId, allowed: [] },
    })
    expect((await cases.read(caseId, 'monitor')).reopens).not.toHaveProperty('reason')

    expect((await cases.decide(caseId, { verdict: 'genuine' })).statusCode).toBe(200)
    await untilClosed(caseId)
    for (const id of [closed.caseId, caseId]) {
      expect((await verifyCase(cases.service.store, id)).finding).toBeNull()
    }
    expect(await report(closed)).toMatchObject({ result: 'alreadyAnswered', caseId })
  })

  it('no longer counts as a removal of the seller, in stats or in their history', async () => {
    const figures = async () =>
      (await cases.api.call('GET', '/v1/stats')).json<{ removed: number }>().removed
    const closed = await takenDown()
    const [removedBefore, history] = [await figures(), closed.sellerHistory?.removedIn90Days ?? 0]
    const caseId = reopenedId(await reopen(closed.caseId))
    await untilAsked(caseId)
    expect(await figures()).toBe(removedBefore - 1)
    const { sellerHistory } = await cases.read(caseId, 'operator')
    expect(sellerHistory?.removedIn90Days).toBe(history - 1)
  })

  it('no longer answers reports, although nothing was removed', async () => {
    const caseId = await cases.openAndRelease()
    const closed = await cases.read(caseId, 'operator')
    expect(await report(closed)).toMatchObject({ result: 'alreadyAnswered', caseId })
    const next = reopenedId(await reopen(caseId))
    const state = await untilAsked(next)
    expect(state.restoration).toBeUndefined()
    expect(await report(closed)).toMatchObject({ result: 'duplicate', caseId: next })
    await cases.send(next, 'close', { reason: 'asked elsewhere' })
    await untilClosed(next)
    const again = await report(closed)
    expect(again).toMatchObject({ result: 'opened', alreadyAnswered: false })
  })

  it('is asked about although the seller was put on the list of authorised ones', async () => {
    const caseId = await cases.open()
    await cases.decide(caseId, { verdict: 'authorisedSeller', allowList: {} })
    const { listing } = await untilClosed(caseId)
    const sellers = await cases.service.store.authorisedSellers.covering({
      ...{ brandId: 'northwind', marketplace: 'taobao', sku: null, at: new Date() },
      sellerId: listing?.seller.id ?? '',
    })
    expect(sellers).not.toBeNull()
    await untilAsked(reopenedId(await reopen(caseId)))
    if (sellers)
      await cases.service.store.authorisedSellers.remove(EVERYTHING, 'northwind', sellers.entryId)
  })

  it('can be taken up again and again, each by the next', async () => {
    const first = await cases.openAndRelease()
    const second = reopenedId(await reopen(first))
    await untilAsked(second)
    await cases.decide(second, CONFIRMED)
    await untilClosed(second)
    const third = reopenedId(await reopen(second))
    expect(await untilAsked(third)).toMatchObject({
      ...{ reopens: { caseId: second }, restoration: { result: 'restored' } },
    })
  })
})

describe('asking for it', () => {
  it('is one case, however often and by how many it is asked at once', async () => {
    const caseId = await cases.openAndRelease()
    const answers = await Promise.all([1, 2, 3, 4].map(() => reopen(caseId)))
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([202]))
    expect(new Set(answers.map(reopenedId)).size).toBe(1)
    await untilAsked(reopenedId(answers[0] as Answer))
    expect(reopenedId(await reopen(caseId))).toBe(reopenedId(answers[0] as Answer))
  })

  it('is refused where it was asked for with something else', async () => {
    const caseId = await cases.openAndRelease()
    const key = { 'idempotency-key': 'one' }
    const next = reopenedId(await reopen(caseId, 'lead', REASON, key))
    await untilAsked(next)
    expect(reopenedId(await reopen(caseId, 'lead', REASON, key))).toBe(next)
    expect(outcome(await reopen(caseId, 'lead', 'another', key))).toEqual([409, 'other-content'])
    const another = await reopen(caseId, 'lead', 'another')
    expect(problemOf(another)).toMatchObject({ code: 'already-reopened', reopenedBy: next })
  })

  it('is refused for a case that is open, and while another of the listing is', async () => {
    const open = await cases.open()
    expect(problemOf(await reopen(open))).toMatchObject({ code: 'case-open', openCaseId: open })
    const closed = await cases.read(await cases.openAndRelease(), 'operator')
    const other = await report(closed, { title: 'something else' })
    expect(other.result).toBe('opened')
    const refused = await reopen(closed.caseId)
    expect([refused.statusCode, problemOf(refused)]).toMatchObject([
      409,
      { code: 'case-open', openCaseId: other.caseId },
    ])
  })

  it.each([
    ['monitor', 403, 'missing-scope'],
    ['brandMember', 403, 'missing-scope'],
  ] as const)('is not for a %s', async (key, status, code) => {
    const caseId = await cases.openAndRelease()
    expect(outcome(await reopen(caseId, key))).toEqual([status, code])
  })

  it('tells nothing to another brand', async () => {
    const caseId = await cases.openAndRelease()
    const other = await cases.api.makeKey({ role: 'brandAdmin', brandIds: ['lumenpro'] })
    expect(outcome(await reopen(caseId, other.secret))).toEqual([404, 'not-found'])
    const none = casePath(`${caseId}x`, '/reopen')
    const answer = await cases.api.call('POST', none, { key: 'lead', body: { reason: REASON } })
    expect(outcome(answer)).toEqual([404, 'not-found'])
  })
})

describe('a marketplace that does not put a listing back', () => {
  it('is asked until it does, the manager is told, and the brand is asked then', async () => {
    const closed = await takenDown()
    await cases.service.sandbox.setFaults([{ kind: 'down', operations: ['restore'] }])
    const caseId = reopenedId(await reopen(closed.caseId))
    await untilRecorded(cases.service, caseId, ({ phase }) => phase === 'restoring')
    expect((await cases.read(caseId, 'lead')).owner).toBe('marketplace')
    await cases.service.sandbox.setFaults([])
    expect(await untilAsked(caseId)).toMatchObject({ restoration: { result: 'restored' } })
  })

  it('leaves it to people where it refuses', async () => {
    const closed = await takenDown()
    const { caseId: closedId, listingId } = closed
    await cases.service.sandbox.setFaults([
      { kind: 'refuse', operations: ['restore'], listingId, code: 'ordered', detail: 'by a court' },
    ])
    const caseId = reopenedId(await reopen(closedId))
    const stuck = await untilRecorded(
      cases.service,
      caseId,
      ({ phase }) => phase === 'needsAttention',
    )
    expect(stuck.attention).toMatchObject({ reason: 'restorationFailed' })
    expect(stuck.attention?.detail).toContain('by a court')
    const mail = () => cases.service.smtp.received.some(({ raw }) => raw.includes(listingId))
    await until('the manager is told', mail, { withinMs: 20_000 })
    const back = await cases.send(caseId, 'return-to-brand', { message: 'we put it back by hand' })
    expect(back.statusCode).toBe(200)
    await untilAsked(caseId)
  })
})
