import type { Client } from '@temporalio/client'
import { casePriority } from '../../domain/case/priority.js'
import type { SupersededClose } from '../../domain/case/superseding.js'
import { withinMs } from '../../platform/within-ms.js'
import type { CaseRow } from '../../store/store.js'
import {
  CASES_QUEUE,
  CLOSE_SUPERSEDED,
  type CloseSupersededInput,
  type CloseSupersededResult,
  closeSupersededId,
} from '../../workflows/messages.js'
import { interrupted, problemFrom, unconfirmed } from './refusals.js'

type CloseWorkflow = (input: CloseSupersededInput) => Promise<CloseSupersededResult>

/**
 * Closes a case that waits for `openCaseId`, another case of its listing, by a workflow of its own.
 * Resolves when the record says that the case has closed, by this or by something else; throws why
 * it did not. A close that is under way is waited for first.
 */
export async function closeSuperseded(
  temporal: Client,
  { caseId, state }: CaseRow,
  openCaseId: string,
  close: SupersededClose,
  timeoutMs: number,
): Promise<void> {
  const until = Date.now() + timeoutMs
  for (;;) {
    const leftMs = until - Date.now()
    const overdue = () => unconfirmed(new Error(`${CLOSE_SUPERSEDED} took too long`))
    const started = temporal.withDeadline(until, () =>
      temporal.workflow.start<CloseWorkflow>(CLOSE_SUPERSEDED, {
        workflowId: closeSupersededId(caseId),
        workflowIdConflictPolicy: 'USE_EXISTING',
        taskQueue: CASES_QUEUE,
        args: [close],
        staticSummary: `close ${caseId}, superseded by ${openCaseId}`,
        priority: casePriority(state),
      }),
    )
    const result = await withinMs(
      started.then((handle) => handle.result()),
      leftMs,
      overdue,
    )
    if (result.kind === 'closed') return
    if (result.requestId !== close.requestId) continue
    throw result.kind === 'refused' ? problemFrom(result.refusal) : interrupted()
  }
}
