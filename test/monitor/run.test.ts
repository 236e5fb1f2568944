import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { RetryPolicy } from '../../client/retrying.js'
import { INK_CARTRIDGES } from '../../monitor/rules/index.js'
import {
  type MonitorProgress,
  MonitorStopped,
  type RunOptions,
  runMonitor,
} from '../../monitor/run.js'
import { type IntakeServer, startIntakeServer } from './intake-server.js'
import { buildScanned, HP_FILE } from './real-listings.js'

const QUICK: Partial<RetryPolicy> = { attempts: 4, firstWaitMs: 5, maxWaitMs: 20 }

let server: IntakeServer
let folder: string
beforeEach(async () => {
  server = await startIntakeServer()
  folder = await mkdtemp(join(tmpdir(), 'monitor-'))
})
afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

async function* each(lines: string[]): AsyncGenerator<string> {
  yield* lines
}

/** Lines of suspicious listings: empty cartridges. */
function emptyCartridges(count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify(buildScanned({ listingId: `ML${index}`, title: 'Cartucho HP 664 vazio' })),
  )
}

function run(options: Partial<RunOptions> = {}) {
  return runMonitor({
    source: HP_FILE,
    rulePack: INK_CARTRIDGES,
    api: { url: server.url, key: server.key, retry: QUICK },
    ...options,
  })
}

async function stopOf(running: Promise<unknown>): Promise<MonitorStopped> {
  const error = await running.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof MonitorStopped) return error
  throw new Error('the run did not stop', { cause: error })
}

describe('a run over the real listings', () => {
  it('opens a case for each suspicious one, in batches', async () => {
    const report = await run({ batchSize: 20 })
    expect(report).toMatchObject({
      listings: 229,
      invalid: [],
      notSuspicious: 182,
      cases: 47,
      duplicates: 0,
      alreadyAnswered: 0,
      rejected: 0,
      brands: [{ brandId: 'hp', name: 'HP' }],
    })
    expect(server.requests).toEqual([20, 20, 7])
    expect(server.opened.size).toBe(47)
    expect(report.acknowledged).toHaveLength(47)
    const [first] = report.acknowledged
    expect(server.opened.get(first?.externalId ?? '')?.listing.listingId).toBe(first?.listingId)
    expect(first?.caseId).toContain(first?.listingId)
  })

  it('opens nothing when it runs again', async () => {
    await run()
    const again = await run()
    expect(again).toMatchObject({ listings: 229, cases: 0, duplicates: 47 })
    expect(server.opened.size).toBe(47)
  })

  it('counts what was answered before', async () => {
    const { acknowledged } = await run({ dryRun: false })
    server.opened.clear()
    acknowledged.slice(0, 5).forEach(({ listingId }) => server.answered.add(listingId))
    expect(await run()).toMatchObject({ cases: 42, alreadyAnswered: 5 })
  })

  it('sends nothing in a dry run, and needs no API for it', async () => {
    const events: MonitorProgress[] = []
    const report = await runMonitor({
      source: HP_FILE,
      rulePack: INK_CARTRIDGES,
      dryRun: true,
      onProgress: (event) => events.push(event),
    })
    expect(report).toMatchObject({ listings: 229, notSuspicious: 182, cases: 47, acknowledged: [] })
    expect(events.filter(({ kind }) => kind === 'suspicious')).toHaveLength(47)
    expect(server.requests).toEqual([])
  })

  it('gives each case the address it is asked to give', async () => {
    await run({ listingUrl: (marketplace, id) => `${server.url}/shop/${marketplace}/${id}` })
    const urls = [...server.opened.values()].map(({ listing }) => listing.url)
    expect(urls[0]).toBe(`${server.url}/shop/mercado-livre/ML8c35cd5a3724`)
  })
})

