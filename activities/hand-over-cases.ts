import { activityInfo, heartbeat, log } from '@temporalio/activity'
import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client'
import type { HandOverInput } from '../workflows/messages.js'
import { reassign } from '../workflows/messages.js'
import type { ActivityDependencies } from './dependencies.js'

const AT_ONCE = 10

/**
 * Reassigns every open case of one account manager or lead to another, as `reassign` does for each.
 * Goes on after a crash where it was; a case that has closed meanwhile is left alone.
 */
export function createHandOverCases({ store, temporal }: ActivityDependencies) {
  return async function handOverCases({ from, to, caller }: HandOverInput): Promise<number> {
    let { after, count } = (activityInfo().heartbeatDetails ?? { after: null, count: 0 }) as {
      after: string | null
      count: number
    }
    for (;;) {
      const page = await store.admin.openCasesOf(from, after, AT_ONCE)
      const last = page.at(-1)
      if (!last) return count
      await Promise.all(
        page.map(async ({ caseId, workflowId, role }) => {
          const reason = `${from} no longer looks after it`
          const message = { caseId, caller, role, to, reason }
          try {
            await temporal.workflow
              .getHandle(workflowId)
              .executeUpdate(reassign, { args: [message] })
          } catch (error) {
            const hasClosed =
              error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateFailedError
            if (!hasClosed) throw error
            log.info('a case that was to be reassigned has closed', { caseId, error })
          }
        }),
      )
      after = last.caseId
      count += page.length
      heartbeat({ after, count })
    }
  }
}
