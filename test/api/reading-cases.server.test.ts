import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Case } from '../../contract/case.js'
import type { CaseMail } from '../../contract/case-mails.js'
import type { Verification } from '../../contract/verification.js'
import type { PresentedEvent } from '../../contract/event.js'
import { brandRecipient, staffRecipient } from '../../domain/notice/recipients.js'
import type { Role } from '../../domain/vocabulary.js'
import { randomSuffix } from '../../platform/digest.js'
import { buildAccountManager } from '../builders/brand.js'
import { buildCaller } from '../builders/case.js'
import { decideWhenOpen, reportAskedCase, untilRecorded } from '../setup/reporting.js'
import { casePath, startApi, TEST_CONFIG } from './test-api.js'
import type { CaseStats, SentMail } from '../../store/store.js'
import { type CaseApi, outcome, startCaseApi } from './case-api.js'

let cases: CaseApi
beforeAll(async () => {
  cases = await startCaseApi()
})
afterAll(() => cases.stop())

describe('GET /v1/cases', () => {
  it('finds cases by every filter, page by page', async () => {
    const [caseId = ''] = await cases.openMany(4)
    const shown = await cases.read(caseId)
    const soon = new Date(Date.now() + 30 * 86_400_000).toISOString()
    const past = new Date(Date.now() - 3_600_000).toISOString()
    for (const query of [
      { brandId: 'northwind', phase: 'awaitingBrand', open: 'true' },
      { marketplace: 'taobao', severity: 'S2', assignee: 'ana-souza' },
      { ruleId: shown.ruleIds[0] ?? '', sellerId: shown.sellerId },
      { dueBefore: soon, updatedAfter: past, text: shown.listingId },
      { phase: 'awaitingBrand,awaitingLead', sort: 'dueAt', openedAfter: past },
      { sort: 'severity', openedBefore: soon },
    ]) {
      const search = new URLSearchParams({ ...query, limit: '3' } as Record<string, string>)
      const ids = await everyId(search)
      expect(ids).toContain(caseId)
      expect(new Set(ids).size).toBe(ids.length)
    }
    expect(await everyId(new URLSearchParams({ externalId: 'no-such' }))).toEqual([])
    expect(await everyId(new URLSearchParams({ brandId: 'contoso' }))).toEqual([])
  })

  it('refuses a cursor of another filter, and anything else that is none', async () => {
    const list = (query: string) =>
      cases.api.call('GET', `/v1/cases?${query}`, { key: 'brandMember' })
    await cases.openMany(2)
    const { next } = (await list('limit=1')).json<{ next: string }>()
    expect((await list(`limit=1&cursor=${next}`)).statusCode).toBe(200)
    expect(outcome(await list('cursor=%00'))).toEqual([400, 'invalid-request'])
    for (const query of [`limit=1&phase=closed&cursor=${next}`, 'cursor=abc', 'cursor=e30']) {
      expect(outcome(await list(query))).toEqual([400, 'invalid-cursor'])
    }
  })

  async function everyId(search: URLSearchParams): Promise<string[]> {
    const ids: string[] = []
    for (let cursor = ''; ;) {
      if (cursor) search.set('cursor', cursor)
      const page = await cases.api.call('GET', `/v1/cases?${search.toString()}`, {
        key: 'brandMember',
      })
      expect(page.statusCode).toBe(200)
      const { items, next } = page.json<{ items: { caseId: string }[]; next: string | null }>()
      ids.push(...items.map((item) => item.caseId))
      if (next === null) return ids
      cursor = next
    }
  }
})

