import type { PayloadCodec } from '@temporalio/common'
import { type NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker'
import type { ActivityDependencies } from '../activities/dependencies.js'
import {
  createCaseActivities,
  createMarketplaceActivities,
  createWebhookActivities,
} from '../activities/index.js'
import type { MarketplaceConfig } from '../marketplaces/registry.js'
import {
  CASES_QUEUE,
  lookupsQueue,
  marketplaceQueue,
  WEBHOOKS_QUEUE,
} from '../workflows/messages.js'
import { deploymentOptions } from './versioning.js'
import { BUNDLER_OPTIONS, WORKFLOWS_PATH } from './bundle/options.js'

export interface WorkersOptions {
  connection: NativeConnection
  namespace: string
  /** The same as the clients have. */
  payloadCodecs: PayloadCodec[]
  /** The version of the deployment that these are; none on a server that knows no deployments. */
  buildId?: string
  /** Whether a run that meets this patch for the first time takes it; without it, it does. */
  isPatchOn?: (patch: string) => boolean
  /** A bundle made beforehand; without one the workflows are bundled now. */
  workflowBundle?: WorkflowBundleOption
  marketplaces: readonly Pick<MarketplaceConfig, 'id' | 'takedownsPerSecond'>[]
  activities: ActivityDependencies
  shutdownGraceMs: number
}

/**
 * One worker for all cases, one for what is sent to brands' own systems, and two per marketplace: one
 * for removals, which carries its rate limit, and one for look-ups, which may be as many again.
 */
export async function createWorkers(options: WorkersOptions): Promise<Worker[]> {
  const { connection, namespace, buildId, isPatchOn, shutdownGraceMs } = options
  const common = {
    connection,
    namespace,
    dataConverter: { payloadCodecs: options.payloadCodecs },
    ...(buildId === undefined ? {} : { workerDeploymentOptions: deploymentOptions(buildId) }),
    shutdownGraceTime: shutdownGraceMs,
    shutdownForceTime: shutdownGraceMs + 2_000,
  }
  const cases = await Worker.create({
    ...common,
    taskQueue: CASES_QUEUE,
    ...(options.workflowBundle
      ? { workflowBundle: options.workflowBundle }
      : { workflowsPath: WORKFLOWS_PATH, bundlerOptions: BUNDLER_OPTIONS }),
    activities: createCaseActivities(options.activities),
    ...(isPatchOn ? { patchActivationCallback: ({ patchId }) => isPatchOn(patchId) } : {}),
    // A killed worker then costs a waiting case three seconds instead of ten. Less would do so to every
    // busy worker: what it does not take in that time goes to the end of the queue of all workers, and
    // has to be replayed.
    stickyQueueScheduleToStartTimeout: '3s',
  })
  const webhooks = await Worker.create({
    ...common,
    taskQueue: WEBHOOKS_QUEUE,
    activities: createWebhookActivities(options.activities),
  })
  const others = await Promise.all(
    options.marketplaces.flatMap(({ id, takedownsPerSecond }) =>
      [marketplaceQueue(id), lookupsQueue(id)].map((taskQueue) =>
        Worker.create({
          ...common,
          taskQueue,
          activities: createMarketplaceActivities(options.activities),
          maxTaskQueueActivitiesPerSecond: takedownsPerSecond,
        }),
      ),
    ),
  )
  return [cases, webhooks, ...others]
}
