import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { until } from '../../local/until.js'
import { EVERYTHING } from '../../store/store.js'
import { problemOf, startApi, type TestApi } from '../api/test-api.js'
import { buildAccountManager } from '../builders/brand.js'
import { confirmation, decideWhenOpen, reportListing, untilRecorded } from '../setup/reporting.js'
import { ON_CALL_EMAIL, startService, type TestService } from '../setup/service.js'

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

const path = '/v1/account-managers/ana-souza'
const deactivate = async (body: object = {}) => {
  const headers = { 'if-match': String((await api.call('GET', path)).headers.etag) }
  return api.call('PATCH', path, { body: { active: false, ...body }, headers })
}

describe('an account manager who leaves', () => {
  it('cannot while brands and open cases depend on them: the answer names these', async () => {
    const { caseId } = await reportListing(service)
    await untilRecorded(service, caseId, ({ phase }) => phase === 'awaitingBrand')
    const answer = await deactivate()
    expect(answer.statusCode).toBe(409)
    expect(problemOf(answer)).toMatchObject({
      code: 'still-needed',
      brandIds: ['northwind'],
      accountManagerIds: [],
      openCases: 1,
    })
    const lead = await api.call('PATCH', '/v1/account-managers/li-wei', {
      body: { active: false },
      headers: { 'if-match': '"1"' },
    })
    expect(problemOf(lead)).toMatchObject({
      code: 'still-needed',
      brandIds: [],
      accountManagerIds: ['ana-souza'],
      openCases: 1,
    })
  })

  it('can when somebody of the same role takes over brands and open cases', async () => {
    await service.store.accountManagers.create(
      buildAccountManager({ accountManagerId: 'rui-tavares', name: 'Rui Tavares' }),
    )
    for (const reassignTo of ['nobody', 'li-wei', 'ana-souza']) {
      expect(problemOf(await deactivate({ reassignTo })).code).toBe('invalid-value')
    }
    const { caseId } = await reportListing(service)
    await untilRecorded(service, caseId, ({ phase }) => phase === 'awaitingBrand')

    expect((await deactivate({ reassignTo: 'rui-tavares' })).statusCode).toBe(200)
    const brand = await service.store.brands.find(EVERYTHING, 'northwind')
    expect(brand?.accountManagerId).toBe('rui-tavares')
    const row = await untilRecorded(
      service,
      caseId,
      ({ parties }) => parties.accountManagerId === 'rui-tavares',
    )
    expect(row.phase).toBe('awaitingBrand')
    const left = async () =>
      (await service.store.accountManagers.responsibilities('ana-souza')).openCases
    await until('nothing depends on who left', async () => (await left()) === 0, {
      withinMs: 20_000,
    })
  })
})

describe('a case whose people have gone without a word', () => {
  it('goes on at once, to whoever is on call in the end', async () => {
    for (const id of ['rui-tavares', 'li-wei']) {
      const person = await service.store.accountManagers.find(id)
      await service.store.accountManagers.update(id, person?.rev ?? 0, { active: false })
    }
    const one = await reportListing(service)
    await decideWhenOpen(one, confirmation(one.caseId, { verdict: 'unsure' }))
    const state = await untilRecorded(service, one.caseId, ({ phase }) => phase === 'awaitingLead')
    expect(state.failedNotices).toMatchObject([
      { contactId: 'rui-tavares', kind: 'escalated', detail: 'rui-tavares no longer works here' },
    ])
    const mailed = () => service.smtp.received.filter(({ to }) => to.includes(ON_CALL_EMAIL))
    await until('on call is told', () => mailed().length > 0, { withinMs: 20_000 })
    expect(mailed()[0]?.raw).not.toContain('/answer/')
  })
})
