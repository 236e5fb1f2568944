import { HOUR_MS, MINUTE_MS } from '../brand/calendar.js'
import { retryAfterMs } from '../form/retry-after.js'

/**
 * How long after each attempt that failed the next one follows: ten attempts in a bit more than
 * three days, so that a receiver may be away for a long weekend.
 */
export const RETRY_DELAYS_MS = [
  5_000,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
] as const

/** Delays are up to a tenth longer, so that what failed together does not come back together. */
const SPREAD = 0.1
/** Too many at once, or somebody before the receiver who does not reach it: all of it waits. */
const THROTTLING = [429, 502, 503, 504]
const THROTTLED_MS = 30_000
/** After so many failures in a row one delivery at a time tries whether the receiver is back. */
const FAILURES_UNTIL_PROBING = 3
const PROBE_EVERY_MS = 30_000
const AT_ONCE = 8

/** What became of one attempt: the receiver's status, or why there is none. */
export type WebhookAnswer = { status: number; retryAfter: string | null } | { error: string }

/** How an endpoint has answered of late. Instants are epoch ms. */
export interface EndpointStanding {
  /** Attempts in a row that failed, */
  failures: number
  /** and when the first of them did. */
  failingSince: number | null
  /** Nothing is sent before. */
  restUntil: number | null
}

/** An endpoint of which nothing bad is known. */
export const IN_GOOD_STANDING: EndpointStanding = {
  failures: 0,
  failingSince: null,
  restUntil: null,
}

/** Where a delivery stands: how often it was tried in this round, and since when. */
export interface Tries {
  attempts: number
  firstAttemptAt: number
}

/** What follows from an answer. `again` names when, epoch ms. */
export type AfterAttempt =
  | { state: 'delivered' }
  | { state: 'waiting'; again: number }
  | { state: 'failed'; disables: 'gone' | 'exhausted' | null }

/** True for an answer that says that the message was taken. A redirect is none. */
function isTaken(answer: WebhookAnswer): boolean {
  return 'status' in answer && answer.status >= 200 && answer.status < 300
}

/** The endpoint's standing after an answer that came at `now`. */
export function standingAfter(
  standing: EndpointStanding,
  answer: WebhookAnswer,
  now: number,
): EndpointStanding {
  if (isTaken(answer)) return IN_GOOD_STANDING
  const failures = standing.failures + 1
  const rests = [
    standing.restUntil ?? 0,
    ...(isProbing({ ...standing, failures }) ? [now + PROBE_EVERY_MS] : []),
    ...('status' in answer && THROTTLING.includes(answer.status)
      ? [now + (retryAfterMs(answer.retryAfter, now) ?? THROTTLED_MS)]
      : []),
  ]
  const restUntil = Math.max(...rests)
  return {
    failures,
    failingSince: standing.failingSince ?? now,
    restUntil: restUntil > now ? restUntil : null,
  }
}

/**
 * What becomes of a delivery whose attempt number `tries.attempts` was answered at `now`, given the
 * endpoint's standing after it. A receiver that says for how long it wants to be left alone is, and one that is gone
 * (410) for good. An endpoint that has taken nothing for as long as a delivery was tried is given up
 * with it. `random` is from 0 to 1.
 */
export function afterAttempt(
  { attempts, firstAttemptAt }: Tries,
  answer: WebhookAnswer,
  standing: EndpointStanding,
  now: number,
  random: number,
): AfterAttempt {
  if (isTaken(answer)) return { state: 'delivered' }
  if ('status' in answer && answer.status === 410) return { state: 'failed', disables: 'gone' }
  const delay = RETRY_DELAYS_MS[attempts - 1]
  if (delay !== undefined) {
    const wanted = 'status' in answer ? (retryAfterMs(answer.retryAfter, now) ?? 0) : 0
    return { state: 'waiting', again: now + Math.max(delay * (1 + SPREAD * random), wanted) }
  }
  const isAway = standing.failingSince !== null && standing.failingSince <= firstAttemptAt
  return { state: 'failed', disables: isAway ? 'exhausted' : null }
}

/** How many deliveries may be on their way to an endpoint at `now`; 0 while it rests. */
export function mayBeSent(standing: EndpointStanding, now: number): number {
  if (standing.restUntil !== null && standing.restUntil > now) return 0
  return isProbing(standing) ? 1 : AT_ONCE
}

function isProbing({ failures }: EndpointStanding): boolean {
  return failures >= FAILURES_UNTIL_PROBING
}
