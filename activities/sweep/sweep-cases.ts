import { cancellationSignal, log } from '@temporalio/activity'
import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { requestRepeat } from '../../domain/case/repeats.js'
import {
  isByName,
  type SweepFailure,
  sweepMessage,
  type SweepTask,
  type SweptPage,
} from '../../domain/sweep/sweeps.js'
import { inParallel } from '../../platform/in-parallel.js'
import { type CaseRow, EVERYTHING } from '../../store/store.js'
import type { SweptCases } from '../../workflows/messages.js'
import { CASE_UPDATES } from '../../workflows/messages.js'
import type { ActivityDependencies } from '../dependencies.js'
import { paced } from '../paced.js'
import { whileBeating } from '../while-beating.js'

const AT_ONCE = 10
const ANSWER_WITHIN_MS = 10_000
/** With as many failures as a sweep lists, it stays below what Temporal takes. */
const MAX_DETAIL_LENGTH = 200

type Swept = 'done' | 'kept' | Omit<SweepFailure, 'caseId'>

/**
 * Sends a sweep's message to these cases, at most `sweptPerSecond` of all sweeps. The message has
 * the same id whenever it is sent, so that a case takes it once, and a retry counts it again as done.
 */
export function createSweepCases({
  store,
  temporal,
  sweptPerSecond,
}: Pick<ActivityDependencies, 'store' | 'temporal' | 'sweptPerSecond'>) {
  const mayGoOn = paced(sweptPerSecond)

  return async function sweepCases(swept: SweptCases): Promise<SweptPage> {
    const { task, caller, caseIds } = swept
    const rows = await store.cases.getMany(caller, caseIds)
    const byId = new Map(rows.map((row) => [row.caseId, row]))
    const to = await assigneeOf(task)
    const page: SweptPage = { done: 0, kept: 0, failures: [], again: [] }
    await whileBeating(() =>
      inParallel(caseIds, AT_ONCE, async (caseId) => {
        const result = await sweepOne(swept, byId.get(caseId), to)
        if (typeof result === 'string') page[result]++
        else page[isPassing(result) ? 'again' : 'failures'].push(failureOf(caseId, result))
      }),
    )
    return page
  }

  /** Who is given the cases; `null` in a recall, and where the brand has nobody now. */
  async function assigneeOf(task: SweepTask): Promise<string | null> {
    if (task.kind === 'recall') return null
    if (task.kind !== 'brandManager') return task.to
    const brand = await store.brands.find(EVERYTHING, task.brandId)
    return brand?.accountManagerId ?? null
  }

  async function sweepOne(
    { task, caller, requestId }: SweptCases,
    row: CaseRow | undefined,
    to: string | null,
  ): Promise<Swept> {
    if (!row) return { reason: 'notFound', detail: 'there is no such case' }
    if (requestRepeat(row.state, requestId) === 'same') return 'done'
    if (row.phase === 'closed') return closed(task, `it is closed: ${row.outcome ?? ''}`)
    const said = sweepMessage(task, row.state, caller, to)
    if (said === null) return 'kept'
    await mayGoOn()
    const handle = temporal.workflow.getHandle(row.workflowId)
    const send = () =>
      said.name === 'withdraw'
        ? handle.executeUpdate(CASE_UPDATES.withdraw, { args: [said.message], updateId: requestId })
        : handle.executeUpdate(CASE_UPDATES.reassign, { args: [said.message], updateId: requestId })
    // One for each call, because the client leaves a listener on it.
    const signal = AbortSignal.any([cancellationSignal()])
    try {
      await temporal.withAbortSignal(signal, () =>
        temporal.withDeadline(Date.now() + ANSWER_WITHIN_MS, send),
      )
      return 'done'
    } catch (error) {
      // This worker stops, and with it the one that would have answered.
      if (signal.aborted) throw error
      const result = resultOf(task, error)
      if (result === null) throw error
      log.info('a case did not take the message of a sweep', { caseId: row.caseId, result })
      return result
    }
  }
}

/** What an error says of the case; `null` when it says something of the servers only. */
function resultOf(task: SweepTask, error: unknown): Swept | null {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) {
    return { reason: 'noAnswer', detail: 'it did not answer in time' }
  }
  const interrupted = { reason: 'interrupted', detail: 'its process is not running' } as const
  if (error instanceof WorkflowNotFoundError) return interrupted
  if (!(error instanceof WorkflowUpdateFailedError)) return null
  const { cause } = error
  const { type, message } =
    cause instanceof ApplicationFailure ? cause : { type: undefined, message: error.message }
  switch (type) {
    case 'StaleCase':
    case 'AcceptedUpdateCompletedWorkflow':
      return interrupted
    case 'StillOpening':
      return { reason: 'opening', detail: message }
    case 'CaseClosed':
      return closed(task, message)
    case 'NotAllowedNow':
      return isByName(task) ? { reason: 'refused', detail: message } : 'kept'
    default:
      return { reason: 'refused', detail: message }
  }
}

function closed(task: SweepTask, detail: string): Swept {
  return isByName(task) ? { reason: 'closed', detail } : 'kept'
}

function failureOf(caseId: string, { reason, detail }: Omit<SweepFailure, 'caseId'>): SweepFailure {
  return { caseId, reason, detail: detail.slice(0, MAX_DETAIL_LENGTH) }
}

/** May it go away by itself? */
function isPassing({ reason }: Omit<SweepFailure, 'caseId'>): boolean {
  return reason === 'opening' || reason === 'interrupted' || reason === 'noAnswer'
}
