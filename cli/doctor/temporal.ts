import { type Client, NamespaceNotFoundError } from '@temporalio/client'
import type { CliConfig } from '../../platform/config.js'
import { currentBuildId } from '../../platform/current-version.js'
import { missingSearchAttributes } from '../../platform/search-attributes.js'
import { whyNoTemporal } from '../../platform/temporal-trouble.js'
import {
  CASES_QUEUE,
  lookupsQueue,
  marketplaceQueue,
  RECONCILE_SCHEDULE,
  WEBHOOKS_QUEUE,
} from '../../workflows/messages.js'
import { SEARCH_ATTRIBUTES } from '../../workflows/search-attributes.js'
import { type Check, Unhealthy } from './check.js'

const ANSWERS_WITHIN_MS = 5_000

/** `temporal.api.enums.v1.TaskQueueType` */
const TASK_QUEUE_TYPE = { workflow: 1, activity: 2 } as const
type TaskKind = keyof typeof TASK_QUEUE_TYPE

const REGISTER = 'run the migration: npm start does it, or bin/entrypoint migrate'

/** What Temporal must have, and a worker on every task queue. */
export function temporalChecks(client: Client, config: CliConfig): Check[] {
  const { namespace } = client.options
  const { TEMPORAL_ADDRESS: address } = config
  const within = <T>(ask: () => Promise<T>) =>
    client.withDeadline(Date.now() + ANSWERS_WITHIN_MS, ask)
  const isAway = `start Temporal, or set TEMPORAL_ADDRESS (now ${address}) and TEMPORAL_NAMESPACE (now ${namespace})`

  return [
    {
      name: 'Temporal',
      remedy: isAway,
      look: () =>
        within(async () => {
          const { serverVersion } = await client.workflowService.getSystemInfo({})
          await client.workflow.count()
          return `${serverVersion} at ${address}, namespace ${namespace}`
        }).catch(async (error: unknown) => {
          if (error instanceof NamespaceNotFoundError) throw error
          throw new Error(await whyNoTemporal(config, error), { cause: error })
        }),
    },
    {
      name: 'Search attributes',
      remedy: isAway,
      look: () =>
        within(async () => {
          const wanted = Object.keys(SEARCH_ATTRIBUTES)
          const missing = await missingSearchAttributes(client, wanted)
          if (missing.length > 0) throw new Unhealthy(`missing: ${missing.join(', ')}`, REGISTER)
          return `all ${wanted.length} are there`
        }),
    },
    {
      name: 'Reconciler',
      remedy: REGISTER,
      look: () =>
        within(async () => {
          const { state, info } = await client.schedule.getHandle(RECONCILE_SCHEDULE).describe()
          if (state.paused) {
            throw new Unhealthy(
              `its schedule is paused${state.note ? `: ${state.note}` : ''}`,
              `unpause the schedule ${RECONCILE_SCHEDULE} in the Temporal UI`,
            )
          }
          return `scheduled, ${info.numActionsTaken} runs so far`
        }),
    },
    {
      name: 'Current version',
      remedy: isAway,
      look: () =>
        within(async () => {
          const current = await currentBuildId(client)
          if (current !== config.BUILD_ID) {
            throw new Unhealthy(
              `${current ?? 'none'}, but this is ${config.BUILD_ID}: workers of other versions get nothing to do`,
              'run the migration of the release that is to work, and start its workers',
            )
          }
          return `${current}, as this release`
        }),
    },
    queueCheck(client, config, CASES_QUEUE, ['workflow', 'activity']),
    queueCheck(client, config, WEBHOOKS_QUEUE, ['activity']),
  ]
}

/** A worker asks for the activities of every marketplace in the file. */
export function marketplaceQueueChecks(
  client: Client,
  config: CliConfig,
  marketplaceIds: readonly string[],
): Check[] {
  return marketplaceIds
    .flatMap((id) => [marketplaceQueue(id), lookupsQueue(id)])
    .map((queue) => queueCheck(client, config, queue, ['activity']))
}

function queueCheck(
  client: Client,
  { BUILD_ID: buildId }: CliConfig,
  name: string,
  kinds: readonly TaskKind[],
): Check {
  return {
    name: 'Task queue',
    remedy: 'see Temporal above',
    look: () =>
      client.withDeadline(Date.now() + ANSWERS_WITHIN_MS, async () => {
        const counts = await Promise.all(
          kinds.map((kind) => pollersOf(client, buildId, name, kind)),
        )
        const least = Math.min(...counts)
        if (least > 0)
          return `${name}: ${least} ${least === 1 ? 'worker polls' : 'workers poll'} it`
        throw new Unhealthy(
          `${name}: no worker of ${buildId} polls it`,
          'start a worker (npm start, or bin/entrypoint worker) with the same marketplaces file',
        )
      }),
  }
}

/**
 * Workers of that version which poll it. The server remembers pollers for five minutes; those that
 * asked last minute are alive.
 */
async function pollersOf(
  client: Client,
  buildId: string,
  name: string,
  kind: TaskKind,
): Promise<number> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name },
    taskQueueType: TASK_QUEUE_TYPE[kind],
  })
  const aliveSinceS = Date.now() / 1000 - 90
  return (pollers ?? []).filter(
    ({ lastAccessTime, deploymentOptions }) =>
      deploymentOptions?.buildId === buildId && Number(lastAccessTime?.seconds ?? 0) > aliveSinceS,
  ).length
}
