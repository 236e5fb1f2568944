import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DAY_MS, DEFAULT_CALENDAR, HOUR_MS } from '../../domain/brand/calendar.js'
import type { Dashboard } from '../../contract/dashboard.js'
import type { WindowCalendars } from '../../domain/brand/window-calendars.js'
import { DEFAULT_POLICY } from '../../domain/brand/policy.js'
import { until } from '../../local/until.js'
import { generateApiKey } from '../../platform/api-key.js'
import { buildAccountManager, buildApiKey, buildBrand } from '../builders/brand.js'
import { answerCase, buildCase, buildDecision } from '../builders/case.js'
import { openTestDatabase, saveBuiltCase, type TestDatabase } from '../builders/database.js'
import { EVERYTHING } from '../../store/store.js'
import { openNamespace, type OwnNamespace } from '../setup/namespace.js'
import { type Answer, problemOf, startApi, type TestApi } from './test-api.js'

let database: TestDatabase
let own: OwnNamespace
let api: TestApi

beforeAll(async () => {
  ;[database, own] = await Promise.all([openTestDatabase(), openNamespace()])
  const { accountManagers, brands } = database.store
  await accountManagers.create(
    buildAccountManager({ accountManagerId: 'li-wei', role: 'lead', leadId: null }),
  )
  await accountManagers.create(buildAccountManager())
  await brands.create(buildBrand())
  await brands.create(buildBrand({ brandId: 'contoso', name: 'Contoso' }))
  api = await startApi({ store: database.store, client: own.client })
})
afterAll(async () => {
  await api.close()
  await own.connection.close()
  await database.drop()
})

const etagOf = (answer: Answer) => String(answer.headers.etag)
const { contacts } = buildBrand()

describe('/v1/brands', () => {
  it('adds a brand with the default policy, and shows it under its Location', async () => {
    const body = { brandId: 'fabrikam', name: 'Fabrikam', contacts, accountManagerId: 'ana-souza' }
    const created = await api.call('POST', '/v1/brands', { body })
    expect(created.statusCode).toBe(201)

    const read = await api.call('GET', String(created.headers.location))
    expect(read.json()).toEqual(created.json())
    expect(etagOf(read)).toBe(etagOf(created))
    expect(read.json()).toMatchObject({ brandId: 'fabrikam', active: true, policyVersion: 1 })
    const policy = await api.call('GET', '/v1/brands/fabrikam/policy')
    expect(policy.json()).toEqual({ version: 1, policy: DEFAULT_POLICY })
  })

  it.each([
    ['an id that is taken', { brandId: 'northwind' }, 409, 'already-exists'],
    ['an account manager nobody knows', { accountManagerId: 'nobody' }, 422, 'invalid-value'],
    ['a lead as account manager', { accountManagerId: 'li-wei' }, 422, 'invalid-value'],
    ['two contacts of one id', { contacts: [...contacts, ...contacts] }, 422, 'invalid-value'],
    ['no contact', { contacts: [] }, 400, 'invalid-request'],
    ['a field of ours', { rev: 7 }, 400, 'invalid-request'],
  ])('refuses a brand with %s', async (_what, change, status, code) => {
    const body = { brandId: 'wingtip', name: 'Wingtip', contacts, ...change }
    const answer = await api.call('POST', '/v1/brands', { body })

    expect(answer.statusCode).toBe(status)
    expect(problemOf(answer).code).toBe(code)
  })

  it('changes what was read, and only that', async () => {
    const path = '/v1/brands/northwind'
    const before = await api.call('GET', path)
    const change = { body: { name: 'Northwind Ltd' } }

    const blind = await api.call('PATCH', path, change)
    expect([blind.statusCode, problemOf(blind).code]).toEqual([428, 'if-match-required'])
    const headers = { 'if-match': etagOf(before) }
    const done = await api.call('PATCH', path, { ...change, headers })
    expect(done.statusCode).toBe(200)
    expect(done.json()).toMatchObject({ name: 'Northwind Ltd', contacts })
    expect(etagOf(done)).not.toBe(etagOf(before))
    const late = await api.call('PATCH', path, { ...change, headers })
    expect([late.statusCode, problemOf(late).code]).toEqual([412, 'stale-revision'])
    const odd = await api.call('PATCH', path, { ...change, headers: { 'if-match': '*' } })
    expect(odd.statusCode).toBe(412)
  })

  it('lets an administrator change contacts, not who looks after the brand', async () => {
    const path = '/v1/brands/northwind'
    const headers = { 'if-match': etagOf(await api.call('GET', path)) }
    const call = (body: object) => api.call('PATCH', path, { key: 'brandAdmin', headers, body })

    const refused = await call({ active: false })
    expect([refused.statusCode, problemOf(refused).code]).toEqual([403, 'not-allowed-for-role'])
    expect((await call({ contacts })).statusCode).toBe(200)
  })

  it('pages through brands', async () => {
    const ids: string[] = []
    for (let after = ''; ;) {
      const query = `limit=1${after && `&after=${after}`}`
      const page = await api.call('GET', `/v1/brands?${query}`)
      const { items, next } = page.json<{ items: { brandId: string }[]; next: string | null }>()
      ids.push(...items.map(({ brandId }) => brandId))
      if (next === null) break
      after = next
    }
    expect(ids).toEqual([...new Set(ids)].sort())
    expect(ids).toEqual(expect.arrayContaining(['contoso', 'northwind']))
  })
})

