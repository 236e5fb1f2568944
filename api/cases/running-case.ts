import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import type { SignalDefinition } from '@temporalio/common'
import type { ListingCaseMemo } from '../../workflows/case/start.js'
import { SEARCH_ATTRIBUTES } from '../../workflows/search-attributes.js'

/** The case that is running for a listing. */
export interface RunningCase {
  caseId: string
  runId: string
  /** It has its outcome, and only its record or its mails are still on their way. */
  isClosed: boolean
}

/** The listing's running case, or `null`. The deadline is the caller's. */
export async function runningCase(
  temporal: Client,
  workflowId: string,
): Promise<RunningCase | null> {
  try {
    const { status, memo, runId, typedSearchAttributes } = await temporal.workflow
      .getHandle(workflowId)
      .describe()
    const { caseId } = memo as unknown as ListingCaseMemo
    const isClosed = typedSearchAttributes.get(SEARCH_ATTRIBUTES.CasePhase) === 'closed'
    return status.name === 'RUNNING' ? { caseId, runId, isClosed } : null
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null
    throw error
  }
}

/**
 * Signals that run of the listing's case, so that no later case gets what was meant for it; false,
 * and nothing was signalled, when it has ended. The deadline is the caller's.
 */
export async function signalRun<Message>(
  temporal: Client,
  workflowId: string,
  { runId }: RunningCase,
  signal: SignalDefinition<[Message]>,
  message: Message,
): Promise<boolean> {
  try {
    await temporal.workflow.getHandle(workflowId, runId).signal(signal, message)
    return true
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}
