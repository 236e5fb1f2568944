import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { brandRecipient, staffRecipient } from '../../domain/notice/recipients.js'
import { until } from '../../local/until.js'
import { type AnsweringRole } from '../../domain/vocabulary.js'
import { EVERYTHING } from '../../store/store.js'
import { buildAccountManager, buildBrand } from '../builders/brand.js'
import { reportAskedCase, untilRecorded } from '../setup/reporting.js'
import { answerLink } from '../builders/answer-link.js'
import { startService, type TestService } from '../setup/service.js'
import { casePath, startApi, type TestApi } from './test-api.js'

let service: TestService
let api: TestApi
let caseId: string

beforeAll(async () => {
  service = await startService()
  api = await startApi(service)
  const successor = { accountManagerId: 'bo-chen', email: 'bo.chen@platform.example' }
  await service.store.accountManagers.create(buildAccountManager(successor))
  caseId = (await reportAskedCase(service)).caseId
})
afterAll(async () => {
  await api.close()
  await service.stop()
})

function linkTo(contactId: string, role: AnsweringRole, email: string): string {
  return answerLink(caseId, { contactId, role, email })
}
const show = (url: string) => api.call('GET', url, { key: null })
const submit = (url: string) =>
  api.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ verdict: 'genuine', proof: 'by telephone' }).toString(),
  })
const answersOf = async () =>
  (await service.store.cases.get(EVERYTHING, caseId))?.state.answers.length

async function expectOutdated(url: string): Promise<void> {
  const isRefused = async () => (await show(url)).statusCode === 410
  await until('the change is noticed', isRefused, { withinMs: 6_000 })
  for (const page of [await show(url), await submit(url)]) {
    expect(page.statusCode).toBe(410)
    expect(page.body).toContain('Use the link in your newest mail')
  }
  expect(await answersOf()).toBe(0)
}

const contact = brandRecipient('northwind', 'mei-lin')
const OLD = 'mei.lin@northwind.example'
const NEW = 'mei.lin@northwind.example.net'

describe('a link', () => {
  it('is worth nothing at an address its contact no longer has', async () => {
    const [old, next] = [linkTo(contact, 'brandMember', OLD), linkTo(contact, 'brandMember', NEW)]
    expect((await show(old)).statusCode).toBe(200)

    const brand = await service.store.brands.find(EVERYTHING, 'northwind')
    const contacts = buildBrand().contacts.map((person) => ({ ...person, email: NEW }))
    await service.store.brands.update(EVERYTHING, 'northwind', brand?.rev ?? 0, { contacts })

    await expectOutdated(old)
    expect((await show(next)).statusCode).toBe(200)
  })

  it('is worth nothing to somebody who no longer looks after the case', async () => {
    const ana = linkTo(staffRecipient('ana-souza'), 'accountManager', 'ana.souza@platform.example')
    const bo = linkTo(staffRecipient('bo-chen'), 'accountManager', 'bo.chen@platform.example')
    expect((await show(ana)).statusCode).toBe(200)
    await expectOutdated(bo)

    const body = { role: 'accountManager', to: 'bo-chen' }
    await api.call('POST', casePath(caseId, '/reassign'), { key: 'lead', body })
    await untilRecorded(service, caseId, ({ parties }) => parties.accountManagerId === 'bo-chen')

    await expectOutdated(ana)
    expect((await submit(bo)).statusCode).toBe(200)
  })
})
