import path from 'node:path'
import { createApiClient } from '../../../client/client.js'
import { type LiveMessage, openLiveStream } from '../../../client/live-stream.js'
import { happening } from '../../../domain/case/events.js'
import type { Progress } from '../../../local/provision/progress.js'
import { startStack } from '../../../local/stack.js'
import type { Ports } from '../../../local/stack/ports.js'
import { until } from '../../../local/until.js'
import { openKeyRing } from '../../../local/world/key-ring.js'
import { writeMarketplacesFile } from '../../../local/world/marketplaces-file.js'
import { readSecrets } from '../../../local/world/secrets.js'
import { inParallel } from '../../../platform/in-parallel.js'
import { createStore } from '../../../store/create-store.js'
import type { Store } from '../../../store/store.js'
import { type BuiltCase, buildCase, continueCase } from '../../../test/builders/case.js'
import { openCommand, saveCommand } from '../../../test/builders/case-commands.js'
import { MARKETPLACE, reportOf } from '../reports.js'
import { type Timing, timingOf } from '../timing.js'

const STREAMS_PER_BRAND = 10
const CASES_PER_BRAND = 4
const CHANGES_PER_SECOND = 20
const SECONDS = 15
const AT_ONCE = 20
const TOLD_WITHIN_MS = 10_000

/** How long it takes until what is saved is told. */
export interface LiveMeasurement {
  streams: number
  brands: number
  changes: number
  /** From the commit of a change to each stream of its brand. */
  latency: Timing
  /** How often a stream was not told of a change. */
  untold: number
}

/** What to measure with. */
export interface LiveOptions {
  dataDir: string
  ports: Ports
  progress: Progress
  env: Readonly<Record<string, string>>
  streams: number
}

/** Opens the streams, saves changes at a steady rate, and times when each stream has told of each. */
export async function measureLive(options: LiveOptions): Promise<LiveMeasurement> {
  const { dataDir, ports, progress, env } = options
  const brands = Math.ceil(options.streams / STREAMS_PER_BRAND)
  const stack = await startStack({
    dataDir,
    ports,
    processes: ['api'],
    onProgress: progress,
    temporalUi: false,
    env: {
      ...(await readSecrets(dataDir)),
      MARKETPLACES_FILE: await writeMarketplacesFile(dataDir, `http://127.0.0.1:${ports.sandbox}`, [
        MARKETPLACE,
      ]),
      ...env,
    },
  })
  const { api: apiUrl, mongodb: mongodbUri } = stack.urls
  const store = createStore({ uri: mongodbUri })
  const leaving = new AbortController()
  try {
    progress.report('live', `${options.streams} streams of ${brands} brands`)
    const keys = await keysOf(brands, { dataDir, apiUrl, mongodbUri })
    const cases = await putOnRecord(store, brands)
    const told = new Map<string, number[]>()
    const take = ({ cases: named }: LiveMessage) => {
      const at = performance.now()
      for (const { caseId, rev } of named) {
        const key = `${caseId} ${rev}`
        told.set(key, [...(told.get(key) ?? []), at])
      }
    }
    const indices = Array.from({ length: options.streams }, (_, index) => index)
    const reading = await inParallel(indices, AT_ONCE, async (index) => {
      const key = keys[index % brands] ?? ''
      const stream = await openLiveStream(apiUrl, key, { signal: leaving.signal })
      await stream.next()
      return { ended: readAll(stream, take, leaving.signal) }
    })
    progress.report('live', `${CHANGES_PER_SECOND} changes a second for ${SECONDS} s`)
    const startedAtMs = performance.now()
    const commits = await change(store, cases, CHANGES_PER_SECOND * SECONDS)
    const wallMs = performance.now() - startedAtMs
    const streamsOf = (brand: number) => indices.filter((index) => index % brands === brand).length
    const expected = commits.reduce((sum, { brand }) => sum + streamsOf(brand), 0)
    const heard = () => commits.reduce((sum, { key }) => sum + (told.get(key)?.length ?? 0), 0)
    await until('all is told', () => heard() >= expected, { withinMs: TOLD_WITHIN_MS }).catch(
      () => undefined,
    )
    leaving.abort()
    await Promise.all(reading.map(({ ended }) => ended))
    const tookMs = commits.flatMap(({ key, atMs }) =>
      (told.get(key) ?? []).map((at) => Math.max(0, at - atMs)),
    )
    return {
      streams: options.streams,
      brands,
      changes: commits.length,
      latency: timingOf([{ tookMs, wallMs }]),
      untold: Math.max(0, expected - heard()),
    }
  } finally {
    leaving.abort()
    await store.close()
    await stack.stop()
  }
}

/** A key for each brand. */
async function keysOf(
  brands: number,
  where: { dataDir: string; apiUrl: string; mongodbUri: string },
): Promise<string[]> {
  const keys = await openKeyRing({
    ...where,
    dataDir: path.join(where.dataDir, 'keys'),
    brandIds: ['brand-0'],
    marketplaces: [MARKETPLACE.id],
  })
  const operator = createApiClient(where.apiUrl, keys.operator)
  return inParallel(Array.from({ length: brands }), AT_ONCE, async (_, index) => {
    const key = { name: `live ${index}`, role: 'brandMember', brandIds: [`brand-${index}`] }
    return (await operator.post<{ key: string }>('/api-keys', key)).key
  })
}

interface OfBrand {
  brand: number
  built: BuiltCase
}

async function putOnRecord(store: Store, brands: number): Promise<OfBrand[]> {
  const indices = Array.from({ length: brands * CASES_PER_BRAND }, (_, index) => index)
  return inParallel(indices, AT_ONCE, async (index) => {
    const { externalId, ...report } = reportOf(index)
    const brand = index % brands
    const sighting = { ...report, sightingId: `live-${externalId}`, brandId: `brand-${brand}` }
    const built = buildCase({ sighting })
    await store.cases.open(openCommand(built))
    return { brand, built }
  })
}

interface Commit {
  brand: number
  /** The case and its revision, as a stream names them. */
  key: string
  atMs: number
}

/** Saves a note on one case after the other, at a steady rate whatever each takes. */
async function change(store: Store, cases: OfBrand[], count: number): Promise<Commit[]> {
  const startedAtMs = performance.now()
  const saving: Promise<Commit>[] = []
  for (let n = 0; n < count; n++) {
    const dueInMs = startedAtMs + (n * 1_000) / CHANGES_PER_SECOND - performance.now()
    if (dueInMs > 0) await new Promise((resolve) => setTimeout(resolve, dueInMs))
    const of = cases[n % cases.length]
    if (!of) throw new Error('there is no case to change')
    saving.push(save(store, of))
  }
  return Promise.all(saving)
}

async function save(store: Store, of: OfBrand): Promise<Commit> {
  const { built, brand } = of
  const note = happening('noteAdded', { text: 'changed', audience: 'internal' })
  const next = continueCase(built, [note], built.state.updatedAt + 1)
  of.built = next
  await store.cases.save(saveCommand(next, built.events.length + 1))
  return { brand, key: `${next.caseId} ${next.state.rev}`, atMs: performance.now() }
}

async function readAll(
  stream: AsyncGenerator<LiveMessage>,
  take: (message: LiveMessage) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const message of stream) take(message)
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
