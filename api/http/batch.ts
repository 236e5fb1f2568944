import type { FastifyBaseLogger } from 'fastify'
import { CALL_TIMEOUT_MS } from '../process-gateway.js'
import { ApiProblem, fieldErrors, problemOf } from '../errors.js'

/** The largest body of a batch. */
export const BATCH_BODY_LIMIT_BYTES = 5 * 1024 * 1024
/** Items of one batch that are dealt with at the same time. */
export const BATCH_CONCURRENCY = 16
/** A worker that runs answers within milliseconds. */
const IMPATIENT_MS = 250

/** Keeps a batch from waiting in full for every item while no worker answers. */
export interface BatchPatience {
  /** How long the next item may wait for its answer. */
  timeoutMs(): number
  /** An item was not answered in time. */
  lose(): void
}

/** The patience of one batch: full until it is lost. */
export function createBatchPatience(): BatchPatience {
  let timeoutMs = CALL_TIMEOUT_MS
  return {
    timeoutMs: () => timeoutMs,
    lose() {
      timeoutMs = IMPATIENT_MS
    },
  }
}

/** The problem of an item that the schema does not take. */
export function unfitItem(errors: Parameters<typeof fieldErrors>[0]): ApiProblem {
  return new ApiProblem('invalid-request', 'The item does not fit.', {
    extensions: { errors: fieldErrors(errors) },
  })
}

/** The problem document of one item; what is our fault is logged. */
export function itemProblem(error: unknown, log: FastifyBaseLogger) {
  const problem = problemOf(error)
  if (problem.code === 'internal') log.error({ err: problem.cause }, 'a batch item failed')
  return problem.toBody()
}