describe('a calendar', () => {
  it.each([
    ['CN', 200],
    ['DE-BY', 200],
    ['XX', 422],
    ['China', 400],
  ])('with the public holidays of %s is answered with %i', async (country, status) => {
    const path = '/v1/brands/northwind'
    const headers = { 'if-match': etagOf(await api.call('GET', path)) }
    const body = { calendar: { ...DEFAULT_CALENDAR, country, workdays: ['2026-02-15'] } }
    const answer = await api.call('PATCH', path, { headers, body })
    expect(answer.statusCode).toBe(status)
    const kept = answer.json<{ calendar?: { country?: string } }>().calendar?.country
    expect(kept).toBe(status === 200 ? country : undefined)
  })
})

describe('/v1/brands/{brandId}/policy', () => {
  const path = '/v1/brands/contoso/policy'
  const slower = { ...DEFAULT_POLICY, extensionMs: 3_600_000 }

  it('keeps every version', async () => {
    const headers = { 'if-match': etagOf(await api.call('GET', path)) }
    const saved = await api.call('PUT', path, { headers, body: slower })
    expect(saved.json()).toEqual({ version: 2, policy: slower })
    expect((await api.call('PUT', path, { headers, body: slower })).statusCode).toBe(412)

    const { items } = (await api.call('GET', `${path}/versions`)).json<{ items: object[] }>()
    expect(items).toHaveLength(2)
    expect(items).toContainEqual(
      expect.objectContaining({ version: 2, policy: slower, savedBy: api.keys.operator.keyId }),
    )
  })

  it('refuses a policy the rules could not work with, and says why', async () => {
    const headers = { 'if-match': etagOf(await api.call('GET', path)) }
    const severities = structuredClone(DEFAULT_POLICY.severities)
    severities.S1.silence = 'release'
    const answer = await api.call('PUT', path, { headers, body: { ...slower, severities } })

    expect(answer.statusCode).toBe(422)
    expect(JSON.stringify(problemOf(answer)['errors'])).toContain('a safety case is never dropped')
    severities.S1 = {
      ...DEFAULT_POLICY.severities.S1,
      lead: { windowMs: 1, time: 'clock', remindersMs: [] },
    }
    const bomb = await api.call('PUT', path, { headers, body: { ...slower, severities } })
    expect(bomb.statusCode).toBe(422)
    expect(JSON.stringify(problemOf(bomb)['errors'])).toContain('S1.lead.windowMs')
  })
})

