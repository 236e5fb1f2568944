import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createApiMetrics } from '../../api/metrics.js'
import type { Intake } from '../../contract/sighting.js'
import type { ShownStanding } from '../../contract/standstill.js'
import { countStanding } from '../../api/cases/standstills.js'
import { canonicalJson } from '../../domain/record/canonical-json.js'
import { OPENING_LIMIT_MS } from '../../domain/case/standstill.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { buildNewCase } from '../api/new-case.js'
import { casePath, startApi, type TestApi } from '../api/test-api.js'
import { forgeEvent } from '../builders/database.js'
import { reconcileNow } from '../setup/reconciling.js'
import { reportAskedCase, untilRecorded } from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

// Cases whose process does not move, which their row does not show.
let service: TestService
let api: TestApi
/** The same at a time when a case that is still opening has been opening for too long. */
let later: TestApi
const inSixMinutes = () => Date.now() + OPENING_LIMIT_MS + 60_000

beforeAll(async () => {
  service = await startService()
  api = await startApi(service)
  later = await startApi(service, { now: inSixMinutes })
})
afterAll(async () => {
  await Promise.all([api.close(), later.close()])
  await service.stop()
})

async function standing(from: TestApi, key = 'operator'): Promise<ShownStanding[]> {
  const answer = await from.call('GET', '/v1/standstills', { key })
  expect(answer.statusCode).toBe(200)
  return answer.json<{ items: ShownStanding[] }>().items
}

const untilStanding = (from: TestApi, caseId: string) =>
  until(
    `${caseId} stands still`,
    async () => (await standing(from)).find((one) => one.caseId === caseId),
    { withinMs: 60_000 },
  )

describe('a case that cannot leave opening', () => {
  it('is reported, with what fails, to those whom it concerns', async () => {
    await service.stopWorkers()
    const body = buildNewCase({ listing: { listingId: `L${randomSuffix()}`, pictures: [] } })
    const answer = await api.call('POST', '/v1/cases', { key: 'monitor', body })
    const { caseId } = answer.json<Intake>()
    await forgeEvent(service.database, caseId, 1, 'unreadable')
    expect(await standing(api)).toEqual([])
    expect(await untilStanding(later, caseId)).toMatchObject({
      ...{ standstill: 'notOpened', brandId: 'northwind', marketplace: 'taobao', severity: 'S2' },
      detail: 'no worker has got on with it yet',
    })
    await service.startWorkers()

    const seen = await until(
      'its failure is known',
      async () => {
        const one = await untilStanding(later, caseId)
        return /cannot be read/.test(one.detail) && one
      },
      { withinMs: 20_000 },
    )
    expect(seen.title).toContain(body.listing.listingId)
    // It knows itself that it cannot open, and does not wait to be found out.
    expect(await standing(api, 'accountManager')).toMatchObject([{ caseId, detail: seen.detail }])
    const foreign = await api.makeKey({ role: 'lead', brandIds: ['contoso'] })
    expect(await standing(api, foreign.secret)).toEqual([])
    const elsewhere = await api.makeKey({ role: 'lead', marketplaces: ['tmall'] })
    expect(await standing(api, elsewhere.secret)).toEqual([])
    const report = await reconcileNow(service, { openingMs: 60_000 })
    expect(report).toMatchObject({ notOpened: [caseId], counts: { notOpened: 1 } })
    const { registry } = createApiMetrics({
      withProcess: false,
      countStanding: (standstill) => countStanding(service.client, standstill, Date.now()),
    })
    expect(await registry.metrics()).toMatch(/joint_force_standing_cases{.*notOpened.*} 1/)

    // Mended, it opens at once when a manager says so.
    await service.database.raw.collection<{ _id: string }>('caseEvents').deleteOne({ caseId })
    const retry = () =>
      api.call('POST', casePath(caseId, '/retry-takedown'), { key: 'lead', body: {} })
    expect((await retry()).statusCode).toBe(200)
    await untilRecorded(service, caseId, ({ phase }) => phase === 'awaitingBrand')
    await until('it stands still no more', async () => (await standing(api)).length === 0, {
      withinMs: 20_000,
    })
    expect((await retry()).statusCode).toBe(422)
  })
})

describe('a case whose code fails on its history', () => {
  it('is reported with what fails', async () => {
    const one = await reportAskedCase(service)
    const { caseId } = one
    await one.handle.terminate('to be started again')
    const event = { seq: 3, at: Date.now(), type: 'fromLater', by: {}, data: {} }
    await forgeEvent(service.database, caseId, 3, canonicalJson({ ...event, caseId, prevHash: '' }))
    await until(
      'it is started again',
      async () => (await reconcileNow(service, { openingMs: 60_000 })).restarted.includes(caseId),
      { withinMs: 20_000 },
    )

    const seen = await untilStanding(api, caseId)
    expect(seen).toMatchObject({ standstill: 'codeFailed' })
    expect(seen.detail).toContain('fromLater')
    expect(await reconcileNow(service, { openingMs: 60_000 })).toMatchObject({
      codeFailed: [caseId],
    })
  })
})
