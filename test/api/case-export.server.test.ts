import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Client } from '@temporalio/client'
import { parse } from 'csv-parse/sync'
import { until } from '../../local/until.js'
import type { Store } from '../../store/store.js'
import { LARGE_BRAND } from '../../tools/bench/lists/records.js'
import { seed } from '../../tools/bench/lists/seeding/seed.js'
import { buildCase } from '../builders/case.js'
import { openTestDatabase, saveBuiltCase, type TestDatabase } from '../builders/database.js'
import { buildSighting } from '../builders/sighting.js'
import { startApi, type TestApi } from './test-api.js'

const SEEDED = 201
const CASES = SEEDED * 50
const FORMULA = '=HYPERLINK("https://evil.example";"Open")'

let database: TestDatabase
let api: TestApi
let key: string
let brandKey: string
/** Pages of cases that were read from the database. */
let pages = 0
let failsAfter = Infinity

beforeAll(async () => {
  database = await openTestDatabase()
  const mongodbUri = database.options.uri
  await seed({ mongodbUri, now: Date.now(), first: 0, step: 1, end: SEEDED })
  await repeatRows()
  const formula = buildSighting({ brandId: 'contoso', listing: { title: FORMULA } })
  await saveBuiltCase(database.store, buildCase({ sighting: formula }))
  const { cases } = database.store
  const counted: Store['cases'] = {
    ...cases,
    list: (...asked) => {
      pages += 1
      if (pages > failsAfter) return Promise.reject(new Error('the database went away'))
      return cases.list(...asked)
    },
  }
  api = await startApi({ store: { ...database.store, cases: counted }, client: {} as Client })
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  const made = { role: 'accountManager', marketplaces: '*' } as const
  key = (await api.makeKey({ ...made, brandIds: '*' })).secret
  brandKey = (await api.makeKey({ ...made, role: 'brandMember', brandIds: [LARGE_BRAND] })).secret
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

/** Rows as the store wrote them, under other ids and at other moments: as many take the store minutes. */
async function repeatRows(): Promise<void> {
  const rows = database.raw.collection<{ _id: string; openedAt: Date }>('cases')
  const written = await rows.find().toArray()
  for (let n = 1; n < CASES / SEEDED; n++) {
    await rows.insertMany(
      written.map((row) => ({
        ...row,
        _id: `${row._id}-${n}`,
        openedAt: new Date(row.openedAt.getTime() - n * 1_000),
      })),
    )
  }
}

function exported(query: string, by = key): Promise<http.IncomingMessage> {
  pages = 0
  const { port } = api.app.server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/v1/cases:export?${query}`
  return new Promise((resolve, reject) => {
    http.get(url, { headers: { authorization: `Bearer ${by}` } }, resolve).on('error', reject)
  })
}

describe('an export', () => {
  it('is every case of the list as a table that no spreadsheet takes for formulas', async () => {
    const answer = await exported('format=csv')
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': expect.stringMatching(/^attachment; filename="cases-[\d-]+\.csv"$/),
    })
    const rows = parse<Record<string, string>>(await text(answer), { bom: true, columns: true })
    expect(new Set(rows.map(({ caseId }) => caseId)).size).toBe(CASES + 1)
    expect(rows).toHaveLength(CASES + 1)
    expect(rows.find(({ brandId }) => brandId === 'contoso')?.['title']).toBe(`'${FORMULA}`)
  })

  it('holds what the list holds: the same filters, the same order, the same brands', async () => {
    const query = 'open=true&sort=severity'
    const list = await api.call('GET', `/v1/cases?${query}&limit=200`, { key: brandKey })
    const answer = await exported(`${query}&format=json`, brandKey)
    const cases = JSON.parse(await text(answer)) as { brandId: string; phase: string }[]
    expect(cases.slice(0, 200)).toEqual(list.json<{ items: unknown[] }>().items)
    expect(new Set(cases.map(({ brandId }) => brandId))).toEqual(new Set([LARGE_BRAND]))
    expect(cases.some(({ phase }) => phase === 'closed')).toBe(false)
  })

  it('waits for who reads slowly, with a few pages in memory, and gives them all', async () => {
    const answer = await exported('format=json')
    answer.pause()
    let seen = -1
    const isStill = () => {
      const before = seen
      seen = pages
      return seen > 0 && before === seen
    }
    await until('it stops to read', async () => isStill(), { withinMs: 20_000, everyMs: 1_000 })
    expect(seen).toBeLessThan(CASES / 200 - 5)

    expect(JSON.parse(await text(answer))).toHaveLength(CASES + 1)
  })

  it('that cannot be ended is cut off, so that nobody takes it for whole', async () => {
    failsAfter = 3
    const answer = await exported('format=csv')
    await expect(text(answer)).rejects.toThrow('aborted')
    failsAfter = Infinity
  })

  it('refuses what the list refuses', async () => {
    expect((await exported('severity=S9')).statusCode).toBe(400)
    expect((await exported('format=xml')).statusCode).toBe(400)
    expect((await exported('limit=5')).statusCode).toBe(400)
  })
})
