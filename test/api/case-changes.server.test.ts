import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { until } from '../../local/until.js'
import { type CaseApi, outcome, startCaseApi } from './case-api.js'

interface Changes {
  items: { caseId: string; outcome: string | null; updatedAt: string }[]
  next: string
  isEnd: boolean
}

let cases: CaseApi
const ended = new AbortController()
let numbering: Promise<void>
beforeAll(async () => {
  cases = await startCaseApi()
  const log = { warn: () => undefined }
  numbering = cases.service.store.changes.follow({ signal: ended.signal, log })
})
afterAll(async () => {
  ended.abort()
  await numbering
  await cases.stop()
})

const get = (query: string, key = 'monitor') =>
  cases.api.call('GET', `/v1/cases:changes?${query}`, { key })
const changesAfter = async (after: string, key?: string) =>
  (await get(`limit=5&after=${after}`, key)).json<Changes>()

/** Decides about new cases, all in one batch, while `look` is called again and again. */
async function decidedWhile(look: () => Promise<boolean>): Promise<void> {
  const asked = until('every outcome has been seen', look, { withinMs: 40_000, everyMs: 30 })
  const ids = await cases.openMany(15)
  const decisions = ids.map((caseId) => ({ caseId }))
  await cases.batch({ verdict: 'genuine', decisions })
  wanted = new Set(ids)
  await asked
}
let wanted = new Set<string>()

describe('whoever goes on from where they stopped', () => {
  it('gets every outcome from GET /v1/cases:changes, several cases to a page', async () => {
    let { next: after } = await changesAfter('latest')
    const ended = new Set<string>()
    wanted = new Set(['none yet'])
    await decidedWhile(async () => {
      const page = await changesAfter(after)
      expect(new Set(page.items.map(({ caseId }) => caseId)).size).toBe(page.items.length)
      for (const item of page.items) if (item.outcome === 'released') ended.add(item.caseId)
      after = page.next
      return [...wanted].every((caseId) => ended.has(caseId))
    })
    expect(await changesAfter(after)).toEqual({ items: [], next: expect.any(String), isEnd: true })
  })

  it('gets every outcome from GET /v1/cases?updatedAfter, asking from the latest change seen', async () => {
    const ended = new Set<string>()
    let updatedAfter = new Date().toISOString()
    wanted = new Set(['none yet'])
    await decidedWhile(async () => {
      const query = new URLSearchParams({ updatedAfter, limit: '200' })
      const page = await cases.api.call('GET', `/v1/cases?${query.toString()}`, { key: 'monitor' })
      for (const item of page.json<Changes>().items) {
        if (item.updatedAt > updatedAfter) updatedAfter = item.updatedAt
        if (item.outcome === 'released') ended.add(item.caseId)
      }
      return [...wanted].every((caseId) => ended.has(caseId))
    })
    expect(ended.size).toBeGreaterThanOrEqual(15)
  })

  it('is shown their own cases only', async () => {
    const { next } = await changesAfter('latest')
    const caseId = await cases.openAndRelease()
    let after = next
    const isRead = async () => {
      const page = await changesAfter(after)
      after = page.next
      return page.items.some((item) => item.caseId === caseId)
    }
    await until('the change is in the feed', isRead, { withinMs: 20_000 })
    const { secret } = await cases.api.makeKey({ role: 'brandMember', brandIds: ['contoso'] })
    const others = await changesAfter(next, secret)
    expect([others.items, others.isEnd]).toEqual([[], true])
  })
})

describe('a cursor', () => {
  it('of nothing is refused, and of another history has expired', async () => {
    for (const cursor of ['abc', 'W10', encodeURIComponent('["a",1]')]) {
      expect(outcome(await get(`after=${cursor}`))).toEqual([400, 'invalid-cursor'])
    }
    const other = Buffer.from(JSON.stringify(['another', 1, 1])).toString('base64url')
    const answer = await get(`after=${other}`)
    expect(outcome(answer)).toEqual([410, 'cursor-expired'])
    expect(answer.body).toContain('after=latest')
  })
})
