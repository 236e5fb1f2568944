import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import type { SignalDefinition } from '@temporalio/common'
import type { ListingCaseMemo } from '../workflows/messages.js'

/**
 * Signals the listing's running case and returns its case id; `null`, and nothing was signalled,
 * when none is running or it is another than `onlyCaseId`. The run is pinned, so that no later case
 * of the listing gets what was meant for this one. The deadline is the caller's.
 */
export async function signalRunningCase<Message>(
  temporal: Client,
  workflowId: string,
  signal: SignalDefinition<[Message]>,
  message: Message,
  onlyCaseId?: string,
): Promise<string | null> {
  try {
    const { status, memo, runId } = await temporal.workflow.getHandle(workflowId).describe()
    const { caseId } = memo as unknown as ListingCaseMemo
    const isIt = onlyCaseId === undefined || caseId === onlyCaseId
    if (status.name !== 'RUNNING' || !isIt) return null
    await temporal.workflow.getHandle(workflowId, runId).signal(signal, message)
    return caseId
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null
    throw error
  }
}