describe('/v1/brands/{brandId}/policy:replay', () => {
  it('says what a policy would have made of the cases that closed, and saves nothing', async () => {
    const path = '/v1/brands/northwind/policy'
    const openedAt = Date.now() - 3 * DAY_MS
    // One was answered after half an hour, the other after two hours, in the time of the brand.
    for (const afterMs of [HOUR_MS / 2, 2 * HOUR_MS]) {
      const asked = buildCase({ at: openedAt })
      const message = buildDecision({ caseId: asked.caseId, verdict: 'notOurs' })
      const answered = answerCase(asked, { name: 'decide', message }, openedAt + afterMs)
      expect(answered.state.phase).toBe('closed')
      await saveBuiltCase(database.store, answered)
    }
    const before = await api.call('GET', path, { key: 'brandMember' })
    const hasty = structuredClone(DEFAULT_POLICY)
    hasty.severities.S2.brand = { windowMs: HOUR_MS, time: 'clock', remindersMs: [] }
    const answer = await api.call('POST', `${path}:replay`, { key: 'brandMember', body: hasty })
    expect(answer.json()).toMatchObject({
      ...{ closed: 2, judged: 2, different: 1, isCapped: false },
      ...{ before: { brand: 2 }, after: { brand: 1, accountManager: 1 } },
    })
    const after = await api.call('GET', path, { key: 'brandMember' })
    expect(after.json()).toEqual(before.json())

    const bomb = structuredClone(hasty)
    bomb.severities.S2.brand.windowMs = 1
    const refused = await api.call('POST', `${path}:replay`, { key: 'brandMember', body: bomb })
    expect([refused.statusCode, problemOf(refused).code]).toEqual([422, 'invalid-value'])
  })
})

describe('/v1/brands/{brandId}/policy/calendars', () => {
  it('says in whose working days each window is counted, who is missing by who is there', async () => {
    const { accountManagers, brands } = database.store
    const calendarOf = (timeZone: string) => ({ ...DEFAULT_CALENDAR, timeZone })
    const lead = { accountManagerId: 'calendar-lead', role: 'lead', leadId: null } as const
    await accountManagers.create(
      buildAccountManager({ ...lead, calendar: calendarOf('Asia/Tokyo') }),
    )
    const manager = { accountManagerId: 'calendar-manager', calendar: calendarOf('Europe/Rome') }
    await accountManagers.create(buildAccountManager({ ...manager, leadId: lead.accountManagerId }))
    const zonesOf = async (brandId: string, accountManagerId: string | null) => {
      const calendar = calendarOf('America/Lima')
      await brands.create(buildBrand({ brandId, calendar, accountManagerId }))
      const { secret } = await api.makeKey({ role: 'brandMember', brandIds: [brandId] })
      const path = `/v1/brands/${brandId}/policy/calendars`
      const read = (await api.call('GET', path, { key: secret })).json<WindowCalendars>()
      return [read.brand, read.accountManager, read.lead].map(({ timeZone }) => timeZone)
    }
    const all = ['America/Lima', 'Europe/Rome', 'Asia/Tokyo']
    expect(await zonesOf('looked-after', manager.accountManagerId)).toEqual(all)
    expect(await zonesOf('on-its-own', null)).toEqual(Array(3).fill('America/Lima'))
  })
})

describe('/v1/stats/dashboard', () => {
  it('counts the cases of a period, and a look by somebody of the brand who is signed in', async () => {
    const asked = buildCase({ at: Date.now() - HOUR_MS })
    await saveBuiltCase(database.store, asked)
    const read = async (query = '') =>
      (
        await api.call('GET', `/v1/stats/dashboard${query}`, { key: 'brandMember' })
      ).json<Dashboard>()
    const before = await read()
    expect(before.current.cases).toBeGreaterThan(0)
    expect(before.current.toFirstView).toMatchObject({ n: before.current.cases, p50Ms: null })
    expect(before.current.toFirstView.censored).toBe(before.current.cases)
    const opened = before.course.reduce((sum, point) => sum + point.opened, 0)
    expect([opened, before.step]).toEqual([before.current.cases, 'day'])
    expect(before.previous.cases).toBe(0)
    const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0)
    const ages = before.open.flatMap(({ phase: _phase, ...ofPhase }) => Object.values(ofPhase))
    const ended = Object.values(before.current.outcomes).map((count) => count ?? 0)
    expect(sum(ages)).toBe(before.current.cases - sum(ended))
    expect(before.open).toContainEqual({
      phase: 'awaitingBrand',
      ...{ underOneDay: 1, oneToThreeDays: 0, threeToSevenDays: 0, older: 0 },
    })

    const path = `/v1/cases/${encodeURIComponent(asked.caseId)}/viewed`
    expect((await api.call('POST', path, { key: 'brandMember' })).statusCode).toBe(204)
    expect((await read()).current.toFirstView.censored).toBe(before.current.cases)
    const { session } = await api.makePerson({})
    for (let time = 0; time < 2; time++) {
      expect((await api.call('POST', path, { session })).statusCode).toBe(204)
    }
    expect((await read()).current.toFirstView.censored).toBe(before.current.cases - 1)
    const kept = await database.store.cases.get(EVERYTHING, asked.caseId)
    expect(kept?.rev).toBe(asked.state.rev)
  })

  it('refuses another brand, and a period that is none', async () => {
    const foreign = await api.call('GET', '/v1/stats/dashboard?brandId=contoso', {
      key: 'brandMember',
    })
    expect(foreign.statusCode).toBe(404)
    const backwards = 'from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z'
    const none = await api.call('GET', `/v1/stats/dashboard?${backwards}`, { key: 'brandMember' })
    expect([none.statusCode, problemOf(none).code]).toEqual([422, 'invalid-value'])
  })
})

