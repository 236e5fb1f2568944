import {
  activityInfo,
  ApplicationFailure,
  cancellationSignal,
  heartbeat,
} from '@temporalio/activity'
import { ApplicationFailureCategory, TemporalFailure } from '@temporalio/common'
import { type Backoff, pauseMs } from '../../domain/record/backoff.js'
import { type Marketplace, MarketplaceError } from '../../marketplaces/marketplace.js'
import { withinMs } from '../../platform/within-ms.js'
import type { Store } from '../../store/store.js'
import type { ActivityDependencies } from '../dependencies.js'
import { faultOf } from '../faults.js'
import { whileBeating } from '../while-beating.js'

/** What the next attempt of an activity knows of those before it. */
export interface Effort {
  /** Spent on attempts and the pauses between them; waiting for a turn or a pause to end costs nothing. */
  spentMs: number
  /** Attempts that were held back and reached no marketplace. */
  held: number
}

/** What calls of marketplaces are made with. */
export interface CallingDependencies extends Pick<ActivityDependencies, 'marketplaces' | 'now'> {
  store: Pick<Store, 'marketplacePauses' | 'marketplaceAnswers'>
}

/** How soon it is noticed that a pause has ended. */
const BETWEEN_LOOKS: Backoff = { firstMs: 1_000, longestMs: 30_000 }
/** So long what was last read of a pause holds while nothing can be read: nobody can pause either then. */
const KNOWN_FOR_MS = 60_000
const READ_WITHIN_MS = 2_000
/** An answer like the one before is noted again only after so long. */
const NOTE_EVERY_MS = 5_000
/** Of a marketplace that refuses us, not what we ask. */
const TURNED_AWAY = new Set(['unauthenticated', 'forbidden'])

/** One call of a marketplace, see `createCalling`. */
export type Calling = <T>(
  id: string,
  call: (marketplace: Marketplace, signal: AbortSignal) => Promise<T>,
  before?: { effort?: Effort; mayHaveBeenSent?: boolean },
) => Promise<T>

/**
 * The one way to marketplaces: one that is paused is not called. The attempt then ends in a failure
 * that says why, is repeated without end and costs nothing; so it does while nobody can say whether
 * it is paused, beyond what was read a minute ago. How each answers is noted for operators. `mayHaveBeenSent` is what that failure says
 * of the outcome.
 */
export function createCalling({
  marketplaces,
  store,
  now = Date.now,
}: CallingDependencies): Calling {
  const noted = new Map<string, { at: number; hasFailed: boolean }>()
  const known = new Map<string, { at: number; why: string | null }>()

  return async function calling(id, call, { effort = effortSoFar(), mayHaveBeenSent = true } = {}) {
    const marketplace = marketplaces.get(id)
    const why = await whyHeldBack(marketplace)
    if (why !== null) throw heldBack(why, effort, mayHaveBeenSent)
    const signal = cancellationSignal()
    try {
      const answer = await whileBeating(() => call(marketplace, signal), effort)
      void note(id, null)
      return answer
    } catch (error) {
      if (error instanceof MarketplaceError) void note(id, failureIn(error))
      throw error
    }
  }

  async function whyHeldBack({ id, name }: Marketplace): Promise<string | null> {
    try {
      const pause = await withinMs(
        store.marketplacePauses.current(id),
        READ_WITHIN_MS,
        () => new Error('MongoDB does not answer'),
      )
      const why =
        pause &&
        `${name} is paused since ${pause.since.toISOString()}: ${pause.reasons.at(-1)?.text ?? ''}`
      known.set(id, { at: now(), why })
      return why
    } catch (error) {
      if (error instanceof TemporalFailure || faultOf(error) !== null) throw error
      const last = known.get(id)
      if (last && now() - last.at < KNOWN_FOR_MS) return last.why
      return `whether ${name} is paused cannot be read: ${String(error)}`
    }
  }

  /** Best effort, and nobody waits for it: a takedown does not depend on what is said of it. */
  async function note(id: string, failure: string | null): Promise<void> {
    const at = now()
    const last = noted.get(id)
    const hasFailed = failure !== null
    if (last?.hasFailed === hasFailed && at - last.at < NOTE_EVERY_MS) return
    noted.set(id, { at, hasFailed })
    await store.marketplaceAnswers.note(id, { at: new Date(at), failure }).catch(() => undefined)
  }
}

/** What earlier attempts of this activity have left. */
export function effortSoFar(): Effort {
  const { spentMs = 0, held = 0 } = (activityInfo().heartbeatDetails ?? {}) as Partial<Effort>
  return { spentMs, held }
}

/** This attempt by number, from 1, without those that were held back. */
export function attemptNumber({ held } = effortSoFar()): number {
  return activityInfo().attempt - held
}

/** What to throw in the place of a failure: the same, but for good once there were so many attempts. */
export function atMost(attempts: number, error: unknown): unknown {
  if (error instanceof TemporalFailure || faultOf(error) !== null) return error
  if (attemptNumber() < attempts) return error
  return ApplicationFailure.create({
    message: error instanceof Error ? error.message : String(error),
    nonRetryable: true,
    ...(error instanceof Error ? { type: error.name, cause: error } : {}),
  })
}

function heldBack(why: string, effort: Effort, outcomeUnknown: boolean): ApplicationFailure {
  const { workflowExecution } = activityInfo()
  heartbeat({ ...effort, held: effort.held + 1 } satisfies Effort)
  return ApplicationFailure.create({
    message: `${why}; it goes on by itself`,
    type: 'MarketplacePaused',
    category: ApplicationFailureCategory.BENIGN,
    details: [{ outcomeUnknown }],
    nextRetryDelay: pauseMs(BETWEEN_LOOKS, effort.held, workflowExecution?.workflowId ?? ''),
  })
}

function failureIn({ kind, code, message }: MarketplaceError): string | null {
  return kind === 'never' && !TURNED_AWAY.has(code) ? null : `${message} (${code})`
}
