import type { Client } from '@temporalio/client'
import { GRPC, grpcStatusOf } from './grpc-status.js'
import { messageOf } from './message-of.js'

/** Name of the deployment that all workers belong to, which exists once in a namespace. */
export const DEPLOYMENT = 'joint-force'

const ATTEMPTS = 5

/** What makes a version current, and the state of the deployment in which that was looked at. */
interface Current {
  buildId: string | null
  /** Changes when another version becomes current; `null` before the first. */
  conflictToken: Uint8Array | null
}

/**
 * Makes that version of the deployment the current one of the client's namespace: from then on its
 * workers get the tasks of new and open runs. They may come later; the tasks wait for them. Doing
 * it again changes nothing, and any number may do it at once. `mayStill` is asked each time before
 * it is done; what it throws, and whatever the server refuses, is thrown on, with what to do where
 * the server knows no deployments. Returns the version that was current before, if any.
 */
export async function makeCurrent(
  client: Client,
  buildId: string,
  mayStill: () => Promise<void> = () => Promise.resolve(),
): Promise<string | null> {
  const { namespace, identity } = client.options
  for (let attempt = 1; ; attempt++) {
    const before = await currentVersion(client)
    await mayStill()
    if (before.buildId === buildId) return buildId
    try {
      await client.workflowService.setWorkerDeploymentCurrentVersion({
        ...{ namespace, identity, deploymentName: DEPLOYMENT, buildId },
        // Workers come after the version is current, and not all of them at once.
        ...{ allowNoPollers: true, ignoreMissingTaskQueues: true },
        ...(before.conflictToken ? { conflictToken: before.conflictToken } : {}),
      })
      return before.buildId
    } catch (error) {
      // Somebody else made a version current meanwhile; perhaps this one.
      const isOutdated = grpcStatusOf(error) === GRPC.failedPrecondition
      if (!isOutdated || attempt >= ATTEMPTS) throw withRemedy(error)
    }
  }
}

/** The build id that is current in the client's namespace; `null` when none is. */
export async function currentBuildId(client: Client): Promise<string | null> {
  return (await currentVersion(client)).buildId
}

async function currentVersion({ workflowService, options }: Client): Promise<Current> {
  try {
    const { conflictToken, workerDeploymentInfo } = await workflowService.describeWorkerDeployment({
      namespace: options.namespace,
      deploymentName: DEPLOYMENT,
    })
    const version = workerDeploymentInfo?.routingConfig?.currentDeploymentVersion
    return { buildId: version?.buildId || null, conflictToken: conflictToken ?? null }
  } catch (error) {
    if (grpcStatusOf(error) !== GRPC.notFound) throw withRemedy(error)
    return { buildId: null, conflictToken: null }
  }
}

function withRemedy(cause: unknown): Error {
  const said = messageOf(cause)
  const isWithout =
    grpcStatusOf(cause) === GRPC.unimplemented || /versions are disabled/i.test(said)
  const problem = isWithout
    ? 'the server has no versions of workers: it must be 1.29 or newer, with system.enableDeploymentVersions switched on (its default)'
    : `version of the workers: ${said}`
  return new Error(problem, { cause })
}
