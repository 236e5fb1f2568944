import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Intake, NewCase } from '../../contract/sighting.js'
import { buildBrand } from '../builders/brand.js'
import { openTestDatabase, saveBuiltCase, type TestDatabase } from '../builders/database.js'
import { answerCase, buildCase, buildDecision } from '../builders/case.js'
import { buildSighting } from '../builders/sighting.js'
import { sha256Hex } from '../../platform/digest.js'
import { openNamespace, type OwnNamespace } from '../setup/namespace.js'
import { parseCaseId } from '../../domain/case/identity.js'
import { buildNewCase } from './new-case.js'
import { type Answer, casePath, problemOf, startApi, type TestApi } from './test-api.js'

// No worker runs here: what is acknowledged is what Temporal itself keeps.
let database: TestDatabase
let own: OwnNamespace
let api: TestApi

beforeAll(async () => {
  ;[database, own] = await Promise.all([openTestDatabase(), openNamespace()])
  await database.store.brands.create(buildBrand({ accountManagerId: null }))
  api = await startApi({ store: database.store, client: own.client })
})
afterAll(async () => {
  await api.close()
  await own.connection.close()
  await database.drop()
})

const report = (body: NewCase) => api.call('POST', '/v1/cases', { key: 'monitor', body })
const describeRun = (caseId: string) =>
  own.client.workflow.getHandle(parseCaseId(caseId)?.workflowId ?? '').describe()
const intakeOf = (answer: Answer) => answer.json<Intake>()

