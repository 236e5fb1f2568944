import { pauseMs } from '../domain/record/backoff.js'
import { pause } from './pause.js'

/** How long a client goes on while the service is busy or away. */
export interface RetryPolicy {
  /** Attempts at most, the first included. */
  attempts: number
  /** The pause before the second attempt, unless the service says when; it doubles each time. */
  firstWaitMs: number
  maxWaitMs: number
  /** Whoever is told to come back later than this gives up instead. */
  maxRetryAfterMs: number
}

/** Half a minute of patience, and two minutes for a service that says when to come back. */
export const PATIENT: RetryPolicy = {
  attempts: 6,
  firstWaitMs: 500,
  maxWaitMs: 15_000,
  maxRetryAfterMs: 120_000,
}

/** What came of one attempt: a result, or word that there is none now, and what giving up means. */
export type Attempt<T> =
  | { result: T }
  | {
      /** Why there is no result, such as `HTTP 503`. */
      notNow: string
      /** When the service wants to be asked again. */
      retryAfterMs: number | undefined
      /** The result without another attempt, `because` of which there is none; or throws. */
      giveUp: (because: string) => T
    }

/** How attempts are repeated. */
export interface Retrying {
  policy: RetryPolicy
  /** Moves the pauses: what failed together does not come back together. */
  seed: string
  /** Ends a pause; the attempts then end with an `AbortError`, whose cause is the signal's reason. */
  signal?: AbortSignal | undefined
  /** Told before each pause: why, and how long it is. */
  onWait?: ((why: string, waitMs: number) => void) | undefined
}

/** Repeats `attempt` until there is a result, or no further attempt is allowed. */
export async function retrying<T>(
  attempt: () => Promise<Attempt<T>>,
  { policy, seed, signal, onWait }: Retrying,
): Promise<T> {
  const backoff = { firstMs: policy.firstWaitMs, longestMs: policy.maxWaitMs }
  for (let n = 1; ; n++) {
    const tried = await attempt()
    if ('result' in tried) return tried.result
    const { notNow, retryAfterMs, giveUp } = tried
    if (n >= policy.attempts) return giveUp(n === 1 ? '' : `gave up after ${n} attempts`)
    if (retryAfterMs !== undefined && retryAfterMs > policy.maxRetryAfterMs) {
      return giveUp(`it asks to come back in ${Math.ceil(retryAfterMs / 1000)} s`)
    }
    const waitMs = retryAfterMs ?? pauseMs(backoff, n - 1, seed)
    onWait?.(notNow, waitMs)
    await pause(waitMs, signal)
  }
}
