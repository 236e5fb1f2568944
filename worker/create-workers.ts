import path from 'node:path'
import { type NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker'
import type { ActivityDependencies } from '../activities/dependencies.js'
import { createCaseActivities, createMarketplaceActivities } from '../activities/index.js'
import type { MarketplaceConfig } from '../marketplaces/registry.js'
import { CASES_QUEUE, marketplaceQueue } from '../workflows/messages.js'

export interface WorkersOptions {
  connection: NativeConnection
  namespace: string
  /** A bundle made beforehand; without one the workflows are bundled now. */
  workflowBundle?: WorkflowBundleOption
  marketplaces: readonly Pick<MarketplaceConfig, 'id' | 'takedownsPerSecond'>[]
  activities: ActivityDependencies
  shutdownGraceMs: number
}

/** One worker for all cases, and one per marketplace that carries its rate limit. */
export async function createWorkers(options: WorkersOptions): Promise<Worker[]> {
  const { connection, namespace, shutdownGraceMs } = options
  const common = {
    connection,
    namespace,
    shutdownGraceTime: shutdownGraceMs,
    shutdownForceTime: shutdownGraceMs + 2_000,
  }
  const cases = await Worker.create({
    ...common,
    taskQueue: CASES_QUEUE,
    ...(options.workflowBundle
      ? { workflowBundle: options.workflowBundle }
      : { workflowsPath: path.join(import.meta.dirname, '../workflows') }),
    activities: createCaseActivities(options.activities),
    // A killed worker then costs a waiting case one second instead of ten.
    stickyQueueScheduleToStartTimeout: '1s',
  })
  const others = await Promise.all(
    options.marketplaces.map(({ id, takedownsPerSecond }) =>
      Worker.create({
        ...common,
        taskQueue: marketplaceQueue(id),
        activities: createMarketplaceActivities(options.activities),
        maxTaskQueueActivitiesPerSecond: takedownsPerSecond,
      }),
    ),
  )
  return [cases, ...others]
}