describe('lines that cannot be used', () => {
  it('skips only them, by number and reason', async () => {
    const nameless = buildScanned({ title: 'Cartucho vazio', attributes: null })
    const lines = ['{', ...emptyCartridges(2), '', JSON.stringify(nameless)]
    const report = await run({ source: each(lines) })
    expect(report.invalid).toEqual([
      { line: 1, reason: expect.stringContaining('not a JSON object') },
      { line: 5, reason: expect.stringContaining('attributes.brand') },
    ])
    expect(report).toMatchObject({ listings: 4, cases: 2, rejected: 0 })
  })

  it('reports a listing that occurs twice once', async () => {
    const [line = ''] = emptyCartridges(1)
    expect(await run({ source: each([line, line]) })).toMatchObject({ cases: 1, duplicates: 1 })
    expect(server.requests).toEqual([1])
  })

  it('counts a rejected case and goes on with the others', async () => {
    server.refuse.set('ML1', { times: 99, status: 403, code: 'missing-scope' })
    const events: MonitorProgress[] = []
    const report = await run({
      source: each(emptyCartridges(3)),
      onProgress: (event) => events.push(event),
    })
    expect(report).toMatchObject({ cases: 2, rejected: 1 })
    expect(report.acknowledged.map(({ listingId }) => listingId)).toEqual(['ML0', 'ML2'])
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: 'rejected',
        code: 'missing-scope',
        detail: 'as the test asked',
      }),
    )
    expect(server.requests).toEqual([3])
  })
})

describe('when the API has trouble', () => {
  const source = () => each(emptyCartridges(3))

  it.each([429, 500, 502, 503])('tries again after %s', async (status) => {
    server.faults = [{ kind: 'answer', status, headers: { 'retry-after': '0' } }]
    expect(await run({ source: source() })).toMatchObject({ cases: 3, duplicates: 0 })
    expect(server.requests).toEqual([3, 3])
  })

  it('waits as long as it is told to', async () => {
    server.faults = [{ kind: 'answer', status: 503, headers: { 'retry-after': '1' } }]
    const startedAt = performance.now()
    await run({ source: source() })
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1000)
    expect(server.opened.size).toBe(3)
  })

  it('stops when it is told to come back much later', async () => {
    server.faults = [{ kind: 'answer', status: 503, headers: { 'retry-after': '3600' } }]
    const stop = await stopOf(run({ source: source() }))
    expect(stop.message).toContain('come back in 3600 s')
    expect(server.requests).toEqual([3])
  })

  it('sends again after a connection that was cut before the cases were taken', async () => {
    server.faults = [{ kind: 'cut', after: false }]
    expect(await run({ source: source() })).toMatchObject({ cases: 3, duplicates: 0 })
  })

  it('sends again after a connection that was cut after the cases were taken', async () => {
    server.faults = [{ kind: 'cut', after: true }]
    expect(await run({ source: source() })).toMatchObject({ cases: 0, duplicates: 3 })
    expect(server.opened.size).toBe(3)
  })

  it('asks again for the items the service could not take at that moment, and only those', async () => {
    server.refuse.set('ML1', { times: 2, status: 503, code: 'workflows-unavailable' })
    expect(await run({ source: source() })).toMatchObject({ cases: 3, rejected: 0 })
    expect(server.requests).toEqual([3, 1, 1])
  })

  it('rejects an item the service cannot take time after time', async () => {
    server.refuse.set('ML1', { times: 99, status: 503, code: 'workflows-unavailable' })
    expect(await run({ source: source() })).toMatchObject({ cases: 2, rejected: 1 })
    expect(server.requests).toEqual([3, 1, 1, 1])
  })

  it('splits a batch that is too large', async () => {
    server.maxBytes = 1800
    expect(await run({ source: source() })).toMatchObject({ cases: 3, rejected: 0 })
    expect(server.requests).toEqual([2, 1])
  })

  it('gives up after the last attempt and says what is certain', async () => {
    server.faults = [
      null,
      ...Array.from({ length: 4 }, () => ({ kind: 'cut', after: false }) as const),
    ]
    const stop = await stopOf(run({ source: source(), batchSize: 1 }))
    expect(stop.message).toMatch(/cannot be reached .* 4 attempts \(1 reports are acknowledged/)
    expect(stop.report).toMatchObject({ cases: 1, acknowledged: [{ listingId: 'ML0' }] })
  })

  it('says so when nobody is there', async () => {
    await server.close()
    const stop = await stopOf(run({ source: source() }))
    expect(stop.message).toContain('ECONNREFUSED')
    expect(stop.report.acknowledged).toEqual([])
    server = await startIntakeServer()
  })

  it('does not try again with a key that is refused', async () => {
    const api = { url: server.url, key: 'wrong', retry: QUICK }
    const stop = await stopOf(run({ source: source(), api }))
    expect(stop.message).toContain('HTTP 401')
    expect(stop.message).toContain('give a valid one')
    expect(server.opened.size).toBe(0)
  })

  it.each([
    ['is no answer of this API', { ok: true }],
    ['leaves out an item', { results: [{ index: 0, result: 'opened', caseId: 'c' }] }],
  ])('stops at an answer that %s', async (_what, body) => {
    server.faults = [{ kind: 'answer', status: 200, body }]
    const stop = await stopOf(run({ source: source() }))
    expect(stop.message).toMatch(/not that of this API|left out an answer/)
  })

  it('gives up on an answer that does not come', async () => {
    const hang = { kind: 'hang', asked: () => undefined } as const
    server.faults = [hang, hang]
    const retry = { ...QUICK, attempts: 2 }
    const api = { url: server.url, key: server.key, timeoutMs: 100, retry }
    const stop = await stopOf(run({ source: source(), api }))
    expect(stop.message).toContain('no answer within 100 ms')
  })

  it('can be stopped while it waits for an answer', async () => {
    const stopping = new AbortController()
    server.faults = [{ kind: 'hang', asked: () => stopping.abort(new Error('enough')) }]
    const stop = await stopOf(run({ source: source(), signal: stopping.signal }))
    expect(stop.message).toContain('enough')
  })

  it.each([0, 1001, 1.5])('refuses batches of %s', async (batchSize) => {
    await expect(run({ batchSize })).rejects.toThrow('must be 1 to 1000')
  })
})

