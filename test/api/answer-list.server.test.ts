import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { brandRecipient } from '../../domain/notice/recipients.js'
import { until } from '../../local/until.js'
import { verdictsOf } from '../../domain/vocabulary.js'
import { addressDigest, answerJti, issueAnswerToken } from '../../platform/answer-token.js'
import { randomSuffix } from '../../platform/digest.js'
import { EVERYTHING } from '../../store/store.js'
import { answerLink } from '../builders/answer-link.js'
import { buildBrand } from '../builders/brand.js'
import { buildPerson } from '../builders/person.js'
import { bodyParts } from '../notifications/smtp-server.js'
import { untilRecorded } from '../setup/reporting.js'
import { ANSWER_SECRET } from '../setup/service.js'
import { type CaseApi, CONFIRMED, startCaseApi } from './case-api.js'

interface CasePage {
  items: { caseId: string }[]
}

const CONTACT = brandRecipient('northwind', 'mei-lin')
const ADDRESS = addressDigest('mei.lin@northwind.example')
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

let cases: CaseApi
beforeAll(async () => {
  cases = await startCaseApi({ single: 0, bulk: 600_000 })
})
afterAll(() => cases.stop())

/** The address of the page of all cases of a mail, as it stands in that mail. */
async function mailOf(caseIds: string[], recipient = CONTACT): Promise<string> {
  const mailId = randomSuffix()
  await cases.service.store.mails.keep({
    ...{ mailId, messageId: null, contactId: recipient, kind: 'asked', caseIds, detail: null },
    ...{ sentAt: new Date(), result: 'sending', resultAt: new Date() },
  })
  const claims = { mailId, contactId: CONTACT, role: 'brandMember' as const, address: ADDRESS }
  const bound = { verdicts: verdictsOf('brandMember'), expiresAtMs: Date.now() + 600_000 }
  const token = issueAnswerToken({ ...claims, ...bound, jti: answerJti(mailId) }, ANSWER_SECRET)
  return `/answer/${token}`
}
const show = (url: string) => cases.api.call('GET', url, { key: null })
const post = (url: string, fields: [string, string][]) =>
  cases.api.app.inject({
    ...{ method: 'POST', url, headers: FORM },
    payload: new URLSearchParams(fields).toString(),
  })
const boxesIn = (body: string) =>
  [...body.matchAll(/name="case"\s+value="([^"]+)"/g)].map(([, box = '']) => box)
const linksIn = (body: string) =>
  [...body.matchAll(/href="(\/answer\/[^"]+)"/g)].map(([, path = '']) => path)
const stateOf = async (caseId: string) =>
  (await cases.service.store.cases.get(EVERYTHING, caseId))?.state
const CONFIRM: [string, string][] = [
  ['action', 'decide'],
  ['verdict', 'counterfeit'],
  ['attestation', 'accepted'],
]

