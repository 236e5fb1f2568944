import type { Client } from '@temporalio/client'
import { CASE_KIND } from '../../domain/case/kind.js'
import { latestRun } from '../../platform/process-runs.js'
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
  const latest = await latestRun(temporal, workflowId, CASE_KIND.idName)
  if (!latest?.isRunning || latest.id === undefined) return null
  const isClosed = latest.attributes.get(SEARCH_ATTRIBUTES.CasePhase) === 'closed'
  return { caseId: latest.id, runId: latest.runId, isClosed }
}