describe('a run with a state file', () => {
  const source = () => each(emptyCartridges(5))
  const fatal = { kind: 'answer', status: 400 } as const

  async function stopAfterTwo(statePath: string) {
    server.faults = [null, null, fatal]
    return stopOf(run({ source: source(), batchSize: 1, statePath }))
  }

  it('goes on where it stopped, and counts as one run', async () => {
    const statePath = join(folder, 'state.ndjson')
    const stop = await stopAfterTwo(statePath)
    expect(stop.report).toMatchObject({ cases: 2 })
    server.requests = []
    const report = await run({ source: source(), batchSize: 1, statePath })
    expect(server.requests).toEqual([1, 1, 1])
    expect(report).toMatchObject({ listings: 5, cases: 5, duplicates: 0 })
    expect(report.acknowledged.map(({ listingId }) => listingId)).toEqual([
      'ML0',
      'ML1',
      'ML2',
      'ML3',
      'ML4',
    ])
  })

  it('leaves no state behind when it is through', async () => {
    const statePath = join(folder, 'state.ndjson')
    await run({ source: source(), statePath })
    await expect(stat(statePath)).rejects.toThrow('ENOENT')
  })

  it('sends again what a crash cut short in the file', async () => {
    const statePath = join(folder, 'state.ndjson')
    await stopAfterTwo(statePath)
    const state = await readFile(statePath, 'utf8')
    await writeFile(statePath, state.slice(0, -20))
    const report = await run({ source: source(), batchSize: 1, statePath })
    expect(report).toMatchObject({ listings: 5, cases: 4, duplicates: 1 })
    expect(server.opened.size).toBe(5)
  })

  it('does not take the state of another run for its own', async () => {
    const statePath = join(folder, 'state.ndjson')
    await stopAfterTwo(statePath)
    const rulePack = { ...INK_CARTRIDGES, version: '2.0.0' }
    const running = run({ source: source(), statePath, rulePack })
    await expect(running).rejects.toThrow('is not the state of this run')
    expect(server.opened.size).toBe(2)
  })

  it('says what to do when the file cannot be written', async () => {
    const statePath = join(folder, 'missing', 'state.ndjson')
    await expect(run({ source: source(), statePath })).rejects.toThrow('check folder and rights')
    expect(server.requests).toEqual([])
  })
})
