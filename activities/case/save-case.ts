import { activityInfo, log } from '@temporalio/activity'
import type { CaseEvent } from '../../domain/case/events.js'
import type { CaseState } from '../../domain/case/state.js'
import { CASE_KIND } from '../../domain/case/kind.js'
import { casePriority } from '../../domain/case/priority.js'
import type { ActivityDependencies } from '../dependencies.js'
import { saveRecord } from '../record/save-record.js'
import { endsWithItsListing, tellOtherCases } from './tell-other-cases.js'

/**
 * Saves a case's new events. A case whose severity was raised goes before the less severe from then
 * on. When the listing is gone, other brands' open cases of it are told.
 */
export function createSaveCase({ store, temporal }: ActivityDependencies) {
  return async function saveCase(input: {
    caseId: string
    events: CaseEvent[]
  }): Promise<{ savedRev: number }> {
    const { caseId, events } = input
    const { savedRev, state } = await saveRecord<CaseState, CaseEvent>(
      CASE_KIND,
      store.cases,
      caseId,
      events,
    )
    if (events.some(({ type }) => type === 'severityRaised')) await raisePriority(state)
    if (endsWithItsListing(state)) await tellOtherCases({ store, temporal }, state)
    return { savedRev }
  }

  /** The activities of a case carry its severity themselves; this is for its workflow tasks. */
  async function raisePriority(state: CaseState): Promise<void> {
    const { workflowExecution } = activityInfo()
    try {
      await temporal.workflowService.updateWorkflowExecutionOptions({
        namespace: temporal.options.namespace,
        workflowExecution: workflowExecution ?? null,
        workflowExecutionOptions: { priority: casePriority(state) },
        updateMask: { paths: ['priority'] },
      })
    } catch (error) {
      log.warn('the case keeps the priority of its first severity', { error })
    }
  }
}
