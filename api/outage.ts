import {
  isGrpcCancelledError,
  isGrpcDeadlineError,
  isGrpcServiceError,
  ServiceError,
} from '@temporalio/client'
import { withinMs } from '../platform/within-ms.js'

/** The database did not answer; what it would have said is unknown. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
}

// Names of the MongoDB driver's and mongoose's errors for a server that cannot be reached or that
// stepped down. Listed by name, because only store/ knows the driver.
const OUTAGE_NAMES = new Set([
  'DatabaseUnavailable',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoNotConnectedError',
  'MongoOperationTimeoutError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoServerSelectionError',
  'MongoTopologyClosedError',
  'MongoWaitQueueTimeoutError',
  'MongoWriteConcernError',
  'MongooseServerSelectionError',
  'DisconnectedError',
])
const STEPPED_DOWN = new Set([91, 189, 10_107, 11_600, 11_602, 13_435, 13_436])

/** True when an error says that MongoDB is away, not that the request was wrong. */
export function isDatabaseOutage(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) {
    if (OUTAGE_NAMES.has(e.name)) return true
    if ('code' in e && typeof e.code === 'number' && STEPPED_DOWN.has(e.code)) return true
    if (e.name === 'MongooseError' && e.message.includes('initial connection')) return true
  }
  return false
}

/** gRPC status codes that say nothing about the request: CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, UNAVAILABLE. */
const TRANSIENT_GRPC = new Set([1, 4, 8, 10, 14])

/** True when an error says that Temporal is away or too slow, not that the request was wrong. */
export function isTemporalOutage(error: unknown): boolean {
  if (isGrpcDeadlineError(error) || isGrpcCancelledError(error)) return true
  for (let e = error; e instanceof Error; e = e.cause) {
    if (isGrpcServiceError(e)) return TRANSIENT_GRPC.has(e.code)
  }
  // The SDK wraps whatever failed before a call was made, such as a refused connection.
  return error instanceof ServiceError
}

/** Reads that can be done without: they fail fast while the database is away. */
export interface DatabaseGate {
  /** What `read` gives; throws `DatabaseUnavailable` at once for a while after an outage. */
  attempt<T>(read: () => Promise<T>): Promise<T>
}

const ATTEMPT_TIMEOUT_MS = 1_500
const QUIET_AFTER_OUTAGE_MS = 1_000

/** `now` gives epoch milliseconds. */
export function createDatabaseGate(now: () => number): DatabaseGate {
  let quietUntil = 0
  return {
    async attempt(read) {
      if (now() < quietUntil) throw new DatabaseUnavailable('the database did not answer just now')
      try {
        return await withinMs(read(), ATTEMPT_TIMEOUT_MS, overdue)
      } catch (error) {
        if (!isDatabaseOutage(error)) throw error
        quietUntil = now() + QUIET_AFTER_OUTAGE_MS
        throw new DatabaseUnavailable('the database does not answer', { cause: error })
      }
    },
  }
}

function overdue(): DatabaseUnavailable {
  return new DatabaseUnavailable(`the database took over ${ATTEMPT_TIMEOUT_MS} ms`)
}
