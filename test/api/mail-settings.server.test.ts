import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ContactMails } from '../../contract/mail-settings.js'
import { brandRecipient } from '../../domain/notice/recipients.js'
import { until } from '../../local/until.js'
import { addressDigest } from '../../platform/answer-token.js'
import { issueMailSettingsToken } from '../../platform/mail-settings-token.js'
import { EVERYTHING } from '../../store/store.js'
import { buildBrand } from '../builders/brand.js'
import { bodyParts, headersNamed } from '../notifications/smtp-server.js'
import { untilRecorded } from '../setup/reporting.js'
import { ANSWER_SECRET } from '../setup/service.js'
import { type CaseApi, CONFIRMED, startCaseApi } from './case-api.js'

const CONTACT = brandRecipient('northwind', 'mei-lin')
const ADDRESS = addressDigest('mei.lin@northwind.example')
const link = (secret = ANSWER_SECRET) =>
  `/mail-settings/${issueMailSettingsToken({ recipient: CONTACT, address: ADDRESS }, secret)}`

let cases: CaseApi
beforeAll(async () => {
  cases = await startCaseApi()
})
afterAll(() => cases.stop())

const settings = () => cases.service.store.mailSettings.find(CONTACT, ADDRESS)
const mails = () => cases.service.smtp.received.map(({ raw }) => raw)
async function post(url: string, payload: string, type = 'application/x-www-form-urlencoded') {
  const headers = { 'content-type': type }
  return cases.api.app.inject({ method: 'POST', url, payload, headers })
}
/** A case that ended, and what the mail server got of it. */
async function endOne(): Promise<string> {
  const caseId = await cases.open()
  const isAsked = () => mails().some((raw) => isOf('asked', raw) && textOf(raw).includes(caseId))
  await until('it is asked about', isAsked, { withinMs: 20_000 })
  await cases.decide(caseId, CONFIRMED)
  await untilRecorded(cases.service, caseId, ({ phase }) => phase === 'closed')
  return caseId
}
const textOf = (raw: string) => bodyParts(raw)['text/plain'] ?? ''
const isOf = (kind: string, raw: string) =>
  (headersNamed(raw, 'message-id')[0] ?? '').includes(`.${kind}.`)
const isNewsOf = (caseId: string) => (raw: string) =>
  isOf('takenDown', raw) && textOf(raw).includes(caseId)

describe('mails that tell what became of cases', () => {
  it('can be ended by the one click of a mail program; questions come all the same', async () => {
    const first = await endOne()
    await until('it is told', () => mails().some(isNewsOf(first)), { withinMs: 20_000 })
    const news = mails().find(isNewsOf(first)) ?? ''
    expect(headersNamed(news, 'list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click'])
    const [header = ''] = headersNamed(news, 'list-unsubscribe')
    const path = new URL(header.slice(1, -1)).pathname
    const asking = mails().find((raw) => isOf('asked', raw)) ?? ''
    expect(headersNamed(asking, 'list-unsubscribe')).toEqual([])

    expect((await post(path, 'List-Unsubscribe=One-Click')).statusCode).toBe(200)
    expect(await settings()).toEqual({ frequency: 'atOnce', news: false })

    const second = await endOne()
    const digest = cases.service.client.workflow.getHandle(`contact~${CONTACT}`)
    await digest.result()
    expect(mails().filter(isNewsOf(second))).toEqual([])
  })

  it('can be ended by a form of several parts, too', async () => {
    await cases.service.store.mailSettings.save(
      CONTACT,
      ADDRESS,
      { frequency: 'daily', news: true },
      new Date(),
    )
    const body =
      '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
    const { statusCode } = await post(link(), body, 'multipart/form-data; boundary=b')
    expect(statusCode).toBe(200)
    expect(await settings()).toEqual({ frequency: 'daily', news: false })
  })
})

describe('/v1/brands/{brandId}/mail-settings', () => {
  const path = '/v1/brands/northwind/mail-settings'
  const read = async () =>
    (await cases.api.call('GET', path, { key: 'brandMember' })).json<{ items: ContactMails[] }>()

  it('shows and changes how contacts get mails, as their own link does', async () => {
    await post(link(), 'frequency=hourly')
    const chosen = { contactId: 'mei-lin', frequency: 'hourly', news: false }
    expect((await read()).items).toContainEqual(chosen)

    const put = (contactId: string, body: object) =>
      cases.api.call('PUT', `${path}/${contactId}`, { key: 'brandAdmin', body })
    const daily = { frequency: 'daily', news: true }
    const saved = await put('mei-lin', daily)
    expect(saved.json()).toEqual({ contactId: 'mei-lin', ...daily })
    expect(await settings()).toEqual(daily)
    expect((await put('nobody', daily)).statusCode).toBe(404)
    expect((await put('mei-lin', { frequency: 'weekly', news: true })).statusCode).toBe(400)
    expect(await settings()).toEqual(daily)
  })
})

describe('the page of mail settings', () => {
  it('is changed by its form, and by no look at it', async () => {
    await post(link(), 'frequency=hourly&news=yes')
    expect(await settings()).toEqual({ frequency: 'hourly', news: true })
    for (const method of ['GET', 'HEAD'] as const) {
      const url = `${link()}?List-Unsubscribe=One-Click`
      expect([200, 400]).toContain((await cases.api.app.inject({ method, url })).statusCode)
      expect((await cases.api.app.inject({ method, url: link() })).statusCode).toBe(200)
    }
    expect(await settings()).toEqual({ frequency: 'hourly', news: true })
    const { body } = await cases.api.app.inject({ method: 'GET', url: link() })
    expect(body).toMatch(/value="hourly"\s+checked/)
  })

  it('is nobody’s by a token of somebody else, or of another address', async () => {
    expect((await post(link('x'.repeat(40)), 'frequency=daily')).statusCode).toBe(404)
    const { store } = cases.service
    const brand = await store.brands.find(EVERYTHING, 'northwind')
    const contacts = buildBrand().contacts.map((one) => ({
      ...one,
      email: 'new@northwind.example',
    }))
    await store.brands.update(EVERYTHING, 'northwind', brand?.rev ?? 0, { contacts })
    const isRefused = async () => (await post(link(), 'frequency=daily')).statusCode === 410
    await until('the change is noticed', isRefused, { withinMs: 8_000 })
    expect(cases.api.logged()).toContain('/mail-settings/[token]')
    expect(cases.api.logged()).not.toContain(link().slice('/mail-settings/'.length))
  })
})