describe('/v1/public-days', () => {
  it('lists countries, and the days of one', async () => {
    const all = await api.call('GET', '/v1/public-days', { key: 'brandMember' })
    expect(all.json()).toMatchObject({
      countries: expect.arrayContaining(['BR', 'CN']),
      days: null,
    })
    const brazil = await api.call('GET', '/v1/public-days?country=BR', { key: 'brandMember' })
    const year = new Date().getUTCFullYear()
    expect(brazil.json<{ days: { holidays: string[] } }>().days.holidays).toContain(`${year}-09-07`)
  })
})

describe('/v1/brands/{brandId}/authorised-sellers', () => {
  const path = '/v1/brands/northwind/authorised-sellers'

  it('authorises a seller for a SKU and a span of time, until it is taken back', async () => {
    const body = {
      marketplace: 'taobao',
      sellerId: 'official-shop',
      sku: 'BAG-1',
      validFrom: '2026-01-01T00:00:00.000Z',
      validUntil: '2027-01-01T00:00:00.000Z',
    }
    const created = await api.call('POST', path, { key: 'brandAdmin', body })
    expect(created.statusCode).toBe(201)
    expect(created.json()).toMatchObject({ ...body, brandId: 'northwind', caseId: null })

    const list = await api.call('GET', path, { key: 'brandMember' })
    expect(list.json()).toEqual({ items: [created.json()], next: null })
    const entry = String(created.headers.location)
    expect((await api.call('DELETE', entry, { key: 'brandAdmin' })).statusCode).toBe(204)
    expect((await api.call('DELETE', entry, { key: 'brandAdmin' })).statusCode).toBe(404)
  })

  it('lets a key authorise sellers on its own marketplaces only', async () => {
    const tenant = { brandIds: ['northwind'], marketplaces: ['taobao'] }
    const { secret } = await api.makeKey({ role: 'brandAdmin', ...tenant })
    const call = (marketplace: string) =>
      api.call('POST', path, { key: secret, body: { marketplace, sellerId: 'shop' } })

    const refused = await call('tmall')
    expect([refused.statusCode, problemOf(refused).code]).toEqual([422, 'invalid-value'])
    expect((await call('taobao')).statusCode).toBe(201)
  })

  it.each([
    ['an unknown marketplace', { marketplace: 'nowhere' }],
    ['an end before its start', { validUntil: '2020-01-01T00:00:00Z' }],
  ])('refuses %s', async (_what, change) => {
    const body = { marketplace: 'taobao', sellerId: 'shop', ...change }
    const answer = await api.call('POST', path, { body })

    expect([answer.statusCode, problemOf(answer).code]).toEqual([422, 'invalid-value'])
  })
})

