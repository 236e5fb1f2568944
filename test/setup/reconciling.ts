import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client'
import type { ReconcileReport } from '../../domain/record/reconciling.js'
import { randomSuffix } from '../../platform/digest.js'
import { CASES_QUEUE, RECONCILE, type ReconcileInput } from '../../workflows/messages.js'
import type { reconcile } from '../../workflows/reconcile.js'
import type { TestService } from './service.js'

type Comparison = WorkflowHandleWithFirstExecutionRunId<typeof reconcile>

/** Begins a comparison of its own, beside any other. */
export async function startReconciling(
  { client }: Pick<TestService, 'client'>,
  ...args: [ReconcileInput?]
): Promise<Comparison> {
  const workflowId = `reconcile-${randomSuffix()}`
  return client.workflow.start<typeof reconcile>(RECONCILE, {
    ...{ workflowId, taskQueue: CASES_QUEUE, args },
  })
}

/** Compares all cases with their workflows, and gives the report. */
export async function reconcileNow(
  service: Pick<TestService, 'client'>,
  ...args: [ReconcileInput?]
): Promise<ReconcileReport> {
  return (await startReconciling(service, ...args)).result()
}
