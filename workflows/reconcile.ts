import { proxyActivities } from '@temporalio/workflow'
import type { Activities } from '../activities/index.js'
import type { ReconcileReport } from './messages.js'

const { reconcileCases } = proxyActivities<Activities>({
  startToCloseTimeout: '10m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '5s', maximumAttempts: 5 },
  summary: 'compare open cases with running workflows',
})

/**
 * Compares open rows with running workflows and repairs or reports; started by a Schedule. A
 * workflow without a row is reported once it is `openingMs` old (default: ten minutes).
 */
export async function reconcile(
  { openingMs }: { openingMs: number } = { openingMs: 600_000 },
): Promise<ReconcileReport> {
  return reconcileCases({ openingMs })
}
