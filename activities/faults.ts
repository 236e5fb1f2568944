import { ApplicationFailure, CancelledFailure, CompleteAsyncError } from '@temporalio/activity'
import { UnknownEvent } from '../domain/record/record.js'
import type { Fault } from '../domain/vocabulary.js'
import { faultMessage } from '../domain/record/faults.js'
import { MarketplaceError, UnknownMarketplace } from '../marketplaces/marketplace.js'
import { GRPC, grpcAnswerOf } from '../platform/grpc-status.js'
import { RecordConflict } from '../store/store.js'

// Of the database and its driver, by name and number, because only store/ knows them.
const NOT_STORABLE_NAMES = new Set([
  'ValidationError',
  'ValidatorError',
  'CastError',
  'StrictModeError',
  'BSONError',
  'BSONVersionError',
  'BSONRuntimeError',
  'MongoInvalidArgumentError',
])
/** BadValue, FailedToParse, TypeMismatch, DocumentValidationFailure. */
const NOT_STORABLE_CODES = new Set([2, 9, 14, 121])
/** BSONObjectTooLarge, a document that would become too large (twice), a key too large to index. */
const TOO_LARGE_CODES = new Set([10_334, 17_419, 17_420, 17_280])
const TOO_LARGE = /larger than|too large|exceeds? (the )?(size )?limit|ERR_OUT_OF_RANGE/i

/**
 * Why a failed activity can never succeed, or `null` when it may another time. What is not known for
 * certain is repeated.
 */
export function faultOf(error: unknown): Fault | null {
  if (!(error instanceof Error) || error instanceof ApplicationFailure) return null
  if (error instanceof CancelledFailure || error instanceof CompleteAsyncError) return null
  if (error instanceof MarketplaceError) return error.kind === 'never' ? 'Refused' : null
  if (error instanceof UnknownEvent) return 'Unreadable'
  if (error instanceof RecordConflict) return 'NotStorable'
  if (error instanceof UnknownMarketplace) return 'NotConfigured'
  const answer = grpcAnswerOf(error)
  if (answer !== null) {
    const isTooLarge = TOO_LARGE.test(answer.message)
    if (answer.status === GRPC.resourceExhausted) return isTooLarge ? 'TooLarge' : null
    return answer.status === GRPC.invalidArgument ? (isTooLarge ? 'TooLarge' : 'CodeFault') : null
  }
  const code = 'code' in error ? error.code : undefined
  if (typeof code === 'number' && TOO_LARGE_CODES.has(code)) return 'TooLarge'
  if (typeof code === 'number' && NOT_STORABLE_CODES.has(code)) return 'NotStorable'
  if (NOT_STORABLE_NAMES.has(error.name)) {
    return TOO_LARGE.test(error.message) ? 'TooLarge' : 'NotStorable'
  }
  if (error instanceof RangeError && TOO_LARGE.test(`${String(code)} ${error.message}`)) {
    return 'TooLarge'
  }
  if (error instanceof SyntaxError) return 'Unreadable'
  const isOfCode = [TypeError, RangeError, ReferenceError].some((type) => error instanceof type)
  // What libraries throw of the network is a `TypeError` with a cause.
  return isOfCode && error.cause === undefined ? 'CodeFault' : null
}

/** The failure with which an activity ends that can never succeed. */
export function faultFailure(
  fault: Fault,
  error: unknown,
  details: unknown[] = [],
): ApplicationFailure {
  const message = error instanceof Error ? error.message : String(error)
  return ApplicationFailure.create({
    message: faultMessage(fault, message),
    type: fault,
    nonRetryable: true,
    details,
    ...(error instanceof Error ? { cause: error } : {}),
  })
}

type AnyActivity = (...args: never[]) => Promise<unknown>

/** The same activities, of which none is repeated that can never succeed. */
export function endingInFaults<A extends Record<string, AnyActivity>>(activities: A): A {
  const guarded = Object.entries(activities).map(([name, activity]) => [
    name,
    async (...args: never[]) => {
      try {
        return await activity(...args)
      } catch (error) {
        const fault = faultOf(error)
        throw fault === null ? error : faultFailure(fault, error)
      }
    },
  ])
  return Object.fromEntries(guarded) as A
}
