import { proxyActivities } from '@temporalio/workflow'
import type { Activities } from '../../activities/index.js'
import { checkInput } from '../input.js'
import type { CloseSupersededInput, CloseSupersededResult } from '../messages.js'
import { startTelling } from './start-telling.js'

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
  const { notices, rev, severity, brandId } = end
  if (notices.length > 0) {
    await startTelling({ caseId, notices, severity, brandId }, rev, `the end of ${caseId}`)
  }
  return { requestId, kind: 'closed' }
}