describe('POST /v1/cases', () => {
  it('opens a case and names it in Location', async () => {
    const body = buildNewCase()
    const answer = await report(body)

    expect(answer.statusCode).toBe(202)
    const { caseId, ...rest } = intakeOf(answer)
    expect(rest).toEqual({ result: 'opened', alreadyAnswered: false })
    expect(answer.headers.location).toBe(casePath(caseId))
    expect(parseCaseId(caseId)).toMatchObject({
      marketplace: 'taobao',
      listingKey: body.listing.listingId,
      brandId: 'northwind',
    })
  })

  it('tells a manager in the Temporal UI what the case is about, in one short line', async () => {
    const title = `Bag\u202e\n with a${' very'.repeat(60)} long title`
    const { caseId } = intakeOf(await report(buildNewCase({ listing: { title } })))

    const run = await describeRun(caseId)
    const summary = await run.staticSummary()
    expect(summary).toMatch(/^northwind · taobao · \S+ · Bag with a very/)
    expect(summary?.length).toBeLessThanOrEqual(150)
    expect(run.memo).toMatchObject({ caseId })
    expect(run.searchAttributes).toMatchObject({
      BrandId: ['northwind'],
      Marketplace: ['taobao'],
      Severity: ['S2'],
      CasePhase: ['opening'],
    })
  })

  it('can be read at once, before anything is recorded', async () => {
    const { caseId } = intakeOf(await report(buildNewCase()))

    const answer = await api.call('GET', casePath(caseId), { key: 'brandMember' })
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({ caseId, phase: 'opening', rev: 0, sellerHistory: null })
  })

  it('answers the same report again with the same case', async () => {
    const body = buildNewCase()
    const first = await report(body)
    const second = await report(body)

    expect(second.statusCode).toBe(200)
    expect(intakeOf(second)).toEqual({
      result: 'duplicate',
      caseId: intakeOf(first).caseId,
      alreadyAnswered: false,
    })
  })

  it('makes one case of many reports of one listing at the same time', async () => {
    const listing = buildNewCase().listing
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => report(buildNewCase({ listing }))),
    )

    expect(new Set(answers.map((answer) => intakeOf(answer).caseId)).size).toBe(1)
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([
      ...Array.from({ length: 11 }, () => 200),
      202,
    ])
  })

  it('keeps an odd listing id out of the workflow id', async () => {
    const listingId = 'a~b/../c d\u{1f45c}'
    const url = 'https://item.taobao.example/odd'
    const { caseId } = intakeOf(await report(buildNewCase({ listing: { listingId, url } })))

    expect(caseId).toMatch(/^case~taobao~x[a-z2-7]{52}~northwind~[a-z2-7]{13}$/)
  })

  it('caps the severity by the key', async () => {
    const { secret } = await api.makeKey({
      role: 'monitor',
      marketplaces: ['taobao'],
      severityCap: 'S3',
    })
    const body = buildNewCase({ suspectedSeverity: 'S1' })
    const answer = await api.call('POST', '/v1/cases', { key: secret, body })

    const run = await describeRun(intakeOf(answer).caseId)
    expect(run.searchAttributes).toMatchObject({ Severity: ['S3'] })
  })

  it('gives the earlier case of a listing that was answered and has not changed', async () => {
    const openedAt = Date.now() - 86_400_000
    const built = buildCase({ at: openedAt })
    const answered = answerCase(
      built,
      { name: 'decide', message: buildDecision({ caseId: built.caseId, verdict: 'genuine' }) },
      openedAt + 1_000,
    )
    await saveBuiltCase(database.store, answered)
    const { listing } = answered.state
    if (!listing) throw new Error('no listing')

    const same = await report(buildNewCase({ listing }))
    expect(same.statusCode).toBe(200)
    expect(intakeOf(same)).toEqual({
      result: 'alreadyAnswered',
      caseId: built.caseId,
      alreadyAnswered: true,
    })
    const cheaper = { ...listing, price: { amount: 20, currency: 'CNY' } }
    const changed = await report(buildNewCase({ listing: cheaper }))
    expect(changed.statusCode).toBe(202)
    expect(intakeOf(changed)).toMatchObject({ result: 'opened', previousCaseId: built.caseId })
  })

  it('refuses an external id that was used for another listing', async () => {
    const first = buildNewCase()
    const { sightingId: _, ...sighting } = buildSighting()
    const externalId = first.externalId ?? ''
    const { caseId } = intakeOf(await report(first))
    await recordClaim(first, externalId, caseId)

    const answer = await report({ ...sighting, externalId })
    expect(answer.statusCode).toBe(409)
    expect(problemOf(answer).code).toBe('external-id-conflict')
    expect(intakeOf(await report(first))).toMatchObject({ result: 'duplicate', caseId })
  })

  it('does not take another monitor’s external id under the same name for its own', async () => {
    const other = await api.makeKey({ role: 'monitor', marketplaces: ['taobao'] })
    const squatted = buildNewCase()
    const first = await api.call('POST', '/v1/cases', { key: other.secret, body: squatted })
    expect(first.statusCode).toBe(202)
    await recordClaim(squatted, squatted.externalId ?? '', intakeOf(first).caseId, [
      `key:${other.keyId}`,
    ])

    const genuine = buildNewCase({ externalId: squatted.externalId ?? '' })
    const answer = await report(genuine)
    expect([answer.statusCode, intakeOf(answer).result]).toEqual([202, 'opened'])
    expect(intakeOf(await report(genuine))).toMatchObject({ result: 'duplicate' })
  })

  it('knows a monitor by the name of its key, whichever key it calls with', async () => {
    const named = () =>
      api.makeKey({ role: 'monitor', marketplaces: ['taobao'], monitorName: 'lens' })
    const [before, after] = [await named(), await named()]
    const body = buildNewCase()
    const { caseId } = intakeOf(await api.call('POST', '/v1/cases', { key: before.secret, body }))
    await recordClaim(body, body.externalId ?? '', caseId, ['monitor:lens'])

    const elsewhere = buildNewCase({ externalId: body.externalId ?? '' })
    const answer = await api.call('POST', '/v1/cases', { key: after.secret, body: elsewhere })
    expect([answer.statusCode, problemOf(answer).code]).toEqual([409, 'external-id-conflict'])
  })

  it('recognises what was reported before reporters were asked, and only that', async () => {
    const body = buildNewCase()
    const built = buildCase()
    await recordClaim(body, body.externalId ?? '', built.caseId, [])

    const again = await report(body)
    expect(intakeOf(again)).toMatchObject({ result: 'duplicate', caseId: built.caseId })
    const other = await api.makeKey({ role: 'monitor', marketplaces: ['taobao'] })
    const another = await api.call('POST', '/v1/cases', {
      key: other.secret,
      body: buildNewCase({ externalId: body.externalId ?? '' }),
    })
    expect(intakeOf(another)).toMatchObject({ result: 'opened' })
  })

  it.each([
    ['an unknown field', { surprise: 1 }, '/surprise'],
    ['no signal', { signals: [] }, '/signals'],
    ['a severity of no table', { suspectedSeverity: 'S0' }, '/suspectedSeverity'],
  ])('refuses %s and says where', async (_what, change, pointer) => {
    const answer = await report({ ...buildNewCase(), ...change } as NewCase)

    expect(answer.statusCode).toBe(400)
    const { code, errors } = problemOf(answer)
    expect(code).toBe('invalid-request')
    expect(JSON.stringify(errors)).toContain(pointer.slice(1))
  })

  it.each([
    ['a script as address', { url: 'javascript:alert(1)' }],
    ['a moment that does not exist', { capturedAt: '2026-12-31T22:59:60Z' }],
    ['a day that does not exist', { capturedAt: '2026-02-30T10:00:00Z' }],
    [
      'local time written as UTC',
      { capturedAt: new Date(Date.now() + 8 * 3_600_000).toISOString() },
    ],
    ['a moment far ahead', { capturedAt: '2099-01-01T00:00:00Z' }],
    ['a price below nothing', { price: { amount: -1, currency: 'CNY' } }],
    ['a huge price', { price: { amount: 1e300, currency: 'CNY' } }],
  ])('refuses a listing with %s', async (_what, listing) => {
    const answer = await report(buildNewCase({ listing }))

    expect(answer.statusCode).toBe(400)
    expect(problemOf(answer).code).toBe('invalid-request')
  })

  it.each([
    ['a marketplace of another key', { listing: { marketplace: 'tmall' } }],
    ['a marketplace nobody knows', { listing: { marketplace: 'nowhere' } }],
  ])('does not report for %s', async (_what, change) => {
    const answer = await report(buildNewCase(change))

    expect(answer.statusCode).toBe(404)
  })

  /** Records whose the report is, under the id that it has from `reporter`. */
  async function recordClaim(
    body: NewCase,
    externalId: string,
    caseId: string,
    reporter = [`key:${api.keys.monitor.keyId}`],
  ): Promise<void> {
    const { marketplace } = body.listing
    const sightingId = sha256Hex(
      JSON.stringify([marketplace, ...reporter, body.monitor.name, externalId]),
    )
    const built = buildCase({ sighting: { ...buildSighting(), ...body, sightingId } })
    const rename = { ...built, caseId, state: { ...built.state, caseId } }
    await saveBuiltCase(database.store, rename, externalId)
  }
})

