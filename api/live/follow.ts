import { setTimeout as delay } from 'node:timers/promises'
import { pauseMs } from '../../domain/record/backoff.js'
import { type LiveCases, type SavedCase, type SavedCases, TokenLost } from '../../store/store.js'

const BACKOFF = { firstMs: 200, longestMs: 2_000 }

/** What becomes of following. */
export interface Followed {
  /** From here on everything is told; `isAnew`: what was saved before it since the last one may be missing. */
  began(token: string, isAnew: boolean): void
  /** One that was saved, or `null` when none was for half a second; all up to `token` has come. */
  came(saved: SavedCase | null, token: string): void
}

export interface FollowOptions {
  signal: AbortSignal
  log: { warn(details: object, message: string): void; info(message: string): void }
  /** Makes the pauses of processes differ. */
  seed: string
}

/**
 * Follows what is saved, with one change stream, until `signal` ends it: through outages and changes
 * of the primary without a loss, and from now on where the database no longer knows what came.
 */
export async function followSaved(
  live: LiveCases,
  followed: Followed,
  { signal, log, seed }: FollowOptions,
): Promise<void> {
  let token: string | null = null
  let hasBegun = false
  let failures = 0

  async function read(source: SavedCases): Promise<void> {
    for (;;) {
      const saved = await source.next()
      if (signal.aborted) return
      if (failures > 0) log.info('what is saved is followed again')
      failures = 0
      // Where the stream has just begun, whoever reads from now on finds its first case on record.
      if (token === null) followed.began(source.token(), hasBegun)
      else followed.came(saved, source.token())
      hasBegun = true
      token = source.token()
    }
  }

  while (!signal.aborted) {
    let source: SavedCases | null = null
    const close = () => void source?.close().catch(() => undefined)
    signal.addEventListener('abort', close, { once: true })
    try {
      source = await live.watch(token)
      await read(source)
    } catch (error) {
      if (signal.aborted) break
      if (error instanceof TokenLost && token !== null) {
        log.warn({ err: error }, 'some of what was saved cannot be told: all streams are reset')
        token = null
        continue
      }
      if (failures === 0) log.warn({ err: error }, 'what is saved cannot be followed at present')
      await delay(pauseMs(BACKOFF, failures, seed), undefined, { signal }).catch(() => undefined)
      failures += 1
    } finally {
      signal.removeEventListener('abort', close)
      close()
    }
  }
}
