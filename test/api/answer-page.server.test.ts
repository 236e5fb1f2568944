import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { brandRecipient, staffRecipient } from '../../domain/notice/recipients.js'
import { DEFAULT_POLICY } from '../../domain/brand/policy.js'
import { type AnswerClaims } from '../../platform/answer-token.js'
import { EVERYTHING } from '../../store/store.js'
import { buildBrand } from '../builders/brand.js'
import { reportAskedCase, reportListing, untilRecorded } from '../setup/reporting.js'
import { answerLink } from '../builders/answer-link.js'
import { ANSWER_SECRET, startService, type TestService } from '../setup/service.js'
import { casePath, startApi, type TestApi } from './test-api.js'

let service: TestService
let api: TestApi

beforeAll(async () => {
  const [contact] = buildBrand().contacts
  if (!contact) throw new Error('the brand of the tests has no contact')
  const chinese = { ...contact, contactId: 'wang-fang', locale: 'zh-CN' as const }
  const brazilian = { ...contact, contactId: 'joana-lima', locale: 'pt-BR' as const }
  const policy = { ...DEFAULT_POLICY, coolingOffMs: { single: 600_000, bulk: 600_000 } }
  service = await startService({ brand: { contacts: [contact, chinese, brazilian], policy } })
  api = await startApi(service)
})
afterAll(async () => {
  await api.close()
  await service.stop()
})

const ANA = 'ana.souza@platform.example'

const openCase = async () => (await reportAskedCase(service)).caseId
const linkTo = (caseId: string, claims: Partial<AnswerClaims> = {}, secret = ANSWER_SECRET) =>
  answerLink(caseId, { ...(claims.role ? { email: ANA } : {}), ...claims }, secret)
const show = (url: string) => api.call('GET', url, { key: null })
const submit = (url: string, fields: Record<string, string>) =>
  api.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  })
const stateOf = async (caseId: string) => (await service.store.cases.get(EVERYTHING, caseId))?.state
const CONFIRM = { action: 'decide', verdict: 'counterfeit', attestation: 'accepted' }
/** What a form sends of itself, with what the reader fills in. */
async function filled(url: string, fields: Record<string, string>) {
  const { body } = await show(url)
  const hidden = body.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)
  return {
    ...Object.fromEntries([...hidden].map(([, name = '', value = '']) => [name, value])),
    ...fields,
  }
}