describe('POST /v1/cases:batch', () => {
  it('gives every item its own result, whatever the others are', async () => {
    const twice = buildNewCase()
    const cases = [buildNewCase(), { nonsense: true }, twice, twice, 7, buildNewCase()]
    const answer = await api.call('POST', '/v1/cases:batch', { key: 'monitor', body: { cases } })

    expect(answer.statusCode).toBe(200)
    const { results, counts } = answer.json<{
      results: { index: number; result: string; caseId?: string; problem?: { code: string } }[]
      counts: object
    }>()
    expect(counts).toEqual({ opened: 3, duplicate: 1, alreadyAnswered: 0, rejected: 2 })
    expect(results.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5])
    expect(results[1]?.problem?.code).toBe('invalid-request')
    expect(results[2]?.caseId).toBe(results[3]?.caseId)
  })

  it('takes a thousand', async () => {
    const cases = Array.from({ length: 1_000 }, () => buildNewCase())
    const answer = await api.call('POST', '/v1/cases:batch', { key: 'monitor', body: { cases } })

    expect(answer.json()).toMatchObject({ counts: { opened: 1_000, rejected: 0 } })
  }, 120_000)

  it.each([
    ['none', 0],
    ['more than a thousand', 1_001],
  ])('refuses %s', async (_what, length) => {
    const cases = Array.from({ length }, () => ({}))
    const answer = await api.call('POST', '/v1/cases:batch', { key: 'monitor', body: { cases } })

    expect(answer.statusCode).toBe(400)
  })
})
