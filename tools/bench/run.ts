import { rm } from 'node:fs/promises'
import { cpus } from 'node:os'
import { type Progress } from '../../local/provision/progress.js'
import type { Ports } from '../../local/stack/ports.js'
import { measureBatch } from './batch/measure.js'
import { type BenchWorld, MAX_WORKERS, openBenchWorld } from './bench-world.js'
import { measureCases } from './cases.js'
import { type CaseFigures, caseFigures, type Figures, intakeFigures } from './figures.js'
import { measureIntake } from './intake.js'
import { measureLists } from './lists/measure.js'
import { measureLive } from './live/measure.js'
import { measureMemory, memoryEnv } from './memory/measure.js'
import type { BenchOptions, Part } from './options.js'
import type { TemporalOnPostgresql } from './postgresql/temporal-on-postgresql.js'
import type { ServerPorts } from './postgresql/server-config.js'
import { measureScroll } from './scroll/measure.js'
import { startProcess } from './start-process.js'

/** What a run works with. */
export interface RunContext {
  options: BenchOptions
  dataDir: string
  ports: Ports
  progress: Progress
  /** In place of the development server. */
  temporal: TemporalOnPostgresql | null
}

/** Ports for PostgreSQL and a server on it, after those of the stack and of further workers. */
export function serverPorts(ports: Ports): ServerPorts {
  const first = Math.max(...Object.values(ports)) + MAX_WORKERS + 1
  return { postgresql: first, frontend: first + 1, firstOfOthers: first + 2 }
}

/** Measures what is asked for, one part after the other, each on a service of its own. */
export async function run(context: RunContext): Promise<Figures> {
  const { options, progress } = context
  const [cpu] = cpus()
  const figures: Figures = {
    machine: { cores: cpus().length, cpu: cpu?.model ?? 'unknown', node: process.version },
    temporal: options.temporal,
    speed: [],
  }
  const isWanted = (part: Part) => options.only.includes(part)
  if (isWanted('cases') || isWanted('intake')) {
    for (const workers of options.workers) {
      const env = await freshEnv(context, `speed-${workers}`)
      await withWorld(context, { env, workers }, async (bench) => {
        figures.speed.push({ workers, ...(await measureSpeed(bench, workers, options)) })
      })
    }
  }
  if (isWanted('lists')) {
    const { dataDir, ports } = context
    const env = await freshEnv(context, 'lists')
    figures.lists = await measureLists({ dataDir, ports, progress, env, sizes: options.list })
  }
  if (isWanted('memory')) {
    const env = { ...(await freshEnv(context, 'memory')), ...memoryEnv(context.dataDir) }
    await withWorld(context, { env }, async (bench) => {
      figures.memory = await measureMemory(bench, options.memory)
    })
  }
  if (isWanted('batch')) {
    const env = await freshEnv(context, 'batch')
    await withWorld(context, { env }, async (bench) => {
      figures.batch = await measureBatch(bench, options.batch)
    })
  }
  if (isWanted('live')) {
    const { dataDir, ports } = context
    const env = await freshEnv(context, 'live')
    figures.live = await measureLive({ dataDir, ports, progress, env, streams: options.live })
  }
  if (isWanted('scroll')) {
    const { dataDir, ports } = context
    const env = await freshEnv(context, 'scroll')
    figures.scroll = await measureScroll({ dataDir, ports, progress, env, rows: options.scroll })
  }
  return figures
}

/** Deletes the data of the part before; a server that stays gets a namespace for each part. */
async function freshEnv(
  { dataDir, temporal }: RunContext,
  part: string,
): Promise<Record<string, string>> {
  await rm(dataDir, { recursive: true, force: true })
  const common = { RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'warn' }
  if (!temporal) return common
  const namespace = `bench-${part}`
  await temporal.openNamespace(namespace)
  return {
    ...common,
    JOINT_FORCE_TEMPORAL_ADDRESS: temporal.address,
    JOINT_FORCE_TEMPORAL_NAMESPACE: namespace,
  }
}

async function withWorld(
  { dataDir, ports, progress }: RunContext,
  { env, workers = 1 }: { env: Readonly<Record<string, string>>; workers?: number },
  measure: (bench: BenchWorld) => Promise<void>,
): Promise<void> {
  const bench = await openBenchWorld({ dataDir, ports, progress, env, workers })
  try {
    await measure(bench)
  } finally {
    await bench.stop()
  }
}

async function oneOfEach({ temporal, world, unused }: BenchWorld): Promise<void> {
  const [firstIndex = 0] = unused(1)
  await measureCases(temporal, world.sandbox, { rounds: 1, perRound: 1, firstIndex })
}

async function measureSpeed(
  bench: BenchWorld,
  workers: number,
  options: BenchOptions,
): Promise<CaseFigures> {
  const { world, temporal, progress, unused } = bench
  const { rounds, cases: perRound, requests, only } = options
  const entries = Array.from({ length: workers }, () => ['bare/main.ts', 'floor/main.ts']).flat()
  const processes = await Promise.all(
    [...entries, 'floor/intake/main.ts'].map((entry) => startProcess(entry, world.env)),
  )
  const figures: CaseFigures = { intake: [] }
  try {
    if (only.includes('cases')) {
      progress.report('cases', `${rounds} x ${perRound} cases, floor and bare, from start to end`)
      const [firstIndex = 0] = unused(rounds * perRound)
      const rates = await measureCases(temporal, world.sandbox, { rounds, perRound, firstIndex })
      figures.cases = caseFigures(rates)
    }
    if (only.includes('intake')) {
      // The floor writes what a whole case writes, so there has to be one.
      if (!figures.cases) await oneOfEach(bench)
      for (const openCases of options.open) {
        progress.report('intake', `${rounds} x ${requests} requests at ${openCases} open cases`)
        const rates = await measureIntake(openCases, {
          ...bench,
          apiUrl: world.urls.api,
          floorUrl: String(processes.at(-1)?.said),
          rounds,
          perRound: requests,
        })
        figures.intake.push(intakeFigures(rates))
      }
    }
    return figures
  } finally {
    await Promise.all(processes.map((child) => child.stop()))
  }
}