describe('the page of all cases of a mail', () => {
  it('lists them by seller, answers what is selected, and undoes it together', async () => {
    const caseIds = await cases.openMany(3)
    const url = await mailOf(caseIds)
    const { body, headers } = await show(url)
    expect(body).toContain('3 listings need an answer')
    expect(body).not.toMatch(/<script|<img| on\w+=/i)
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(boxesIn(body)).toHaveLength(3)
    expect((await show(`${url}?select=all`)).body.match(/\schecked\s/g)).toHaveLength(3)

    const two = boxesIn(body).slice(0, 2)
    const sent = await post(url, [...CONFIRM, ...two.map((box): [string, string] => ['case', box])])
    expect(sent.statusCode).toBe(200)
    expect(sent.body).toContain('2 answers are recorded')
    expect(sent.body).toMatch(/asked to remove the listing at .*Until then this can be undone/)
    const held = two.map((box) => box.split(' ')[0] ?? '')
    for (const caseId of held) {
      const { decision } = await untilRecorded(
        cases.service,
        caseId,
        ({ phase }) => phase === 'coolingOff',
      )
      expect(decision).toMatchObject({ bulk: true, by: { id: CONTACT, via: 'mailLink' } })
    }
    expect((await show(url)).body).toContain('2 more are answered already')

    const undo = boxesIn(sent.body).map((box): [string, string] => ['case', box])
    const undone = await post(url, [['action', 'undecide'], ...undo])
    expect(undone.body).toContain('2 answers are undone')
    for (const caseId of held) {
      await untilRecorded(cases.service, caseId, ({ phase }) => phase === 'awaitingBrand')
    }
  })

  it('shows one seller alone, all selected', async () => {
    const url = await mailOf(await cases.openMany(2))
    const [sellers] = (await show(url)).body.match(/\?seller=[^"]+/) ?? []
    expect(sellers).toBeDefined()
    const { body } = await show(`${url}${sellers}`)
    expect(boxesIn(body)).toHaveLength(2)
    expect(body.match(/\schecked\s/g)).toHaveLength(2)
    expect(boxesIn((await show(`${url}?seller=taobao+nobody`)).body)).toEqual([])
  })

  it('says beside the field what is missing, and keeps what was selected', async () => {
    const [caseId = ''] = await cases.openMany(1)
    const url = await mailOf([caseId])
    const [box = ''] = boxesIn((await show(url)).body)
    const again = await post(url, [
      ['verdict', 'counterfeit'],
      ['case', box],
    ])
    expect(again.statusCode).toBe(422)
    expect(again.body).toMatch(/<span class="error" id="attestation-error">Tick the statement/)
    expect(again.body).toMatch(/aria-describedby="attestation-error"/)
    expect(again.body).toMatch(/name="case"[^>]*checked/)
    const nothing = await post(url, CONFIRM)
    expect(nothing.body).toMatch(/id="cases-error">Select at least one/)
    expect((await stateOf(caseId))?.answers).toEqual([])
  })

  it('leads from one case to the next, and to those that are left', async () => {
    const caseIds = await cases.openMany(2)
    const url = await mailOf(caseIds)
    const [first = ''] = linksIn((await show(url)).body)
    const { body } = await show(first)
    const shownHash = /name="shownHash" value="(\w+)"/.exec(body)?.[1] ?? ''
    const answered = await post(first, [...CONFIRM, ['shownHash', shownHash]])
    expect(answered.statusCode).toBe(200)
    expect(answered.body).toMatch(/can be undone[\s\S]*Stop the removal[\s\S]*Next case/)
    const [next = '', all = ''] = linksIn(answered.body)
    expect((await show(next)).body).toContain('Send answer')
    const firstId = caseIds.find((caseId) => body.includes(caseId)) ?? ''
    await untilRecorded(cases.service, firstId, ({ phase }) => phase === 'coolingOff')
    expect((await show(all)).body).toContain('1 more are answered already')
  })

  it('answers no case of another mail, nor of another brand, nor for somebody else', async () => {
    const [mine = '', other = ''] = await cases.openMany(2)
    const url = await mailOf([mine])
    const [box = ''] = boxesIn((await show(url)).body)
    const smuggled = box.replace(mine, other)
    const sent = await post(url, [...CONFIRM, ['case', smuggled]])
    expect(sent.statusCode).toBe(409)
    expect((await stateOf(other))?.answers).toEqual([])
    const undo = await post(url, [
      ['action', 'undecide'],
      ['case', `${other} any`],
    ])
    expect(undo.body).toContain('0 answers are undone')

    const foreign = await mailOf([mine], brandRecipient('northwind', 'somebody-else'))
    for (const page of [await show(foreign), await post(foreign, [...CONFIRM, ['case', box]])]) {
      expect(page.statusCode).toBe(404)
    }
    expect((await stateOf(mine))?.answers).toEqual([])
  })
})

describe('an answer that comes second', () => {
  it('is told who was first and with what, on the page of one case and of many, and goes on', async () => {
    const { person, session } = await cases.api.makePerson({ name: 'Mei Chen' })
    const [one = '', other = '', left = ''] = await cases.openMany(3)
    const url = await mailOf([one, other, left])
    const listed = await show(url)
    const boxes = boxesIn(listed.body).filter((box) => !box.startsWith(`${left} `))
    const toOne = linksIn(listed.body)
    for (const caseId of [one, other]) {
      const first = await cases.decide(caseId, CONFIRMED, { key: null, session })
      expect(first.statusCode).toBe(200)
    }
    const second = await post(url, [
      ...CONFIRM,
      ...boxes.map((box): [string, string] => ['case', box]),
    ])
    expect(second.statusCode).toBe(409)
    expect(second.body.match(/Answered by Mei Chen, [^:]+\d:\d\d[^:]*: Counterfeit/g)).toHaveLength(
      2,
    )
    expect(second.body).toContain('Next case')

    const statuses = []
    for (const link of toOne) {
      const page = await post(link, [
        ['action', 'decide'],
        ['verdict', 'genuine'],
      ])
      // There is a next one until the one that nobody had answered is answered here.
      const hasNext = !statuses.includes(200)
      statuses.push(page.statusCode)
      if (page.statusCode !== 409) continue
      expect(page.body).toMatch(/Answered by Mei Chen, .*: Counterfeit/)
      expect(page.body.includes('Next case')).toBe(hasNext)
    }
    expect(statuses.toSorted()).toEqual([200, 409, 409])
    expect((await stateOf(one))?.decision?.by.id).toBe(person.personId)
  })
})

describe('a mail to somebody who signs in', () => {
  it('leads into the portal, to a list of exactly its cases, which shows nobody else’s', async () => {
    const { api, service } = cases
    const email = 'mei.lin@northwind.example'
    const { personId } = await service.store.people.create(buildPerson({ email }))
    const before = service.smtp.received.length
    const caseIds = await cases.openMany(3)
    const mails = () =>
      service.smtp.received.slice(before).map(({ raw }) => bodyParts(raw)['text/plain'] ?? '')
    await until(
      'they are mailed',
      () => caseIds.every((id) => mails().some((text) => text.includes(id))),
      {
        withinMs: 20_000,
      },
    )
    expect(mails().join('')).not.toContain('/answer/')
    const found = new Set<string>()
    for (const text of mails()) {
      const [, mailId] = /view=all&mail=(\w+)$/m.exec(text) ?? []
      if (mailId === undefined) {
        found.add(/view=open&case=(\S+)/.exec(text)?.[1] ?? '')
        continue
      }
      const path = `/v1/cases?mailId=${mailId}`
      const { items } = (await api.call('GET', path, { key: 'brandMember' })).json<CasePage>()
      expect(items).toHaveLength(Number(/Open all (\d+):/.exec(text)?.[1]))
      for (const { caseId } of items) found.add(caseId)
      const foreign = await api.makeKey({ role: 'brandMember', brandIds: ['contoso'] })
      const seen = await api.call('GET', path, { key: foreign.secret })
      expect(seen.json<CasePage>().items).toEqual([])
    }
    expect([...found]).toEqual(expect.arrayContaining(caseIds))
    const none = await api.call('GET', '/v1/cases?mailId=nothing', { key: 'brandMember' })
    expect(none.json<CasePage>().items).toEqual([])
    await service.store.people.change(personId, null, { deactivatedAt: new Date() })
  })
})

describe('a link of a mail', () => {
  it('is spent by an answer that handed the case on, and opens no other', async () => {
    const caseId = await cases.open()
    const url = answerLink(caseId)
    const unsure = [['verdict', 'unsure']] as [string, string][]
    expect((await post(url, unsure)).body).toContain('Your account manager takes over')
    await untilRecorded(cases.service, caseId, ({ phase }) => phase === 'awaitingAccountManager')

    const again = await post(url, [['verdict', 'genuine']])
    expect(again.statusCode).toBe(409)
    expect(again.body).toContain('This link has been used')
    expect((await show(url)).body).toContain('This link has been used')
    expect((await stateOf(caseId))?.answers).toHaveLength(1)
    expect((await post(answerLink(caseId), [['verdict', 'genuine']])).statusCode).toBe(200)
  })

  it('takes no verdict but those it is for', async () => {
    const caseId = await cases.open()
    const url = answerLink(caseId, { verdicts: ['genuine', 'unsure'] })
    expect((await show(url)).body).not.toContain('value="counterfeit"')
    expect((await post(url, CONFIRM)).statusCode).toBe(422)
    expect((await stateOf(caseId))?.answers).toEqual([])
  })

  it('is looked at by GET and HEAD, prefetched and scanned, and nothing changes', async () => {
    const caseId = await cases.open()
    const before = await stateOf(caseId)
    const list = await mailOf([caseId])
    for (const url of [answerLink(caseId), list, `${list}?select=all`]) {
      for (const method of ['GET', 'HEAD'] as const) {
        for (const headers of [
          {},
          { purpose: 'prefetch', 'sec-purpose': 'prefetch;prerender' },
          { 'user-agent': 'Mozilla/5.0 (compatible; SafeLinks)' },
        ]) {
          expect((await cases.api.app.inject({ method, url, headers })).statusCode).toBe(200)
        }
      }
      for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
        const { statusCode } = await cases.api.app.inject({ method, url })
        expect([404, 405]).toContain(statusCode)
      }
    }
    expect(await stateOf(caseId)).toEqual(before)
  })

  it('is revoked when its contact leaves', async () => {
    const caseId = await cases.open()
    const [url, list] = [answerLink(caseId), await mailOf([caseId])]
    const { store } = cases.service
    const brand = await store.brands.find(EVERYTHING, 'northwind')
    const [one] = buildBrand().contacts
    const contacts = one ? [{ ...one, contactId: 'new-one', email: 'new@northwind.example' }] : []
    await store.brands.update(EVERYTHING, 'northwind', brand?.rev ?? 0, { contacts })
    const isRefused = async () => (await show(list)).statusCode === 410
    await until('the change is noticed', isRefused, { withinMs: 8_000 })
    expect((await post(list, CONFIRM)).statusCode).toBe(410)
    expect((await post(url, CONFIRM)).statusCode).toBe(410)
    expect((await stateOf(caseId))?.answers).toEqual([])
  })
})