describe('who decided', () => {
  const whoOf = async (caseId: string, key: string) => {
    const events = await cases.api.call('GET', casePath(caseId, '/events'), { key })
    const { items } = events.json<{ items: PresentedEvent[] }>()
    const decided = items.find(({ type }) => type === 'decided')
    const { decision } = await cases.read(caseId, key)
    expect(decided?.by).toEqual(decision?.by)
    expect((decided?.data['decision'] as Case['decision'])?.by).toEqual(decision?.by)
    return decision?.by
  }
  const decideAs = async (id: string, role: Role = 'brandMember') => {
    const one = await reportAskedCase(cases.service)
    const proof = role === 'brandMember' ? {} : { proof: 'they said so on the telephone' }
    await decideWhenOpen(one, {
      ...{ caseId: one.caseId, decisionId: `d-${randomSuffix()}`, verdict: 'genuine', ...proof },
      caller: buildCaller({ role, id, via: 'mailLink' }),
    })
    await untilRecorded(cases.service, one.caseId, ({ decision }) => decision !== null)
    return one.caseId
  }

  it('is shown by name beside the id: of a key, a contact and an account manager', async () => {
    const { keyId, secret } = await cases.api.makeKey({
      ...{ name: 'Northwind, Mei Lin', role: 'brandMember', brandIds: ['northwind'] },
    })
    const byKey = await cases.open()
    await cases.decide(byKey, { verdict: 'genuine' }, { key: secret })
    await untilRecorded(cases.service, byKey, ({ decision }) => decision !== null)
    const contact = brandRecipient('northwind', 'mei-lin')
    const byContact = await decideAs(contact)
    const manager = staffRecipient('ana-souza')
    const byManager = await decideAs(manager, 'accountManager')

    for (const key of ['operator', 'brandMember']) {
      expect(await whoOf(byKey, key)).toMatchObject({ id: keyId, name: 'Northwind, Mei Lin' })
      expect(await whoOf(byContact, key)).toMatchObject({ id: contact, name: 'Mei Lin' })
      expect(await whoOf(byManager, key)).toMatchObject({ id: manager, name: 'Ana Souza' })
    }
    expect(await whoOf(byKey, 'monitor')).toEqual({ role: 'brandMember', id: keyId, via: 'api' })
  })

  it('is who signed in, by name, and as a former one once they are deactivated', async () => {
    const { person, session } = await cases.api.makePerson({ name: 'Ines Prado' })
    const { personId } = person
    const caseId = await cases.open()
    await cases.decide(caseId, { verdict: 'genuine' }, { key: null, session })
    await untilRecorded(cases.service, caseId, ({ decision }) => decision !== null)
    const who = { role: 'brandMember', id: personId, name: 'Ines Prado', via: 'portal' }
    expect(await whoOf(caseId, 'brandMember')).toEqual(who)

    await cases.api.call('POST', `/v1/people/${personId}/deactivate`)
    expect(await whoOf(caseId, 'brandMember')).toEqual({ ...who, former: true })
  })

  it('is shown by id alone where there is no such person any more', async () => {
    const id = brandRecipient('northwind', 'gone')
    const shown = await whoOf(await decideAs(id), 'operator')
    expect(shown).toEqual({ role: 'brandMember', id, via: 'mailLink' })
  })

  it('is no address to a brand', async () => {
    const { keyId, secret } = await cases.api.makeKey({
      ...{ name: 'ines@platform.example', role: 'lead', brandIds: ['northwind'] },
    })
    const caseId = await cases.open()
    const body = { verdict: 'genuine', proof: 'a letter' } as const
    await cases.decide(caseId, body, { key: secret })
    await untilRecorded(cases.service, caseId, ({ decision }) => decision !== null)

    expect(await whoOf(caseId, 'operator')).toMatchObject({ name: 'ines@platform.example' })
    expect(await whoOf(caseId, 'brandMember')).toEqual({ role: 'lead', id: keyId, via: 'api' })
  })
})

describe('GET /v1/stats', () => {
  it('reports any period, by brand or account manager, and refuses one that ends first', async () => {
    await cases.open()
    const get = (query: string) => cases.api.call('GET', `/v1/stats?${query}`)
    const period = 'from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z'
    const answer = (await get('groupBy=accountManager')).json<CaseStats>()
    expect(answer.groups?.[0]?.id).toBe('ana-souza')
    const year = (await get(`${period}&groupBy=brand`)).json<{ from: string }>()
    expect(year.from).toBe('2026-01-01T00:00:00.000Z')
    const wrong = await get('from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z')
    expect(outcome(wrong)).toEqual([422, 'invalid-value'])
  })

  it('counts the caller’s own cases', async () => {
    await cases.open()
    await Promise.all(Array.from({ length: 4 }, () => cases.openAndRelease()))

    const own = (await cases.api.call('GET', '/v1/stats', { key: 'brandMember' })).json<{
      decidedToday: number
      openByPhase: Record<string, number>
      timeToDecisionMs: { n: number; p50: number }
    }>()
    expect(own.decidedToday).toBeGreaterThan(3)
    expect(own.openByPhase['awaitingBrand']).toBeGreaterThan(0)
    expect(own.timeToDecisionMs.n).toBeGreaterThan(3)
    expect(own.timeToDecisionMs.p50).toBeGreaterThan(0)
    const { secret } = await cases.api.makeKey({ role: 'brandMember', brandIds: ['contoso'] })
    const none = (await cases.api.call('GET', '/v1/stats', { key: secret })).json<typeof own>()
    expect([none.decidedToday, none.openByPhase]).toEqual([0, {}])
  })
})