describe('the answer page', () => {
  it('shows what, why and until when, and decides nothing', async () => {
    const caseId = await openCase()
    const url = linkTo(caseId)
    for (let look = 0; look < 3; look++) expect((await show(url)).statusCode).toBe(200)

    const { body, headers } = await show(url)
    expect(body).toContain('Classic shoulder bag')
    expect(body).toContain('199 CNY, retail 2 400 CNY')
    expect(body).toMatch(/<dt>Units<\/dt>\s*<dd>350</)
    expect(body).toContain('Please answer by')
    expect(body).not.toMatch(/<script|<img|javascript:| on\w+=/i)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['cache-control']).toBe('no-store')
    const policy = String(headers['content-security-policy'])
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/)
    expect((await stateOf(caseId))?.decision).toBeNull()
  })

  it('takes the answer once, however often the button is pressed', async () => {
    const caseId = await openCase()
    const url = linkTo(caseId)
    const form = await filled(url, CONFIRM)
    const answers = await Promise.all([submit(url, form), submit(url, form)])
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200])
    expect(answers[0]?.body).toBe(answers[1]?.body)

    const state = await untilRecorded(service, caseId, ({ phase }) => phase === 'coolingOff')
    expect(state.answers).toHaveLength(1)
    expect(state.decision).toMatchObject({
      by: { role: 'brandMember', id: 'brand.northwind.mei-lin', via: 'mailLink' },
      attestation: { accepted: true },
      bulk: false,
    })
  })

  it('stops a removal in its cooling-off', async () => {
    const caseId = await openCase()
    const asked = linkTo(caseId)
    await submit(asked, await filled(asked, CONFIRM))
    await untilRecorded(service, caseId, ({ phase }) => phase === 'coolingOff')
    const url = linkTo(caseId)
    const page = await show(url)
    expect(page.body).toContain('Stop the removal')

    const decisionId = /name="decisionId" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
    expect((await submit(url, { action: 'undecide', decisionId })).statusCode).toBe(200)
    const state = await untilRecorded(service, caseId, ({ phase }) => phase === 'awaitingBrand')
    expect(state.answers).toMatchObject([{ result: 'undone' }])
  })

  it('shows the form again, as it was filled in, when something is missing', async () => {
    const caseId = await openCase()
    const url = linkTo(caseId)
    const { statusCode, body } = await submit(url, {
      verdict: 'counterfeit',
      explanation: '<b>the "seams"</b>',
    })

    expect(statusCode).toBe(422)
    expect(body).toContain('Tick the statement')
    expect(body).toContain('&lt;b&gt;the &quot;seams&quot;&lt;/b&gt;</textarea>')
    expect(body).toMatch(/value="counterfeit"[^>]*checked/)
    for (const fields of [{}, { verdict: 'needInfo' }, { verdict: 'insufficientEvidence' }]) {
      expect((await submit(url, fields as Record<string, string>)).statusCode).toBe(422)
    }
    expect((await stateOf(caseId))?.answers).toEqual([])
  })

  it('remembers the seller when told to, with an answer that fits', async () => {
    const { caseId } = await reportAskedCase(service, { sellerId: 'seller-to-remember' })
    const url = linkTo(caseId)
    const unfit = await submit(url, { verdict: 'genuine', allowList: 'seller' })
    expect(unfit.statusCode).toBe(422)
    expect(unfit.body).toContain('only with the answer “Authorised seller”')
    expect(unfit.body).toMatch(/name="allowList"\s+value="seller"\s+checked/)

    const fit = await submit(url, { verdict: 'authorisedSeller', allowList: 'seller' })
    expect(fit.statusCode).toBe(200)
    await untilRecorded(service, caseId, ({ phase }) => phase === 'closed')
    const next = await reportListing(service, { sellerId: 'seller-to-remember' })
    const state = await untilRecorded(service, next.caseId, ({ phase }) => phase === 'closed')
    expect(state.ending).toMatchObject({ outcome: 'released', releaseReason: 'authorised' })
  })

  it('speaks the language of the contact', async () => {
    const caseId = await openCase()
    for (const [contact, lang, question] of [
      ['wang-fang', 'zh-CN', '这件商品是正品吗？'],
      ['joana-lima', 'pt-BR', 'Este anúncio é original?'],
    ] as const) {
      const contactId = brandRecipient('northwind', contact)
      const { body } = await show(linkTo(caseId, { contactId }))

      expect(body).toContain(`<html lang="${lang}">`)
      expect(body).toContain(question)
    }
  })

  it('asks an account manager how the brand answered', async () => {
    const caseId = await openCase()
    const url = linkTo(caseId, { contactId: staffRecipient('ana-souza'), role: 'accountManager' })
    const { body } = await show(url)
    expect(body).toContain('name="proof"')
    expect(body).not.toContain('value="unsure"')

    expect((await submit(url, { verdict: 'genuine' })).statusCode).toBe(422)
    const done = await submit(url, { verdict: 'genuine', proof: 'telephone, 10:00' })
    expect(done.statusCode).toBe(200)
    const state = await untilRecorded(service, caseId, ({ phase }) => phase === 'closed')
    expect(state.ending).toMatchObject({ basis: 'brandViaAccountManager' })
  })

  it('says who decided first, and how a case ended', async () => {
    const caseId = await openCase()
    const url = linkTo(caseId)
    const { shownHash } = await filled(url, {})
    const body = { verdict: 'counterfeit', shownHash, attestation: { accepted: true } }
    await api.call('POST', casePath(caseId, '/decision'), { key: 'brandMember', body })
    await untilRecorded(service, caseId, ({ phase }) => phase === 'coolingOff')
    const second = await submit(url, { verdict: 'genuine' })
    expect(second.statusCode).toBe(409)
    expect(second.body).toMatch(/Answered by brandMember, .+: Counterfeit\./)

    await api.call('POST', casePath(caseId, '/close'), { key: 'lead', body: { reason: 'settled' } })
    await untilRecorded(service, caseId, ({ phase }) => phase === 'closed')
    for (const page of [await show(url), await submit(url, { verdict: 'genuine' })]) {
      expect(page.statusCode).toBe(410)
      expect(page.body).toContain('Closed by hand')
    }
  })
})

describe('a link', () => {
  const nowhere = 'case~taobao~1~northwind~aaaaaaaaaaaaa'
  it.each([
    ['signed by somebody else', 404, () => linkTo(nowhere, {}, 'x'.repeat(40))],
    ['cut off', 404, () => linkTo(nowhere).slice(0, -4)],
    ['that is garbage', 404, () => '/answer/%00%ff'.replace('%ff', '%C3%BF')],
    ['that is far too long', 404, () => `/answer/${'a'.repeat(1_150)}`],
    ['to a case nobody knows', 404, () => linkTo(nowhere)],
    ['that has expired', 410, () => linkTo(nowhere, { expiresAtMs: Date.now() - 1 })],
    ['to a contact who left', 410, () => linkTo(nowhere, { contactId: 'brand.northwind.gone' })],
    ['in a role not held', 410, () => linkTo(nowhere, { contactId: 'staff.li-wei' })],
  ])('%s leads to a page with status %i', async (_what, status, url) => {
    for (const page of [await show(url()), await submit(url(), { verdict: 'genuine' })]) {
      expect(page.statusCode).toBe(status)
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    }
  })

  it('takes nothing but a form', async () => {
    const answer = await api.call('POST', linkTo(nowhere), { key: null, body: { verdict: 'x' } })

    expect(answer.statusCode).toBe(415)
  })

  it('is in no log', async () => {
    const url = linkTo(nowhere)
    await show(url)
    await submit(url, CONFIRM)
    await api.call('PUT', `/${url}/more`, { key: null, body: {} })

    expect(api.logged()).toContain('/answer/[token]')
    expect(api.logged()).not.toContain(url.slice('/answer/'.length))
    expect(api.logged()).not.toMatch(/a[12]\.[\w-]{20}/)
  })
})
