import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import type { SignalDefinition, TypedSearchAttributes } from '@temporalio/common'
import type { Standstill } from '../domain/vocabulary.js'
import { GRPC, grpcStatusOf } from './grpc-status.js'

/** The latest run of a workflow, as Temporal tells of it. */
export interface LatestRun {
  /** The process that the run says it is of: under one workflow id there may be several in turn. */
  id: string | undefined
  runId: string
  isRunning: boolean
  /** Temporal's word for how it stands. */
  status: string
  attributes: TypedSearchAttributes
}

/**
 * Asks the workflow itself, because the list of running ones is eventually consistent; `null` when
 * there is none. `idName`: what the id of its kind of process is called. The deadline is the caller's.
 */
export async function latestRun(
  temporal: Client,
  workflowId: string,
  idName: string,
): Promise<LatestRun | null> {
  try {
    const { status, memo, runId, typedSearchAttributes } = await temporal.workflow
      .getHandle(workflowId)
      .describe()
    const isRunning = status.name === 'RUNNING'
    const attributes = typedSearchAttributes
    return { id: idInMemo(memo, idName), runId, isRunning, status: status.name, attributes }
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null
    throw error
  }
}

/** Whose a run is, by its memo. */
export function idInMemo(
  memo: Record<string, unknown> | undefined,
  idName: string,
): string | undefined {
  const id = memo?.[idName]
  return typeof id === 'string' ? id : undefined
}

/**
 * Signals that run, so that no later process gets what was meant for this one; false, and nothing
 * was signalled, when it has ended. The deadline is the caller's.
 */
export async function signalRun<Message>(
  temporal: Client,
  workflowId: string,
  { runId }: Pick<LatestRun, 'runId'>,
  signal: SignalDefinition<[Message]>,
  message: Message,
): Promise<boolean> {
  try {
    await temporal.workflow.getHandle(workflowId, runId).signal(signal, message)
    return true
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}

/**
 * A list of runs that stand still in that way; `none` from a server older than 1.30, which does not
 * know the attribute of those whose code fails, nor what it fails on.
 */
export async function whereKnown<T>(
  standstill: Standstill,
  none: T,
  list: () => Promise<T>,
): Promise<T> {
  try {
    return await list()
  } catch (error) {
    const isUnknown = grpcStatusOf(error) === GRPC.invalidArgument
    if (standstill === 'codeFailed' && isUnknown) return none
    throw error
  }
}
