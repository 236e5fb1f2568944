import { ActivityFailure, ApplicationFailure, isCancellation, patched } from '@temporalio/workflow'
import { readFault } from '../domain/record/faults.js'
import type { Fault } from '../domain/vocabulary.js'

/** For what must be done however long the database is away. */
export const UNTIL_IT_IS_BACK = {
  initialInterval: '500ms',
  backoffCoefficient: 2,
  maximumInterval: '20s',
} as const
/** The same for saving, which is not repeated once the record holds other events. */
export const UNTIL_IT_IS_SAVED = {
  ...UNTIL_IT_IS_BACK,
  nonRetryableErrorTypes: ['RecordConflict'],
}

/**
 * What became of a save that is repeated without end. `conflict` says why the record cannot be
 * continued: it holds other events under these numbers, or is not whole; `failed` why they can never
 * be saved.
 */
export type Saved = { savedRev: number } | { conflict: string } | { failed: string }

/** A save, or why it did not come to pass. */
export async function savedOrWhyNot(save: () => Promise<{ savedRev: number }>): Promise<Saved> {
  try {
    return await save()
  } catch (error) {
    const cause = error instanceof ActivityFailure ? error.cause : undefined
    if (cause instanceof ApplicationFailure && cause.type === 'RecordConflict') {
      return { conflict: cause.message }
    }
    return failureOf(error)
  }
}

/**
 * What an activity gives that is repeated without end; `failed` says why it never will. Rejects where
 * this cannot be told apart: on a replay.
 */
export async function unlessFailed<T>(activity: () => Promise<T>): Promise<T | { failed: string }> {
  try {
    return await activity()
  } catch (error) {
    return failureOf(error)
  }
}

/** What a look gives, or `null` where it failed. */
export async function unlessUnknown<T>(look: () => Promise<T>): Promise<T | null> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof ActivityFailure && !isCancellation(error)) return null
    throw error
  }
}

/** Why an activity that is otherwise repeated without end has failed; rethrows anything else. */
function failureOf(error: unknown): { failed: string } {
  const isOurs = error instanceof ActivityFailure && !isCancellation(error)
  // Asked only here, because a patch costs events; such a failure used to end the workflow.
  if (!isOurs || !patched('outlivesFailures')) throw error
  return { failed: causeOf(error).message }
}

/**
 * The last failure behind an exhausted retry. A timeout says nothing about the outcome. `fault`: why
 * it was not repeated.
 */
export function causeOf(error: ActivityFailure): {
  message: string
  outcomeUnknown?: boolean
  fault?: Fault
} {
  const { cause } = error
  const behind = cause?.cause instanceof ApplicationFailure ? cause.cause : cause
  const fault = cause instanceof ApplicationFailure ? readFault(cause.type) : null
  const failure = fault ? cause : behind
  if (!(failure instanceof ApplicationFailure)) return { message: cause?.message ?? error.message }
  const details = failure.details?.[0] as { outcomeUnknown?: boolean } | undefined
  const outcomeUnknown = details?.outcomeUnknown !== false
  return { message: failure.message, outcomeUnknown, ...(fault ? { fault } : {}) }
}