describe('/v1/brands/{brandId}/authorised-sellers:import', () => {
  const path = '/v1/brands/northwind/authorised-sellers'
  const importing = (csv: string, query = '') =>
    api.call('POST', `${path}:import${query}`, {
      key: 'brandAdmin',
      body: csv,
      headers: { 'content-type': 'text/csv' },
    })
  const table =
    'marketplace,sellerId,sku,validFrom,validUntil,Remark\r\n' +
    "tmall,'=flagship,BAG-9,2026-01-01,2026-12-31,good\r\n" +
    'tmall,from-now,,,,\r\n' +
    'nowhere,shop,,,,\r\n' +
    'tmall,late,,,2020-01-01,\r\n' +
    'tmall,from-now,,,,\r\n'

  it('says what would become of each line, then adds it, and nothing twice', async () => {
    const counts = { added: 2, known: 1, refused: 2 }
    const preview = await importing(table, '?preview=true')
    expect(preview.json()).toMatchObject({ counts, ignoredColumns: ['Remark'] })
    const before = await api.call('GET', path, { key: 'brandMember' })
    expect(before.body).not.toContain('flagship')

    expect((await importing(table)).json()).toMatchObject({
      counts,
      results: [
        {
          line: 2,
          result: 'added',
          entry: {
            ...{ sellerId: '=flagship', sku: 'BAG-9', createdBy: api.keys.brandAdmin.keyId },
            // Whole days of the brand.
            ...{ validFrom: '2026-01-01T00:00:00.000Z', validUntil: '2027-01-01T00:00:00.000Z' },
          },
        },
        { line: 3, result: 'added', entry: { sku: null, validUntil: null } },
        { line: 4, result: 'refused', problem: { code: 'invalid-value' } },
        { line: 5, result: 'refused', problem: { code: 'invalid-value' } },
        { line: 6, result: 'known' },
      ],
    })
    const after = await api.call('GET', path, { key: 'brandMember' })
    expect(after.body.match(/from-now/g)).toHaveLength(1)
    expect((await importing(table)).json()).toMatchObject({
      counts: { added: 0, known: 3, refused: 2 },
    })
  })

  it('takes no text that is no table of sellers', async () => {
    const answer = await importing('Brand,Country\r\nx,y\r\n')
    expect([answer.statusCode, problemOf(answer).code]).toEqual([400, 'malformed-body'])
  })
})

describe('/v1/account-managers', () => {
  const person = { name: 'Bo Chen', email: 'bo@platform.example', locale: 'zh-CN' }

  it('adds, lists and changes people', async () => {
    const body = {
      accountManagerId: 'bo-chen',
      role: 'accountManager',
      leadId: 'li-wei',
      ...person,
    }
    const created = await api.call('POST', '/v1/account-managers', { body })
    expect(created.statusCode).toBe(201)

    const path = '/v1/account-managers/bo-chen'
    const headers = { 'if-match': etagOf(created) }
    const changed = await api.call('PATCH', path, { headers, body: { active: false } })
    expect(changed.json()).toMatchObject({ ...body, active: false })
    const again = await api.call('PATCH', path, { headers, body: { active: true } })
    expect(again.statusCode).toBe(412)
    expect((await api.call('PATCH', path, { body: { active: true } })).statusCode).toBe(428)
    const list = await api.call('GET', '/v1/account-managers', { key: 'lead' })
    expect(list.json<{ items: object[] }>().items).toContainEqual(changed.json())
  })

  it('refuses a lead who is none', async () => {
    const body = { accountManagerId: 'x-y', role: 'accountManager', leadId: 'ana-souza', ...person }
    const answer = await api.call('POST', '/v1/account-managers', { body })

    expect([answer.statusCode, problemOf(answer).code]).toEqual([422, 'invalid-value'])
  })
})

