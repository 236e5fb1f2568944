import type { FastifyBaseLogger } from 'fastify'
import type { LiveEvent } from '../../contract/live.js'
import type { ApiCaller } from '../callers/caller.js'
import { ApiProblem } from '../errors.js'
import { isDatabaseOutage } from '../outage.js'
import { createEventStream, type EndReason, type EventStream } from './event-stream.js'

/** Who they are is looked up at most every 3 s, so that nobody reads on 5 s after they may not. */
const CHECK_EVERY_MS = 1_000
const BUSY_RETRY_S = 30

/** How many streams there may be. */
export interface StreamLimits {
  perCaller: number
  inTotal: number
}

/** What is counted of streams. */
export interface StreamMetrics {
  opened(): void
  ended(reason: EndReason): void
  event(event: LiveEvent): void
}

/** Who reads, and how to find out who that is by now. */
export interface StreamOwner {
  caller: ApiCaller
  /** Throws `unauthenticated`. */
  identify: () => Promise<ApiCaller>
  log: FastifyBaseLogger
}

/** The streams of this process. */
export interface OpenStreams {
  /** Throws `too-many-streams`, or `overloaded` where others have them. */
  open(owner: StreamOwner, onEnd: (stream: EventStream) => void): EventStream
  endAll(): void
}

/** None yet. Streams end when their owner may no longer read, or may read something else. */
export function createOpenStreams(limits: StreamLimits, metrics: StreamMetrics): OpenStreams {
  const open = new Map<EventStream, StreamOwner>()
  let checks: NodeJS.Timeout | null = null
  let isChecking = false

  async function check(stream: EventStream, { caller, identify, log }: StreamOwner) {
    try {
      if (readingOf(await identify()) !== readingOf(caller)) stream.end('refused')
    } catch (error) {
      // As long as the database is away, nothing is saved that one could read.
      if (isDatabaseOutage(error)) return
      if (!(error instanceof ApiProblem)) log.warn({ err: error }, 'a reader could not be checked')
      stream.end('refused')
    }
  }

  async function checkAll(): Promise<void> {
    if (isChecking) return
    isChecking = true
    await Promise.all([...open].map(([stream, owner]) => check(stream, owner)))
    isChecking = false
  }

  function assertRoom({ id }: ApiCaller): void {
    const own = [...open.values()].filter(({ caller }) => caller.id === id).length
    if (own >= limits.perCaller) {
      throw new ApiProblem(
        'too-many-streams',
        `At most ${limits.perCaller} streams for one caller: end one, or share one.`,
        { retryAfterS: BUSY_RETRY_S },
      )
    }
    if (open.size >= limits.inTotal) {
      throw new ApiProblem('overloaded', 'Too many streams are open; try again later.', {
        retryAfterS: BUSY_RETRY_S,
      })
    }
  }

  return {
    open(owner, onEnd) {
      assertRoom(owner.caller)
      const stream = createEventStream({
        scope: owner.caller,
        onEvent: (event) => metrics.event(event),
        onEnd: (reason) => {
          open.delete(stream)
          metrics.ended(reason)
          if (open.size === 0 && checks) clearInterval(checks)
          if (open.size === 0) checks = null
          onEnd(stream)
        },
      })
      open.set(stream, owner)
      metrics.opened()
      checks ??= setInterval(() => void checkAll(), CHECK_EVERY_MS)
      return stream
    },
    endAll() {
      for (const stream of open.keys()) stream.end('shutdown')
    },
  }
}

/** What decides what somebody may read. */
function readingOf({ role, brandIds, marketplaces }: ApiCaller): string {
  return JSON.stringify([role, brandIds, marketplaces])
}
