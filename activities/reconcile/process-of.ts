import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import type { ListingCaseMemo } from '../../workflows/case/start.js'

/** What Temporal says of the latest process of a listing: how it stands, and whose it is. */
export interface ListingProcess {
  running: boolean
  /** Temporal's word for it, or `NOT_FOUND`. */
  name: string
  caseId?: string
}

/** Asks the workflow itself, because the list of running ones is eventually consistent. */
export async function processOf(temporal: Client, workflowId: string): Promise<ListingProcess> {
  try {
    const { status, memo } = await temporal.workflow.getHandle(workflowId).describe()
    const { caseId } = (memo ?? {}) as Partial<ListingCaseMemo>
    const running = status.name === 'RUNNING'
    return { running, name: status.name, ...(caseId ? { caseId } : {}) }
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { running: false, name: 'NOT_FOUND' }
    throw error
  }
}
