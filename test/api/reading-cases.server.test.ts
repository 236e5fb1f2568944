import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { CaseStats } from '../../store/store.js'
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
    for (const query of [`limit=1&phase=closed&cursor=${next}`, 'cursor=abc', 'cursor=%00']) {
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
