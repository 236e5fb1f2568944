import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Intake, NewCase } from '../../contract/sighting.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { EVERYTHING } from '../../store/store.js'
import { listingCaseStart } from '../../workflows/case/start.js'
import { LISTING_CASE } from '../../workflows/messages.js'
import { caseIdOf, workflowIdOf } from '../../domain/case/identity.js'
import { buildBrand } from '../builders/brand.js'
import { MONITOR } from '../builders/case.js'
import { buildSighting } from '../builders/sighting.js'
import { startService, type TestService } from '../setup/service.js'
import { buildNewCase } from './new-case.js'
import { problemOf, startApi, type TestApi } from './test-api.js'

interface Refused {
  refusalId: string
  reason: string
  brandId: string
  listingId: string
  externalId: string | null
  times: number
  caseId: string | null
}

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

const report = (body: NewCase) => api.call('POST', '/v1/cases', { key: 'monitor', body })
const batch = async (cases: NewCase[]) =>
  (await api.call('POST', '/v1/cases:batch', { key: 'monitor', body: { cases } })).json<{
    results: { result: string; caseId?: string; problem?: { code: string } }[]
    counts: Record<string, number>
  }>()
const refusedOf = async ({ listingId }: NewCase['listing'], key = 'monitor') =>
  (await api.call('GET', '/v1/refused-reports?limit=200', { key }))
    .json<{ items: Refused[] }>()
    .items.filter((one) => one.listingId === listingId)

describe('a report that comes too early', () => {
  it('is refused in the answer, kept, and opens a case once its brand takes part', async () => {
    const brandId = `later-${randomSuffix()}`
    const early = buildNewCase({ brandId })
    const answer = await report(early)
    expect([answer.statusCode, problemOf(answer).code]).toEqual([422, 'unknown-brand'])
    await report(early)

    const [refused, ...others] = await refusedOf(early.listing)
    expect(others).toEqual([])
    expect(refused).toMatchObject({
      reason: 'unknownBrand',
      brandId,
      externalId: early.externalId,
      times: 2,
      caseId: null,
    })
    const path = `/v1/refused-reports/${refused?.refusalId}`
    const whole = (await api.call('GET', path, { key: 'monitor' })).json<{ report: NewCase }>()
    expect(whole.report).toEqual(early)

    await service.store.brands.create(buildBrand({ brandId }))
    expect((await report(whole.report)).statusCode).toBe(202)
  })

  it('is refused for a brand that takes part no longer', async () => {
    const brandId = `left-${randomSuffix()}`
    await service.store.brands.create(buildBrand({ brandId, active: false }))
    const late = buildNewCase({ brandId })
    expect((await batch([late])).results).toMatchObject([
      { result: 'rejected', problem: { code: 'unknown-brand' } },
    ])
    expect(await refusedOf(late.listing)).toMatchObject([{ reason: 'unknownBrand' }])
  })

  it('is refused within 5 seconds of its brand leaving, also where another process was told', async () => {
    const brandId = `leaving-${randomSuffix()}`
    const { rev } = await service.store.brands.create(buildBrand({ brandId }))
    expect((await report(buildNewCase({ brandId }))).statusCode).toBe(202)
    await service.store.brands.update(EVERYTHING, brandId, rev, { active: false })

    const isRefused = async () => (await report(buildNewCase({ brandId }))).statusCode === 422
    await until('reports for it are refused', isRefused, { withinMs: 5_000 })
  })

  it('is kept for a marketplace that the key may use and nobody has configured', async () => {
    const { secret } = await api.makeKey({ role: 'monitor', marketplaces: '*' })
    const early = buildNewCase({ listing: { marketplace: 'not-yet' } })
    const answer = await api.call('POST', '/v1/cases', { key: secret, body: early })
    expect(answer.statusCode).toBe(404)
    expect(await refusedOf(early.listing, secret)).toMatchObject([{ reason: 'unknownMarketplace' }])
    // Not of the marketplaces of another monitor.
    expect(await refusedOf(early.listing)).toEqual([])
  })

  it('is kept also where it was acknowledged, because nobody could look at the brands', async () => {
    const sighting = buildSighting({ brandId: `absent-${randomSuffix()}` })
    const { marketplace, listingId } = sighting.listing
    const { brandId } = sighting
    const workflowId = workflowIdOf({ marketplace, listingKey: listingId, brandId })
    const caseId = caseIdOf(workflowId, randomSuffix())
    const input = { caseId, sighting, by: MONITOR }
    const state = { severity: sighting.suspectedSeverity, phase: 'opening' } as const
    await service.client.workflow.start(LISTING_CASE, listingCaseStart(workflowId, input, state))

    await until('the refusal is kept', async () => (await refusedOf(sighting.listing)).length > 0, {
      withinMs: 20_000,
    })
    expect(await refusedOf(sighting.listing)).toMatchObject([
      { reason: 'unknownBrand', caseId, times: 1 },
    ])
  })
})

describe('an external id that is there twice', () => {
  const twins = () => {
    const one = buildNewCase()
    return [one, buildNewCase({ externalId: one.externalId ?? '' })] as const
  }

  it('is one report in a batch where it is one listing', async () => {
    const [one] = twins()
    const { results, counts } = await batch([one, one, one])
    expect(counts).toEqual({ opened: 1, duplicate: 2, alreadyAnswered: 0, rejected: 0 })
    expect(new Set(results.map(({ caseId }) => caseId)).size).toBe(1)
  })

  it('is refused for another listing, and never answered as opened', async () => {
    const [one, other] = twins()
    const { results } = await batch([one, other])
    expect(results.map(({ result, problem }) => problem?.code ?? result)).toEqual([
      'opened',
      'external-id-conflict',
    ])
    const { caseId = '' } = results[0] ?? {}
    expect(await refusedOf(other.listing)).toMatchObject([{ reason: 'sightingClaimed', caseId }])
  })

  it('opens one case of two requests in the same moment', async () => {
    const pair = twins()
    const answers = await Promise.all(pair.map(report))
    const statuses = answers.map(({ statusCode }) => statusCode)
    expect(statuses.sort()).toEqual([202, 409])
    const opened = answers.find(({ statusCode }) => statusCode === 202)?.json<Intake>()
    await until(
      'the case is on record',
      async () => (await service.store.cases.get(EVERYTHING, opened?.caseId ?? '')) !== null,
      { withinMs: 20_000 },
    )
    expect((await service.store.cases.get(EVERYTHING, opened?.caseId ?? ''))?.outcome).toBeNull()
  })

  it('may be used again after a report that was refused', async () => {
    const [one, other] = twins()
    const early = { ...one, brandId: `later-${randomSuffix()}` }
    expect((await report(early)).statusCode).toBe(422)
    expect((await report(other)).statusCode).toBe(202)
  })
})
