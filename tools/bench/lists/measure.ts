import path from 'node:path'
import mongoose from 'mongoose'
import { Pool } from 'undici'
import { createApiClient } from '../../../client/client.js'
import { type Progress, secondsSince } from '../../../local/provision/progress.js'
import { startStack } from '../../../local/stack.js'
import type { Ports } from '../../../local/stack/ports.js'
import { openKeyRing } from '../../../local/world/key-ring.js'
import { writeMarketplacesFile } from '../../../local/world/marketplaces-file.js'
import { readSecrets } from '../../../local/world/secrets.js'
import { createStore } from '../../../store/create-store.js'
import { type Samples, timed, type Timing, timingOf } from '../timing.js'
import { type Plan, planOf } from './plan.js'
import { type ListQuery, listQueries, nameOf, type Reader } from './queries.js'
import { LARGE_BRAND, MARKETPLACES, SMALL_BRAND } from './records.js'
import { seedInParallel, verifySample } from './seeding/in-parallel.js'

// The twentieth part of the slowest is what is looked at: of a hundred, five.
const ROUNDS = 40
const PER_ROUND = 10
const WARMING_UP = 5
const VERIFIED = 200

/** One list at one number of cases. */
export interface ListAt {
  cases: number
  timing: Timing
  plan: Plan
}
/** One list at every number of cases, in ascending order. */
export interface ListFigures {
  name: string
  limit: number
  mayGrow: boolean
  at: ListAt[]
}
/** Lists at growing numbers of cases. */
export interface ListMeasurement {
  lists: ListFigures[]
  /** How the cases came to be on record, per size. */
  seeding: { cases: number; added: number; tookMs: number; verified: number }[]
}

/** What to measure with. */
export interface ListOptions {
  dataDir: string
  ports: Ports
  sizes: readonly number[]
  progress: Progress
  env: Readonly<Record<string, string>>
}

/**
 * Puts cases on record up to each of the sizes and times `GET /v1/cases` there, one request at a time.
 * Without a worker, which would go on with the open ones.
 */
export async function measureLists(options: ListOptions): Promise<ListMeasurement> {
  const { dataDir, ports, sizes, progress, env } = options
  const sandboxUrl = `http://127.0.0.1:${ports.sandbox}`
  const marketplaces = MARKETPLACES.map((id) => ({ id, name: id }))
  const stack = await startStack({
    dataDir,
    ports,
    processes: ['api'],
    onProgress: progress,
    temporalUi: false,
    env: {
      ...(await readSecrets(dataDir)),
      MARKETPLACES_FILE: await writeMarketplacesFile(dataDir, sandboxUrl, marketplaces),
      ...env,
    },
  })
  const { api: apiUrl, mongodb: mongodbUri } = stack.urls
  const store = createStore({ uri: mongodbUri })
  const client = new mongoose.mongo.MongoClient(mongodbUri)
  const pool = new Pool(apiUrl, { connections: 1 })
  try {
    const keys = await readerKeys(dataDir, apiUrl, mongodbUri)
    const now = Date.now()
    const queries = listQueries(now)
    const ask = (list: ListQuery) => askFor(pool, keys[list.reader], list)
    const lists = queries.map((list) => ({ ...list, name: nameOf(list), at: [] as ListAt[] }))
    const seeding: ListMeasurement['seeding'] = []
    let from = 0
    for (const cases of sizes.toSorted((a, b) => a - b)) {
      progress.report('lists', `putting cases on record, up to ${cases}`)
      const startedAtMs = performance.now()
      await seedInParallel({ mongodbUri, now, from, end: cases })
      const tookMs = performance.now() - startedAtMs
      const verified = await verifySample(store, VERIFIED, cases)
      progress.report('lists', `${cases} are on record (${secondsSince(startedAtMs)}); asking`)
      seeding.push({ cases, added: cases - from, tookMs, verified })
      from = cases
      // Else what was just written goes to disk while lists are timed.
      await client.db('admin').command({ fsync: 1 })
      const timings = await inTurns(queries, ask)
      for (const [index, list] of queries.entries()) {
        const plan = await planOf(client.db(), () => ask(list))
        const timing = timingOf(timings[index] ?? [])
        lists[index]?.at.push({ cases, timing, plan })
      }
    }
    return {
      lists: lists.map(({ name, limit, mayGrow, at }) => ({ name, limit, mayGrow, at })),
      seeding,
    }
  } finally {
    await Promise.all([pool.close(), client.close(), store.close()])
    await stack.stop()
  }
}

async function readerKeys(dataDir: string, apiUrl: string, mongodbUri: string) {
  const keys = await openKeyRing({
    dataDir: path.join(dataDir, 'keys'),
    apiUrl,
    mongodbUri,
    brandIds: [LARGE_BRAND],
    marketplaces: MARKETPLACES,
  })
  const small = { name: 'small brand', role: 'brandMember', brandIds: [SMALL_BRAND] }
  const operator = createApiClient(apiUrl, keys.operator)
  const made = await operator.post<{ key: string }>('/api-keys', small)
  return {
    largeBrand: keys.brandMember,
    smallBrand: made.key,
    staff: keys.accountManager,
  } satisfies Record<Reader, string>
}

/** Every list in every round, so that whatever else the machine does meets all of them. */
async function inTurns(
  queries: readonly ListQuery[],
  ask: (list: ListQuery) => Promise<void>,
): Promise<Samples[][]> {
  const timings = queries.map(() => [] as Samples[])
  for (const list of queries) for (let i = 0; i < WARMING_UP; i++) await ask(list)
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, list] of queries.entries()) {
      timings[index]?.push(await timed(new Array<null>(PER_ROUND).fill(null), 1, () => ask(list)))
    }
  }
  return timings
}

async function askFor(pool: Pool, key: string, { query, limit }: ListQuery): Promise<void> {
  const params = new URLSearchParams({ ...query, limit: String(limit) })
  const { statusCode, body } = await pool.request({
    method: 'GET',
    path: `/v1/cases?${params.toString()}`,
    headers: { authorization: `Bearer ${key}` },
  })
  const text = await body.text()
  if (statusCode !== 200)
    throw new Error(`GET /v1/cases?${params.toString()}: ${statusCode} ${text}`)
}