describe('the record of a case', () => {
  it('says why each entry happened and whose turn followed, but to monitors no policy', async () => {
    const caseId = await cases.open()
    const read = async (key: string) =>
      (await cases.api.call('GET', casePath(caseId, '/events'), { key })).json<{
        items: PresentedEvent[]
      }>().items
    const [, asked] = await read('brandMember')
    expect(asked).toMatchObject({ type: 'asked', phase: 'awaitingBrand', owner: 'brand' })
    expect(asked?.clause).toMatchObject({ name: 'window', path: 'severities.S2.brand.windowMs' })
    expect((await read('monitor')).map(({ clause }) => clause)).toEqual([null, null])
  })

  it('names who looks after it and to whom it was given, but to monitors nobody', async () => {
    const caseId = await cases.open()
    const accountManagerId = `bo-${randomSuffix()}`
    const { accountManagers } = cases.service.store
    await accountManagers.create(buildAccountManager({ accountManagerId, name: 'Bo Chen' }))
    const to = { role: 'accountManager', to: accountManagerId, reason: 'hers' }
    expect(await cases.read(caseId)).toMatchObject({ accountManagerName: 'Ana Souza' })
    await cases.send(caseId, 'reassign', to, { key: 'lead' })
    await untilRecorded(cases.service, caseId, ({ rev }) => rev > 2)
    expect(await cases.read(caseId)).toMatchObject({ accountManagerName: 'Bo Chen' })
    expect(await cases.read(caseId, 'monitor')).toMatchObject({ accountManagerName: null })
    const events = await cases.api.call('GET', casePath(caseId, '/events'), { key: 'brandMember' })
    const { items } = events.json<{ items: PresentedEvent[] }>()
    const names = { fromName: 'Ana Souza', toName: 'Bo Chen' }
    expect(items.find(({ type }) => type === 'reassigned')?.data).toMatchObject(names)
  })

  it('is verified to its last hash', async () => {
    const caseId = await cases.open()
    const events = await cases.api.call('GET', casePath(caseId, '/events'), { key: 'brandMember' })
    const { items } = events.json<{ items: PresentedEvent[] }>()
    const answer = await cases.api.call('GET', casePath(caseId, '/verification'), {
      key: 'brandMember',
    })
    expect(answer.json()).toMatchObject({
      ...{ caseId, eventCount: 2, headHash: items.at(-1)?.hash, finding: null },
    })
  })

  it('says what does not fit, and to staff in words', async () => {
    const caseId = await cases.open()
    const $set = { 'data.whyUnverifiable': 'edited' }
    await cases.service.database.raw
      .collection('caseEvents')
      .updateOne({ caseId, seq: 1 }, { $set })
    const verify = async (key: string) =>
      (await cases.api.call('GET', casePath(caseId, '/verification'), { key })).json<Verification>()
    expect((await verify('brandMember')).finding).toEqual({ seq: 1, problem: 'shown' })
    expect((await verify('lead')).finding).toMatchObject({ detail: expect.any(String) })
  })

  it('comes with its mails: those to the brand for the brand, all of them for staff', async () => {
    const caseId = await cases.open()
    const at = new Date()
    const mails = [brandRecipient('northwind', 'mei-lin'), staffRecipient('ana-souza')].map(
      (contactId): SentMail => ({
        ...{ mailId: `${contactId}~${randomSuffix()}`, messageId: null, contactId, kind: 'asked' },
        ...{ sentAt: at, caseIds: [caseId], result: 'refused', resultAt: at, detail: '550 no' },
      }),
    )
    for (const mail of mails) await cases.service.store.mails.keep(mail)
    const read = async (key: string) =>
      (await cases.api.call('GET', casePath(caseId, '/mails'), { key })).json<{
        items: CaseMail[]
      }>().items
    const refused = (await read('brandMember')).filter(({ result }) => result === 'refused')
    expect(refused).toEqual([
      {
        ...{ kind: 'asked', result: 'refused', sentAt: at.toISOString() },
        ...{ resultAt: at.toISOString(), to: { id: mails[0]?.contactId, name: 'Mei Lin' } },
      },
    ])
    const all = (await read('lead')).filter(({ result }) => result === 'refused')
    expect(all.map(({ to, detail }) => [to.name, detail])).toEqual([
      ['Mei Lin', '550 no'],
      ['Ana Souza', '550 no'],
    ])
  })

  it('leads staff to its workflow, where the Temporal UI is known', async () => {
    const caseId = await cases.open()
    const config = {
      ...TEST_CONFIG,
      TEMPORAL_UI_URL: 'http://127.0.0.1:8233/',
      TEMPORAL_NAMESPACE: 'jf',
    }
    const api = await startApi(cases.service, { config })
    const read = async (key: string) =>
      (await api.call('GET', casePath(caseId), { key })).json<Case>()
    const [workflowId] = /^.*(?=~)/.exec(caseId) ?? []
    const { temporalUiUrl } = await read('lead')
    expect(decodeURIComponent(temporalUiUrl ?? '')).toBe(
      `http://127.0.0.1:8233/namespaces/jf/workflows/${workflowId}`,
    )
    expect((await read('brandMember')).temporalUiUrl).toBeNull()
    expect((await cases.read(caseId, 'lead')).temporalUiUrl).toBeNull()
    await api.close()
  })
})
