import { Client, Connection } from '@temporalio/client'
import { inParallel } from '../../platform/in-parallel.js'
import { costOf, type HistoryCost } from '../history-cost.js'
import type { ListingCaseMemo } from '../../workflows/case/start.js'
import { CONTACT_DIGEST, LISTING_CASE } from '../../workflows/messages.js'

const AT_ONCE = 8

/** Questions about the workflows of a stack. */
export interface Workflows {
  /** By case id, for every run of the case workflow. */
  costs(): Promise<Map<string, HistoryCost>>
  /** True while a contact's mails are still being gathered. */
  areMailsPending(): Promise<boolean>
  close(): Promise<void>
}

/** Connects to the server at `address`; `close` it after use. */
export async function askTemporal(address: string, namespace: string): Promise<Workflows> {
  const connection = await Connection.connect({ address })
  const { workflow } = new Client({ connection, namespace })

  return {
    async costs() {
      const runs: { caseId: string; workflowId: string; runId: string }[] = []
      const query = `WorkflowType = "${LISTING_CASE}"`
      for await (const { workflowId, runId, memo } of workflow.list({ query })) {
        runs.push({ workflowId, runId, caseId: (memo as unknown as ListingCaseMemo).caseId })
      }
      const costs = await inParallel(runs, AT_ONCE, async ({ caseId, workflowId, runId }) => {
        return [caseId, costOf(await workflow.getHandle(workflowId, runId).fetchHistory())] as const
      })
      return new Map(costs)
    },
    async areMailsPending() {
      const query = `WorkflowType = "${CONTACT_DIGEST}" AND ExecutionStatus = "Running"`
      const { count } = await workflow.count(query)
      return count > 0
    },
    close: () => connection.close(),
  }
}