describe('/v1/api-keys', () => {
  const make = async (key: string, body: object) => api.call('POST', '/v1/api-keys', { key, body })
  type Created = { keyId: string; key: string }

  it('shows a key once, and stores only its hash', async () => {
    const created = await make('operator', {
      name: 'agency',
      role: 'brandMember',
      brandIds: ['northwind', 'contoso'],
    })
    expect(created.statusCode).toBe(201)
    const { keyId, key } = created.json<Created>()

    const read = await api.call('GET', `/v1/api-keys/${keyId}`)
    expect(read.json()).toMatchObject({ keyId, role: 'brandMember', revokedAt: null })
    expect(read.body).not.toContain(key)
    expect(read.body).not.toContain('hash')
    const kept = await database.raw.collection<{ _id: string }>('apiKeys').findOne({ _id: keyId })
    expect(JSON.stringify(kept)).not.toContain(key)
    const brands = await api.call('GET', '/v1/brands', { key })
    const ids = brands.json<{ items: { brandId: string }[] }>().items.map((b) => b.brandId)
    expect(ids).toEqual(['contoso', 'northwind'])
  })

  it('stops a revoked key within five seconds', async () => {
    const created = await make('operator', { name: 'leaked', role: 'lead', brandIds: '*' })
    const { keyId, key } = created.json<Created>()
    expect((await api.call('GET', '/v1/cases', { key })).statusCode).toBe(200)

    const revokedAt = Date.now()
    const revoked = await api.call('DELETE', `/v1/api-keys/${keyId}`)
    expect(revoked.json()).toEqual({ revoked: [keyId] })
    const isStopped = async () => (await api.call('GET', '/v1/cases', { key })).statusCode !== 200
    await until('the key stops working', isStopped, { withinMs: 6_000 })
    expect(Date.now() - revokedAt).toBeLessThan(5_000)
    expect(problemOf(await api.call('GET', '/v1/cases', { key })).detail).toContain('revoked')
  })

  it('lets an administrator handle the keys of the own brand, and no others', async () => {
    const own = { name: 'intern', role: 'brandMember', brandIds: ['northwind'] }
    const made = await make('brandAdmin', own)
    expect(made.statusCode).toBe(201)
    for (const body of [
      { ...own, brandIds: ['contoso'] },
      { ...own, brandIds: ['northwind', 'contoso'] },
      { name: 'up', role: 'operator' },
      { name: 'up', role: 'accountManager', brandIds: ['northwind'] },
    ]) {
      const refused = await make('brandAdmin', body)
      expect([refused.statusCode, problemOf(refused).code]).toEqual([403, 'not-allowed-for-role'])
    }
    const list = await api.call('GET', '/v1/api-keys?limit=200', { key: 'brandAdmin' })
    const { items } = list.json<{ items: { role: string; brandIds: string[] }[] }>()
    expect(items.length).toBeGreaterThan(1)
    expect(items.every(({ brandIds }) => brandIds.join() === 'northwind')).toBe(true)
    expect(items.every(({ role }) => role.startsWith('brand'))).toBe(true)
    const foreign = `/v1/api-keys/${api.keys.operator.keyId}`
    expect((await api.call('GET', foreign, { key: 'brandAdmin' })).statusCode).toBe(404)
    expect((await api.call('DELETE', foreign, { key: 'brandAdmin' })).statusCode).toBe(404)
  })

  it.each([
    ['a brand’s key without a brand', { role: 'brandMember' }],
    ['a brand’s key for all brands', { role: 'brandAdmin', brandIds: '*' }],
    ['a monitor’s key without a marketplace', { role: 'monitor' }],
    ['a key that has expired', { role: 'lead', expiresAt: '2020-01-01T00:00:00Z' }],
  ])('refuses %s', async (_what, body) => {
    const answer = await make('operator', { name: 'wrong', ...body })

    expect([answer.statusCode, problemOf(answer).code]).toEqual([422, 'invalid-value'])
  })
})

describe('keys', () => {
  it('that expired are refused', async () => {
    const { secret } = await api.makeKey({ expiresAt: new Date(Date.now() - 1) })
    const answer = await api.call('GET', '/v1/stats', { key: secret })

    expect([answer.statusCode, problemOf(answer).code]).toEqual([401, 'unauthenticated'])
    expect(answer.headers['www-authenticate']).toBe('Bearer')
  })

  it('are refused when the secret is not the one behind the id', async () => {
    const guessed = generateApiKey()
    const { hash } = generateApiKey()
    const { keyId, secret } = guessed
    await database.store.apiKeys.create(buildApiKey({ keyId, hash }))

    expect((await api.call('GET', '/v1/stats', { key: secret })).statusCode).toBe(401)
  })

  it.each([
    ['no key', null],
    ['a key of another form', 'jf_live_abc'],
    ['a key with a typing mistake', 'jf_live_aaaaaaaa_' + 'A'.repeat(49)],
  ])('are needed: %s is refused', async (_what, key) => {
    const answer = await api.call('GET', '/v1/stats', { key })

    expect([answer.statusCode, problemOf(answer).code]).toEqual([401, 'unauthenticated'])
  })
})
