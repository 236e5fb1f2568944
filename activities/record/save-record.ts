import { ApplicationFailure } from '@temporalio/activity'
import {
  type ProcessEvent,
  type ProcessKind,
  type ProcessState,
  replay,
} from '../../domain/record/record.js'
import {
  EVERYTHING,
  RecordConflict,
  type RecordRepository,
  type RecordRow,
} from '../../store/store.js'

/** Where the records of a kind are, for saving. */
type Records<State extends ProcessState, Event extends ProcessEvent> = Pick<
  RecordRepository<State, Event, RecordRow<State>>,
  'get' | 'events' | 'save'
>

/**
 * Writes a process's new events and its row in one transaction, and gives the state they lead to.
 * Saving the same events again changes nothing. Throws `RecordConflict` (not retried) when the record
 * holds other events under these numbers: the workflow was reset, or the record was tampered with.
 */
export async function saveRecord<State extends ProcessState, Event extends ProcessEvent>(
  kind: ProcessKind<State, Event>,
  records: Records<State, Event>,
  id: string,
  events: Event[],
): Promise<{ savedRev: number; state: State }> {
  const workflowId = kind.workflowIdOf(id)
  const recorded = await recordedState(kind, records, id)
  if (workflowId === null || !recorded) throw conflict(`the record has no ${kind.noun} ${id}`)
  const state = events
    .filter(({ seq }) => seq > recorded.rev)
    .reduce((before, event) => kind.evolve(before, event), recorded)
  try {
    const { savedRev } = await records.save({ workflowId, events, state })
    return { savedRev, state }
  } catch (error) {
    if (error instanceof RecordConflict) throw conflict(error.message)
    throw error
  }
}

/** What the record says; a row that somebody deleted is worked out from the events again. */
async function recordedState<State extends ProcessState, Event extends ProcessEvent>(
  kind: ProcessKind<State, Event>,
  records: Records<State, Event>,
  id: string,
): Promise<State | null> {
  const row = await records.get(EVERYTHING, id)
  if (row) return row.state
  const stored = await records.events(EVERYTHING, id)
  if (stored.length === 0) return null
  return replay(
    kind,
    id,
    stored.map(({ event }) => event),
  )
}

function conflict(message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, 'RecordConflict')
}
