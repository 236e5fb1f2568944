import { proxyActivities } from '@temporalio/workflow'
import type { Activities } from '../activities/index.js'
import type { ReconcileReport } from './messages.js'

const { reconcileCases } = proxyActivities<Activities>({
  startToCloseTimeout: '10m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '5s', maximumAttempts: 5 },
})

/** Compares open rows with running workflows and repairs or reports; started by a Schedule. */
export async function reconcile(): Promise<ReconcileReport> {
  return reconcileCases()
}
