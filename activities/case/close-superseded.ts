import { activityInfo, ApplicationFailure } from '@temporalio/activity'
import type { CaseEvent } from '../../domain/case/events.js'
import type { CaseState } from '../../domain/case/state.js'
import type { Refusal } from '../../domain/case/message/reply.js'
import { CASE_KIND, record } from '../../domain/case/kind.js'
import { type Notice, noticesFor } from '../../domain/notice/notices.js'
import { supersededClosing, type SupersededClose } from '../../domain/case/superseding.js'
import type { Severity } from '../../domain/vocabulary.js'
import { latestRun } from '../../platform/process-runs.js'
import { EVERYTHING, RecordConflict, type SaveCommand } from '../../store/store.js'
import type { ActivityDependencies } from '../dependencies.js'

/** What became of the close. */
export type SupersededEnd =
  /** The case has closed, perhaps by something else; `notices` are to be told. */
  | { kind: 'closed'; rev: number; brandId: string; severity: Severity; notices: Notice[] }
  | { kind: 'refused'; refusal: Refusal }
  /** No other case of the listing is running, or the case is not on record. */
  | { kind: 'notSuperseded' }

/**
 * Closes a case that has no process because another case of its listing is running. Doing it again
 * changes nothing. Should its own process be started at the same time, one of both finds that the
 * record has gone on, and reads it again.
 */
export function createCloseSuperseded({
  store,
  temporal,
}: Pick<ActivityDependencies, 'store' | 'temporal'>) {
  return async function closeSuperseded(close: SupersededClose): Promise<SupersededEnd> {
    const { caseId } = close.message
    const row = await store.cases.get(EVERYTHING, caseId)
    if (!row) return { kind: 'notSuperseded' }
    const { workflowId } = row
    let { state } = row
    if (state.phase !== 'closed') {
      const latest = await latestRun(temporal, workflowId, CASE_KIND.idName)
      const openCaseId = latest?.isRunning ? latest.id : undefined
      if (openCaseId === undefined || openCaseId === caseId) return { kind: 'notSuperseded' }
      const { currentAttemptScheduledTimestampMs: now } = activityInfo()
      const closing = supersededClosing(state, close, openCaseId, now)
      if ('refusal' in closing) return { kind: 'refused', ...closing }
      const { events, ...closed } = record(state, closing.happenings, now)
      state = closed.state
      await save({ workflowId, events, state })
    }
    const stored = await store.cases.events(EVERYTHING, caseId)
    const own = stored.filter(({ event }) => event.request === close.requestId)
    const notices = own.flatMap(({ event }) => noticesFor(state, event))
    const { rev, brandId, severity } = state
    return { kind: 'closed', rev, brandId, severity, notices }
  }

  /** The next attempt reads what the record says by then. */
  async function save(command: SaveCommand<CaseState, CaseEvent>): Promise<void> {
    try {
      await store.cases.save(command)
    } catch (error) {
      if (!(error instanceof RecordConflict)) throw error
      throw ApplicationFailure.retryable(error.message, 'RecordConflict')
    }
  }
}
