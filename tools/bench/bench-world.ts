import path from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { type ApiClient, createApiClient } from '../../client/client.js'
import { provisionCompiled } from '../../local/provision/compiled.js'
import { provisionContext } from '../../local/provision/context.js'
import type { Progress } from '../../local/provision/progress.js'
import { nodeSpec } from '../../local/stack/node-processes.js'
import type { Ports } from '../../local/stack/ports.js'
import { type ProcessHandle, supervise } from '../../local/stack/supervise.js'
import { openKeyRing } from '../../local/world/key-ring.js'
import { openWorld, type World } from '../../local/world/open-world.js'
import { addPeople } from '../../local/world/people.js'
import { BRAND, MARKETPLACE } from './reports.js'

/** Worker processes at most, the first included: as many ports are kept for them. */
export const MAX_WORKERS = 8

/** The whole service on this machine with one brand, and what measures it. */
export interface BenchWorld {
  dataDir: string
  world: World
  temporal: Client
  monitor: ApiClient
  operator: ApiClient
  progress: Progress
  /** Gives `count` numbers of listings that were not used yet. */
  unused: (count: number) => number[]
  stop(): Promise<void>
}

/** Brings it up in `dataDir`, with so many worker processes; nothing is left when it throws. */
export async function openBenchWorld(options: {
  dataDir: string
  ports: Ports
  progress: Progress
  env: Readonly<Record<string, string>>
  workers?: number
}): Promise<BenchWorld> {
  const { dataDir, ports, progress, env, workers = 1 } = options
  const world = await openWorld({ dataDir, ports, progress, env, marketplaces: [MARKETPLACE] })
  const more: ProcessHandle[] = []
  const stopAll = async () => {
    await Promise.all(more.map((worker) => worker.stop()))
    await world.stop()
  }
  try {
    if (workers > 1) {
      const compiled = await provisionCompiled(provisionContext({ progress }))
      for (let index = 0; index < workers - 1; index++) {
        const workerAdmin = extraPort(ports, index)
        const spec = nodeSpec('worker', {
          compiled,
          env: { ...process.env, ...world.env, WORKER_ADMIN_PORT: String(workerAdmin) },
          logDir: path.join(dataDir, 'logs'),
          ports: { ...ports, workerAdmin },
        })
        more.push(await supervise(spec))
      }
      progress.report('worker', `${workers} processes`)
    }
    const connection = await Connection.connect({ address: world.urls.temporalAddress })
    const namespace = world.env['TEMPORAL_NAMESPACE'] ?? ''
    const keys = await openKeyRing({
      dataDir,
      apiUrl: world.urls.api,
      mongodbUri: world.urls.mongodb,
      brandIds: [BRAND.brandId],
      marketplaces: [MARKETPLACE.id],
    })
    const operator = createApiClient(world.urls.api, keys.operator)
    await addPeople(operator, [BRAND])
    let used = 0
    return {
      dataDir,
      world,
      temporal: new Client({ connection, namespace }),
      monitor: createApiClient(world.urls.api, keys.monitor),
      operator,
      progress,
      unused: (count) => Array.from({ length: count }, () => used++),
      async stop() {
        await connection.close()
        await stopAll()
      },
    }
  } catch (error) {
    await stopAll()
    throw error
  }
}

/** A port after the block of the stack. */
function extraPort(ports: Ports, index: number): number {
  return Math.max(...Object.values(ports)) + 1 + index
}
