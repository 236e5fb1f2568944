import { DAY_MS, MINUTE_MS } from './calendar.js'
import type { Interval, WorkingIntervals, WorkingTime } from './working-intervals.js'

/**
 * The instant at which `durationMs` of working time has passed since `startMs`. `null` means by the
 * clock. What comes after the end of a list counts by the clock, so that a deadline always exists.
 */
export function addWorkingTime(
  startMs: number,
  durationMs: number,
  working: WorkingTime | null,
): number {
  if (working === null) return startMs + durationMs
  let remainingMs = durationMs
  for (const [fromMs, toMs] of intervalsFrom(working, startMs)) {
    const atMs = Math.max(startMs, fromMs)
    if (remainingMs <= toMs - atMs) return atMs + remainingMs
    remainingMs -= toMs - atMs
  }
  throw new Error('working time never ends')
}

/** The latest instant from which `durationMs` of working time leads up to `endMs`. */
export function subtractWorkingTime(
  endMs: number,
  durationMs: number,
  working: WorkingTime | null,
): number {
  if (working === null) return endMs - durationMs
  let remainingMs = durationMs
  for (const [fromMs, toMs] of intervalsBefore(working, endMs)) {
    const atMs = Math.min(endMs, toMs)
    if (remainingMs < atMs - fromMs) return atMs - remainingMs
    remainingMs -= atMs - fromMs
    if (remainingMs === 0) return fromMs
  }
  throw new Error('working time never began')
}

/** How much working time lies between two instants, in ms; 0 when the second is not the later. */
export function workingTimeBetween(
  startMs: number,
  endMs: number,
  working: WorkingTime | null,
): number {
  if (endMs <= startMs) return 0
  if (working === null) return endMs - startMs
  let sumMs = 0
  for (const [fromMs, toMs] of intervalsFrom(working, startMs)) {
    if (fromMs >= endMs) break
    sumMs += Math.min(endMs, toMs) - Math.max(startMs, fromMs)
  }
  return sumMs
}

/** `atMs` itself where somebody works then, or else the next instant at which they do. */
export function nextWorkingInstant(atMs: number, working: WorkingTime | null): number {
  if (working === null) return atMs
  for (const [fromMs] of intervalsFrom(working, atMs)) return Math.max(atMs, fromMs)
  throw new Error('working time never ends')
}

/** The intervals that end after `atMs`, in order, the first one whole. It does not end by itself. */
export function* intervalsFrom(working: WorkingTime, atMs: number): Generator<Interval> {
  if (!isEndless(working)) {
    for (const interval of working) if (interval[1] > atMs) yield interval
    yield [working.at(-1)?.[1] ?? -Infinity, Infinity]
    return
  }
  for (let day = localDay(working, atMs) - 1; ; day++) {
    const interval = workedOn(working, day)
    if (interval && interval[1] > atMs) yield interval
  }
}

/** The intervals that begin before `atMs`, latest first, likewise. */
function* intervalsBefore(working: WorkingTime, atMs: number): Generator<Interval> {
  if (!isEndless(working)) {
    const end = working.at(-1)?.[1] ?? -Infinity
    if (atMs > end) yield [end, Infinity]
    for (const interval of [...working].reverse()) if (interval[0] < atMs) yield interval
    yield [-Infinity, working[0]?.[0] ?? Infinity]
    return
  }
  for (let day = localDay(working, atMs) + 1; ; day--) {
    const interval = workedOn(working, day)
    if (interval && interval[0] < atMs) yield interval
  }
}

function isEndless(working: WorkingTime): working is WorkingIntervals {
  return !Array.isArray(working)
}

/** When that local day is worked; `null` when it is not, or does not exist (Samoa, 30 December 2011). */
function workedOn(working: WorkingIntervals, day: number): Interval | null {
  const [fromMinute, toMinute] = minutesOf(working, day)
  if (fromMinute >= toMinute) return null
  const startMs = firstInstantAt(working, day * DAY_MS + fromMinute * MINUTE_MS)
  const endMs = firstInstantAt(working, day * DAY_MS + toMinute * MINUTE_MS)
  return startMs < endMs ? [startMs, endMs] : null
}

function minutesOf({ weekdays, exceptions }: WorkingIntervals, day: number) {
  const exception = exceptions.find(([first, days]) => first <= day && day < first + days)
  if (exception) return [exception[2], exception[3]] as const
  // Day 0 was a Thursday.
  const weekday = ((((day + 3) % 7) + 7) % 7) + 1
  return [0, weekdays.includes(weekday) ? DAY_MS / MINUTE_MS : 0] as const
}

/**
 * The first instant at which the local clocks show `wallMs` (written as if it were UTC) or later:
 * the jump where they skip it, the earlier of the two where they show it twice.
 */
function firstInstantAt({ offsets }: WorkingIntervals, wallMs: number): number {
  for (const [i, [fromMs, offsetMs]] of offsets.entries()) {
    const atMs = i === 0 ? wallMs - offsetMs : Math.max(fromMs, wallMs - offsetMs)
    if (atMs < (offsets[i + 1]?.[0] ?? Infinity)) return atMs
  }
  return wallMs
}

function localDay({ offsets }: WorkingIntervals, atMs: number): number {
  const [, offsetMs = 0] = offsets.findLast(([fromMs]) => fromMs <= atMs) ?? offsets[0] ?? []
  return Math.floor((atMs + offsetMs) / DAY_MS)
}
