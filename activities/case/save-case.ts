import { activityInfo, ApplicationFailure, log } from '@temporalio/activity'
import type { CaseEvent } from '../../domain/case/events.js'
import type { CaseState } from '../../domain/case/state.js'
import { evolve } from '../../domain/case/evolve.js'
import { rebuild } from '../../domain/case/kind.js'
import { parseCaseId } from '../../domain/case/identity.js'
import { casePriority } from '../../domain/case/priority.js'
import { EVERYTHING, RecordConflict } from '../../store/store.js'
import type { ActivityDependencies } from '../dependencies.js'
import { endsWithItsListing, tellOtherCases } from './tell-other-cases.js'

/**
 * Writes a case's new events and its row in one transaction. Saving the same events again changes
 * nothing. Throws `RecordConflict` (not retried) when the record holds other events under these
 * numbers: the workflow was reset, or the record was tampered with. A case whose severity was raised
 * goes before the less severe from then on. When the listing is gone, other brands' open cases of it
 * are told.
 */
export function createSaveCase({ store, temporal }: ActivityDependencies) {
  return async function saveCase(input: {
    caseId: string
    events: CaseEvent[]
  }): Promise<{ savedRev: number }> {
    const { caseId, events } = input
    const workflowId = parseCaseId(caseId)?.workflowId
    const recorded = await recordedState(caseId)
    if (!workflowId || !recorded) throw conflict(`the record has no case ${caseId}`)
    const state = events.filter((event) => event.seq > recorded.rev).reduce(evolve, recorded)
    try {
      const saved = await store.cases.save({ workflowId, events, state })
      if (events.some(({ type }) => type === 'severityRaised')) await raisePriority(state)
      if (endsWithItsListing(state)) await tellOtherCases({ store, temporal }, state)
      return saved
    } catch (error) {
      if (error instanceof RecordConflict) throw conflict(error.message)
      throw error
    }
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

  /** What the record says; a row that somebody deleted is worked out from the events again. */
  async function recordedState(caseId: string): Promise<CaseState | null> {
    const row = await store.cases.get(EVERYTHING, caseId)
    if (row) return row.state
    const stored = await store.cases.events(EVERYTHING, caseId)
    return stored.length === 0
      ? null
      : rebuild(
          caseId,
          stored.map(({ event }) => event),
        )
  }
}

function conflict(message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, 'RecordConflict')
}
