import {
  ChildWorkflowCancellationType,
  ParentClosePolicy,
  proxyActivities,
  startChild,
} from '@temporalio/workflow'
import type { Activities } from '../activities/index.js'
import { casePriority } from '../domain/priority.js'
import { checkInput } from './input.js'
import {
  type CloseSupersededInput,
  type CloseSupersededResult,
  TELLING,
  type TellingInput,
  tellingId,
} from './messages.js'

const activities = proxyActivities<Activities>({
  startToCloseTimeout: '15s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '1m' },
  summary: 'close the case on record',
})

/**
 * Closes a case that another open case of its listing has superseded. Meanwhile it is the only writer
 * of that case, which has no process of its own; who should hear of the end is told apart.
 */
export async function closeSuperseded(input: CloseSupersededInput): Promise<CloseSupersededResult> {
  checkInput('closeSuperseded', input)
  const { requestId, message } = input
  const { caseId } = message
  const end = await activities.closeSuperseded(input)
  if (end.kind !== 'closed') return { requestId, ...end }
  const { notices, rev, ...of } = end
  if (notices.length > 0) {
    const telling: TellingInput = { caseId, notices, severity: of.severity, brandId: of.brandId }
    await startChild(TELLING, {
      workflowId: tellingId(caseId, rev),
      args: [telling],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      cancellationType: ChildWorkflowCancellationType.ABANDON,
      staticSummary: `the end of ${caseId}`,
      priority: casePriority(of),
    })
  }
  return { requestId, kind: 'closed' }
}
