import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Client } from '@temporalio/client'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { LARGE_BRAND, SMALL_BRAND } from '../../tools/bench/lists/records.js'
import { type Plan, planOf, plansOf } from '../../tools/bench/lists/plan.js'
import {
  type ListQuery,
  listQueries,
  nameOf,
  type Reader,
} from '../../tools/bench/lists/queries.js'
import { seed } from '../../tools/bench/lists/seeding/seed.js'
import { openTestDatabase, type TestDatabase } from '../builders/database.js'
import { startApi, type TestApi } from './test-api.js'

const CASES = 300
/** What one person looks after, one listing or one report concerns is few, and may be sorted. */
const FEW = ['assignee', 'listingId', 'externalId']
const MOST_OF_FEW = 60
const now = Date.now()

let database: TestDatabase
let api: TestApi
let keys: Record<Reader, string>

beforeAll(async () => {
  database = await openTestDatabase()
  await seed({ mongodbUri: database.options.uri, first: 0, step: 1, end: CASES, now })
  api = await startApi({ store: database.store, client: {} as Client })
  const keyOf = async (brandIds: string[] | '*') =>
    (await api.makeKey({ role: 'accountManager', brandIds, marketplaces: '*' })).secret
  keys = {
    largeBrand: await keyOf([LARGE_BRAND]),
    smallBrand: await keyOf([SMALL_BRAND]),
    staff: await keyOf('*'),
  }
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

describe('a list of cases', () => {
  const lists = listQueries(now).map((list) => [nameOf(list), list] as const)

  async function planOfList({ reader, query, limit }: ListQuery): Promise<Plan> {
    const search = new URLSearchParams({ ...query, limit: String(limit) }).toString()
    const { db } = database.raw
    if (!db) throw new Error('the database is not connected')
    return planOf(db, async () => {
      const answer = await api.call('GET', `/v1/cases?${search}`, { key: keys[reader] })
      expect(answer.statusCode).toBe(200)
    })
  }

  it.each(lists.filter(([, { mayGrow }]) => !mayGrow))(
    'is read in the order of an index: %s',
    async (_name, list) => {
      const plan = await planOfList(list)
      expect(plan.summary).toMatch(/^IXSCAN/)
      const isFew = FEW.some((name) => name in list.query)
      expect(plan.sorted).toBeLessThanOrEqual(isFew ? MOST_OF_FEW : 0)
    },
  )

  it.each(lists.filter(([, { query }]) => 'text' in query))(
    'is searched without reading a case that does not fit: %s',
    async (_name, list) => {
      const { docsExamined, returned, keysExamined } = await planOfList(list)
      expect(docsExamined).toBe(returned)
      expect(keysExamined).toBeGreaterThan(returned)
    },
  )
})

describe('the dashboard', () => {
  it.each(['largeBrand', 'smallBrand', 'staff'] as const)(
    'is counted in indexes, and reads no case but those of its period: %s',
    async (reader) => {
      const { db } = database.raw
      if (!db) throw new Error('the database is not connected')
      const days = 30
      const from = new Date(now - days * DAY_MS).toISOString()
      const plans = await plansOf(db, async () => {
        const answer = await api.call('GET', `/v1/stats/dashboard?from=${from}`, {
          key: keys[reader],
        })
        expect(answer.statusCode).toBe(200)
      })
      const reading = plans.filter(({ docsExamined }) => docsExamined > 0)

      expect(plans).toHaveLength(6)
      expect(plans.filter(({ summary }) => !summary.startsWith('IXSCAN'))).toEqual([])
      expect(plans.map(({ sorted }) => sorted)).toEqual(plans.map(() => 0))
      // The two periods, whose cases are read as they are; all else is in the indexes.
      expect(reading).toHaveLength(2)
      expect(reading.map(({ docsExamined }) => docsExamined)).toEqual(
        reading.map(({ returned }) => returned),
      )
    },
  )
})
