import { ChildWorkflowCancellationType, ParentClosePolicy, startChild } from '@temporalio/workflow'
import { casePriority } from '../../domain/case/priority.js'
import { TELLING, type TellingInput, tellingId } from '../messages.js'

/**
 * Has what a case that has closed at `rev` had not told yet told apart: by a workflow of its own,
 * which goes on whatever becomes of this one. `summary` is its title in the Temporal UI.
 */
export async function startTelling(
  input: TellingInput,
  rev: number,
  summary: string,
): Promise<void> {
  await startChild(TELLING, {
    workflowId: tellingId(input.caseId, rev),
    args: [input],
    parentClosePolicy: ParentClosePolicy.ABANDON,
    cancellationType: ChildWorkflowCancellationType.ABANDON,
    staticSummary: summary,
    priority: casePriority(input),
  })
}
