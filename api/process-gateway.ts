import { setTimeout } from 'node:timers/promises'
import {
  type Client,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client'
import {
  ApplicationFailure,
  type SignalDefinition,
  type UpdateDefinition,
} from '@temporalio/common'
import type { ProcessNames, ProcessState } from '../domain/record/record.js'
import { latestRun, signalRun } from '../platform/process-runs.js'
import type { RecordRow, TenantScope } from '../store/store.js'

/** How long an update may take before the fallback; also the limit of every other call. */
export const CALL_TIMEOUT_MS = 5_000

/** The record shows a process a moment before it is ready for messages. */
const OPENING_PATIENCE_MS = 1_500
const OPENING_PAUSE_MS = 50

/** What any process says of a message that comes too early, or is meant for another one. */
const STILL_OPENING = 'StillOpening'
const STALE = 'StaleCase'
/** The SDK's own: it ended while the message was being applied. */
const ENDED_MEANWHILE = 'AcceptedUpdateCompletedWorkflow'

/** What became of a message. */
export type Sent<Answer> =
  | { kind: 'answered'; answer: Answer }
  /** No worker has looked at it in time: Temporal keeps the fallback signal. */
  | { kind: 'kept' }
  /** No worker has looked at it in time: it may still be applied. */
  | { kind: 'unconfirmed'; cause: Error }
  /** Its process has ended, is ending, or is that of a later one: it is late. */
  | { kind: 'late' }
  /** The rules of the process refuse it. */
  | { kind: 'refused'; failure: ApplicationFailure }

/** What the record says of a process that did not take a message. */
export type Standing<Row> =
  | { kind: 'ended'; row: Row }
  /** It is open, and waits for another one under its workflow id. */
  | { kind: 'superseded'; row: Row; by: string }
  /** It is open, and its workflow does not run at present. */
  | { kind: 'interrupted'; row: Row }

/**
 * The API's way to the processes of a kind: an update, which is answered; where nobody answers in
 * time, a durable signal in its place; and for what comes late, what the record says.
 */
export function createProcessGateway<Row extends RecordRow<ProcessState>>({
  temporal,
  names,
  records,
  isEnded,
}: {
  temporal: Client
  names: ProcessNames
  records: { get(scope: TenantScope, id: string): Promise<Row | null> }
  isEnded: (row: Row) => boolean
}) {
  const within = <T>(timeoutMs: number, call: () => Promise<T>) =>
    temporal.withDeadline(Date.now() + timeoutMs, call)

  const running = async (workflowId: string) => {
    const latest = await latestRun(temporal, workflowId, names.idName)
    return latest?.isRunning ? latest : null
  }

  /**
   * Sends an update; `updateId` makes sending it again the same message. With a `fallback` it is
   * signalled where nobody answers in time. Throws only what nothing is known about.
   */
  async function send<Answer, Message>(
    { id, workflowId }: { id: string; workflowId: string },
    update: UpdateDefinition<Answer, [Message]>,
    message: Message,
    options: { updateId: string; timeoutMs: number; fallback?: SignalDefinition<[Message]> },
  ): Promise<Sent<Answer>> {
    const { updateId, timeoutMs, fallback } = options
    const patientUntil = Date.now() + OPENING_PATIENCE_MS
    for (;;) {
      try {
        const answer = await within(timeoutMs, () =>
          temporal.workflow
            .getHandle(workflowId)
            .executeUpdate(update, { args: [message], updateId }),
        )
        return { kind: 'answered', answer }
      } catch (error) {
        if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) {
          if (!fallback) return { kind: 'unconfirmed', cause: error }
          return signal({ id, workflowId }, fallback, message)
        }
        const failure = refusalIn(error)
        if (isLate(error, failure)) return { kind: 'late' }
        if (!failure) throw error
        const isTooEarly = failure.type === STILL_OPENING && Date.now() <= patientUntil
        if (!isTooEarly) return { kind: 'refused', failure }
        await setTimeout(OPENING_PAUSE_MS)
      }
    }
  }

  async function signal<Message>(
    { id, workflowId }: { id: string; workflowId: string },
    fallback: SignalDefinition<[Message]>,
    message: Message,
  ): Promise<{ kind: 'kept' | 'late' }> {
    const isKept = await within(CALL_TIMEOUT_MS, async () => {
      const run = await running(workflowId)
      return run?.id === id && signalRun(temporal, workflowId, run, fallback, message)
    })
    return { kind: isKept ? 'kept' : 'late' }
  }

  /** What the record says of one that did not take a message; `null` when there is none in scope. */
  async function standing(scope: TenantScope, id: string): Promise<Standing<Row> | null> {
    const row = await records.get(scope, id)
    if (!row) return null
    if (isEnded(row)) return { kind: 'ended', row }
    const run = await within(CALL_TIMEOUT_MS, () => running(row.workflowId))
    return run?.id !== undefined && run.id !== id
      ? { kind: 'superseded', row, by: run.id }
      : { kind: 'interrupted', row }
  }

  return { send, standing }
}

function isLate(error: unknown, failure: ApplicationFailure | null): boolean {
  if (error instanceof WorkflowNotFoundError) return true
  return failure?.type === STALE || failure?.type === ENDED_MEANWHILE
}

/** What the rules of a process said against a message, or `null` for any other error. */
function refusalIn(error: unknown): ApplicationFailure | null {
  if (!(error instanceof WorkflowUpdateFailedError)) return null
  return error.cause instanceof ApplicationFailure ? error.cause : null
}
