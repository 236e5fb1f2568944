import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { until } from '../../../local/until.js'
import { openUpTo } from '../opening.js'
import type { BenchWorld } from '../bench-world.js'

const READINGS = 5
const BETWEEN_MS = 2_000
const ANSWER = { withinMs: 30_000, everyMs: 100 }

type ProcessName = 'worker' | 'api'

/** What a process holds once its garbage is gone, its threads included; in bytes. */
export interface Memory {
  rssBytes: number
  heapBytes: number
}
export type MemoryOfProcesses = Record<ProcessName, Memory>

/** Memory at two numbers of open cases. */
export interface MemoryMeasurement {
  at: { openCases: number; processes: MemoryOfProcesses }[]
  /** What a thousand open cases more take. */
  per1000: MemoryOfProcesses
}

/** The environment under which processes tell what they hold. */
export function memoryEnv(dataDir: string): Record<string, string> {
  const preload = pathToFileURL(path.join(import.meta.dirname, 'collectable.mjs')).href
  return { NODE_OPTIONS: `--import ${preload}`, BENCH_MEMORY_DIR: memoryDir(dataDir) }
}

/** Opens cases up to the smaller, then the larger number, and reads what worker and API hold. */
export async function measureMemory(
  bench: BenchWorld,
  [fewer, more]: readonly [number, number],
): Promise<MemoryMeasurement> {
  const at: MemoryMeasurement['at'] = []
  await mkdir(memoryDir(bench.dataDir), { recursive: true })
  for (const openCases of [fewer, more]) {
    bench.progress.report('memory', `of worker and API at ${openCases} open cases`)
    await openUpTo(openCases, bench)
    const processes = {
      worker: await leastOf(bench, 'worker'),
      api: await leastOf(bench, 'api'),
    }
    at.push({ openCases, processes })
  }
  return { at, per1000: growthPer1000(at) }
}

/** What a thousand open cases more take, by the difference of the first and the last reading. */
export function growthPer1000(at: MemoryMeasurement['at']): MemoryOfProcesses {
  const [first, last] = [at.at(0), at.at(-1)]
  if (!first || !last || first.openCases >= last.openCases)
    throw new Error('memory is compared between two numbers of open cases, the smaller one first')
  const thousands = (last.openCases - first.openCases) / 1_000
  const growth = (name: ProcessName): Memory => {
    const [before, after] = [first.processes[name], last.processes[name]]
    return {
      rssBytes: (after.rssBytes - before.rssBytes) / thousands,
      heapBytes: (after.heapBytes - before.heapBytes) / thousands,
    }
  }
  return { worker: growth('worker'), api: growth('api') }
}

/** Several readings, as work that goes on makes any single one too large. */
async function leastOf({ world, dataDir }: BenchWorld, name: ProcessName): Promise<Memory> {
  const readings: Memory[] = []
  for (let i = 0; i < READINGS; i++) {
    readings.push(await read(dataDir, world.processes[name].pid))
    await delay(BETWEEN_MS)
  }
  return {
    rssBytes: Math.min(...readings.map(({ rssBytes }) => rssBytes)),
    heapBytes: Math.min(...readings.map(({ heapBytes }) => heapBytes)),
  }
}

async function read(dataDir: string, pid: number): Promise<Memory> {
  const file = path.join(memoryDir(dataDir), `${pid}.json`)
  await rm(file, { force: true })
  process.kill(pid, 'SIGWINCH')
  const readIt = () => readFile(file, 'utf8').catch(() => null)
  const text = await until(`process ${pid} tells what it holds`, readIt, ANSWER)
  return JSON.parse(text) as Memory
}

function memoryDir(dataDir: string): string {
  return path.join(dataDir, 'memory')
}
