import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type LiveCases, type SavedCase, TokenLost } from '../../store/store.js'
import { DatabaseUnavailable, isDatabaseOutage } from '../outage.js'
import { withinMs } from '../../platform/within-ms.js'
import { type FollowOptions, followSaved } from './follow.js'
import { lookBack } from './look-back.js'
import { type LiveReader, toldTo } from './reader.js'
import { createRecentCases, type RecentCases } from './recent-cases.js'

/** How long what is saved is gathered before it is told. */
const GATHER_MS = 100
const BEGIN_WITHIN_MS = 5_000
const BEAT_EVERY_MS = 15_000
/** The database answers twice a second when nothing is saved. */
const FOLLOWED_WITHIN_MS = 5_000
/** How far another process may be ahead of this one. */
const AHEAD_MS = 3_000
const AGAIN_MS = 500
/** Whoever missed more cases reads everything again. */
const MAX_MISSED = 1_000
const TOKEN = /^(?:[0-9A-F]{2}){8,500}$/

/** Tells all who look on what is saved, from one change stream for the whole process. */
export interface LiveHub {
  /** Resolves once what is saved is followed. Throws `DatabaseUnavailable` after 5 s. */
  begun(): Promise<void>
  /** After `begun`. Tells the reader of what is saved after the token they had, or from now on. */
  join(reader: LiveReader, token: string | null): void
  leave(reader: LiveReader): void
  close(): Promise<void>
}

/** Follows nothing before it is first asked to. */
export function createLiveHub(live: LiveCases, log: FollowOptions['log']): LiveHub {
  const closing = new AbortController()
  const { signal } = closing
  const readers = new Set<LiveReader>()
  /** Those who have not been told all since their token. */
  const behind = new Map<LiveReader, string>()
  let recent: RecentCases | null = null
  /** Everything up to it is told to all readers. */
  let told = ''
  let gathered: SavedCase[] = []
  let answeredAtMs = 0
  let following: Promise<void> | null = null
  let isCatchingUp = false
  let begin = () => {}
  const beginning = new Promise<void>((resolve) => (begin = resolve))

  function tell(): void {
    const cases = gathered
    gathered = []
    const last = cases.at(-1)
    if (!recent || !last) return
    recent.add(cases)
    if (!isCatchingUp) recent.trim()
    told = last.token
    for (const reader of readers) {
      const own = toldTo(reader.scope, cases)
      if (own.length > 0) reader.saved(own, told)
    }
  }

  function follow(): Promise<void> {
    const followed = {
      began(token: string, isAnew: boolean) {
        tell()
        recent = createRecentCases(token)
        told = token
        answeredAtMs = performance.now()
        if (isAnew) for (const reader of readers) reader.reset(told)
        begin()
      },
      came(saved: SavedCase | null, token: string) {
        answeredAtMs = performance.now()
        if (saved === null) {
          if (gathered.length === 0) told = token
        } else if (gathered.push(saved) === 1) {
          setTimeout(tell, GATHER_MS)
        }
      },
    }
    return followSaved(live, followed, { signal, log, seed: randomUUID() })
  }

  const beats = setInterval(() => {
    const isFollowed = performance.now() - answeredAtMs < FOLLOWED_WITHIN_MS
    for (const reader of readers) reader.beat(isFollowed ? told : null)
    for (const reader of behind.keys()) reader.beat(null)
  }, BEAT_EVERY_MS)
  beats.unref()

  /** All that they missed, and then whatever comes. */
  function bringUpToDate(reader: LiveReader, token: string): void {
    const missed = toldTo(reader.scope, recent?.after(token) ?? [])
    behind.delete(reader)
    readers.add(reader)
    if (missed.length > MAX_MISSED) reader.reset(told)
    else if (missed.length > 0) reader.saved(missed, told)
  }

  function resetBehind(isLost: (token: string) => boolean): void {
    for (const [reader, token] of behind) {
      if (!isLost(token)) continue
      behind.delete(reader)
      readers.add(reader)
      reader.reset(told)
    }
  }

  const isKnown = (token: string) => recent !== null && token >= recent.from() && token <= told

  /** Takes the past as far into memory as `token` asks for; once for all who are behind. */
  async function remember(token: string): Promise<void> {
    const end = recent?.from() ?? ''
    try {
      const { cases, givenUpAt } = await lookBack(live, token, end)
      if (givenUpAt !== null) resetBehind((other) => other <= givenUpAt)
      else if (recent?.from() === end) recent.addEarlier(cases, token)
    } catch (error) {
      if (isDatabaseOutage(error)) {
        await pause(AGAIN_MS)
        return
      }
      if (!(error instanceof TokenLost)) log.warn({ err: error }, 'a stream cannot be resumed')
      resetBehind((other) => other === token)
    }
  }

  async function catchUp(): Promise<void> {
    if (isCatchingUp) return
    isCatchingUp = true
    while (behind.size > 0 && recent && !signal.aborted) {
      const oldest = [...behind.values()].reduce((a, b) => (a < b ? a : b))
      if (oldest > told) await reach(oldest)
      else if (oldest < recent.from()) await remember(oldest)
      for (const [reader, token] of behind) if (isKnown(token)) bringUpToDate(reader, token)
    }
    isCatchingUp = false
    recent?.trim()
  }

  /** Another process may have told what this one has not heard yet; a token from nowhere never comes. */
  async function reach(token: string): Promise<void> {
    const untilMs = performance.now() + AHEAD_MS
    while (token > told && performance.now() < untilMs && !signal.aborted) await pause(GATHER_MS)
    if (token > told) resetBehind((other) => other === token)
  }

  const pause = (ms: number) => delay(ms, undefined, { signal }).catch(() => undefined)

  return {
    begun() {
      following ??= follow()
      return withinMs(
        beginning,
        BEGIN_WITHIN_MS,
        () =>
          new DatabaseUnavailable(`no change stream could be opened within ${BEGIN_WITHIN_MS} ms`),
      )
    },
    join(reader, token) {
      const isToken = token !== null && TOKEN.test(token)
      reader.ready(isToken ? token : told)
      if (isToken && isKnown(token)) {
        bringUpToDate(reader, token)
      } else if (isToken) {
        behind.set(reader, token)
        void catchUp()
      } else {
        readers.add(reader)
        if (token !== null) reader.reset(told)
      }
    },
    leave(reader) {
      readers.delete(reader)
      behind.delete(reader)
    },
    async close() {
      closing.abort()
      clearInterval(beats)
      await following
    },
  }
}
