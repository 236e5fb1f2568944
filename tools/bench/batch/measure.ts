import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { BenchWorld } from '../bench-world.js'
import { untilOpen } from '../opening.js'
import { reportOf } from '../reports.js'
import type { BatchOrder, BatchProgress } from './order.js'

/** Into the request that follows the last answer. */
const INTO_REQUEST_MS = 50

/** What became of reports whose client was killed and run again. */
export interface BatchMeasurement {
  reports: number
  /** Answered for when the client was killed. */
  acknowledgedBefore: number
  untilKilledMs: number
  /** The second run, from its first request to its last answer. */
  againMs: number
  againCounts: BatchProgress['counts']
  /** From the first request of all until every case was open on record. */
  untilOpenMs: number
  cases: number
  /** Reports without a case, and reports with more than one. */
  lost: number
  doubled: number
}

/** Sends reports, kills the client in the middle of a request, runs it again, and counts the cases. */
export async function measureBatch(bench: BenchWorld, reports: number): Promise<BatchMeasurement> {
  const { world, monitor, operator, progress } = bench
  const [first = 0] = bench.unused(reports)
  const order: BatchOrder = { apiUrl: world.urls.api, key: monitor.key, first, count: reports }
  progress.report('batch', `${reports} reports; the client is killed in the middle and run again`)
  const startedAtMs = performance.now()
  const acknowledgedBefore = await sendUntilHalf(order)
  const untilKilledMs = performance.now() - startedAtMs
  const againAtMs = performance.now()
  const againCounts = await sendAll(order)
  const againMs = performance.now() - againAtMs
  await untilOpen(operator, reports)
  const untilOpenMs = performance.now() - startedAtMs
  const cases = await operator.cases()
  const sent = Array.from({ length: reports }, (_, i) => reportOf(first + i).listing.listingId)
  return {
    reports,
    acknowledgedBefore,
    untilKilledMs,
    againMs,
    againCounts,
    untilOpenMs,
    cases: cases.length,
    ...differences(
      sent,
      cases.map(({ listingId }) => listingId),
    ),
  }
}

/** Listings that were reported and have no case, and those with more than one. */
export function differences(
  reported: readonly string[],
  ofCases: readonly string[],
): { lost: number; doubled: number } {
  const counts = new Map<string, number>()
  for (const listingId of ofCases) counts.set(listingId, (counts.get(listingId) ?? 0) + 1)
  const casesOf = reported.map((listingId) => counts.get(listingId) ?? 0)
  return {
    lost: casesOf.filter((count) => count === 0).length,
    doubled: casesOf.filter((count) => count > 1).length,
  }
}

/** Kills the client once it has answers for half of the reports, while it sends the next. */
async function sendUntilHalf(order: BatchOrder): Promise<number> {
  const client = startClient(order)
  const ended = once(client, 'exit')
  let acknowledged = 0
  const half = new Promise<void>((resolve) => {
    client.on('message', (said: BatchProgress) => {
      acknowledged = said.acknowledged
      if (acknowledged >= order.count / 2) resolve()
    })
  })
  await Promise.race([half, ended])
  await delay(INTO_REQUEST_MS)
  client.kill('SIGKILL')
  await ended
  return acknowledged
}

async function sendAll(order: BatchOrder): Promise<BatchProgress['counts']> {
  const client = startClient(order)
  const total = { opened: 0, duplicate: 0, alreadyAnswered: 0, rejected: 0 }
  client.on('message', ({ counts }: BatchProgress) => {
    for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += counts[name]
  })
  const [code] = (await once(client, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`the client of the batch ended with exit code ${code}`)
  return total
}

function startClient(order: BatchOrder): ChildProcess {
  const client = fork(path.join(import.meta.dirname, 'client/main.ts'), [], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  client.send(order)
  return client
}
