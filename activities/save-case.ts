import { ApplicationFailure } from '@temporalio/activity'
import type { CaseEvent } from '../domain/case-events.js'
import { evolve } from '../domain/evolve.js'
import { EVERYTHING, RecordConflict } from '../store/store.js'
import type { ActivityDependencies } from './dependencies.js'

/**
 * Writes a case's new events and its row in one transaction. Saving the same events again changes
 * nothing. Throws `RecordConflict` (not retried) when the record holds other events under these
 * numbers: the workflow was reset, or the record was tampered with.
 */
export function createSaveCase({ store }: ActivityDependencies) {
  return async function saveCase(input: {
    caseId: string
    events: CaseEvent[]
  }): Promise<{ savedRev: number }> {
    const { caseId, events } = input
    const row = await store.cases.get(EVERYTHING, caseId)
    if (!row) throw conflict(`the record has no case ${caseId}`)
    const state = events.filter((event) => event.seq > row.rev).reduce(evolve, row.state)
    try {
      return await store.cases.save({ caseId, workflowId: row.workflowId, events, state })
    } catch (error) {
      if (error instanceof RecordConflict) throw conflict(error.message)
      throw error
    }
  }
}

function conflict(message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, 'RecordConflict')
}
