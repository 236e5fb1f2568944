import type { WorkflowStartOptions } from '@temporalio/client'
import type { ProcessEvent, ProcessNames, ProcessState } from '../../domain/record/record.js'
import type { RecordRepository, RecordRow } from '../../store/store.js'
import type { EndedRun } from './ended-run.js'

/** How a process is started again. */
export interface Restart {
  /** The process it is then: after one that has ended it may be the next. */
  id: string
  options: WorkflowStartOptions
}

type Row = RecordRow<ProcessState>

/**
 * One kind of recorded process, as the reconciler compares its rows with its workflows: a row of the
 * table of kinds (activities/index.ts). It starts again what has ended before its time.
 */
export interface ReconciledKind<R extends Row = Row, Event extends ProcessEvent = ProcessEvent> {
  names: ProcessNames
  records: Pick<
    RecordRepository<ProcessState, Event, R>,
    'get' | 'events' | 'openIds' | 'recordedAmong'
  >
  isEnded(row: R): boolean
  /**
   * One that goes on from its record. `why` its workflow had ended; `ended`: its last run, unless
   * that is gone. `null` when the record does not say how it began.
   */
  fromRecord(row: R, events: readonly Event[], why: string, ended: EndedRun | null): Restart | null
  /**
   * One that was never recorded, from its run; where `row` has ended, the next after it. `null` when
   * there is nothing to start.
   */
  fromRun(run: EndedRun, row: R | null): Promise<Restart | null>
}
