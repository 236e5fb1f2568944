import type { WorkerDeploymentOptions } from '@temporalio/worker'
import { DEPLOYMENT } from '../platform/current-version.js'
import type * as workflows from '../workflows/index.js'

/**
 * How each workflow takes a new release. With `autoUpgrade` an open run goes on with the code that
 * is current, which its history must fit (`patched`, rules versions). Nothing is pinned to the
 * release it began on: each of these has to go on when the last worker of that release is gone,
 * as it is at once where a release replaces its predecessor. A run without workers would hold its
 * id, and with it a listing, a contact or the schedule, until it timed out, and what it had taken
 * on would be lost with it. Pin only what nobody waits for, and give it a run timeout.
 */
export const VERSIONING: Readonly<Record<keyof typeof workflows, 'autoUpgrade'>> = {
  /** Open for days to months; the next report of its listing needs its id. */
  listingCase: 'autoUpgrade',
  /** As long as its contact gets mails; pinned, the mails of later releases would go to it, too. */
  contactDigest: 'autoUpgrade',
  /** Open until somebody answers. */
  question: 'autoUpgrade',
  /** Its schedule starts no second one beside it. */
  reconcile: 'autoUpgrade',
  /** Seconds, but the answer it keeps has been acknowledged. */
  lateAnswer: 'autoUpgrade',
  /** Up to a day; what it tells is told by nobody else. */
  telling: 'autoUpgrade',
  /** Goes through any number of open cases, and nobody sends again what it has not sent yet. */
  sweep: 'autoUpgrade',
  /** Seconds, but it is the only way to close such a case. */
  closeSuperseded: 'autoUpgrade',
  /** For days where a receiver is away; what waits for its endpoint is sent by nobody else. */
  webhookDelivery: 'autoUpgrade',
}

/**
 * Makes a worker one of that version of the deployment: it gets the tasks of open and new runs
 * while the version is current (platform/current-version.ts), and waits otherwise. The behaviour in
 * `VERSIONING` is said here, for all workflows, because a server refuses one that is said in the
 * workflow itself from workers without a version.
 */
export function deploymentOptions(buildId: string): WorkerDeploymentOptions {
  return {
    useWorkerVersioning: true,
    version: { deploymentName: DEPLOYMENT, buildId },
    defaultVersioningBehavior: 'AUTO_UPGRADE',
  }
}
