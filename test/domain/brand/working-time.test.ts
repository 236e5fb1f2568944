import { describe, it, expect } from '@jest/globals'
import fc from 'fast-check'
import {
  DAY_MS,
  DEFAULT_CALENDAR,
  HOUR_MS,
  workingIntervals,
} from '../../../domain/brand/calendar.js'
import {
  addWorkingTime,
  subtractWorkingTime,
  workingTimeBetween,
} from '../../../domain/brand/working-time.js'
import type { Interval } from '../../../domain/brand/working-intervals.js'

/** Ascending spans that do not touch, in ms. */
const spans: fc.Arbitrary<Interval[]> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 })), {
    maxLength: 8,
  })
  .map((gaps) => {
    let atMs = 0
    return gaps.map(([pauseMs, workMs]): Interval => {
      const startMs = atMs + pauseMs
      atMs = startMs + workMs
      return [startMs, atMs]
    })
  })
const instant = fc.integer({ min: 0, max: 5_000 })
const duration = fc.integer({ min: 0, max: 5_000 })

/** The definition, a millisecond at a time: those inside a span and those after the last count. */
function countedOff(startMs: number, durationMs: number, intervals: readonly Interval[]): number {
  const endMs = intervals.at(-1)?.[1] ?? 0
  let left = durationMs
  let atMs = startMs
  while (left > 0) {
    const counts = atMs >= endMs || intervals.some(([from, to]) => from <= atMs && atMs < to)
    if (counts) left -= 1
    atMs += 1
  }
  return atMs
}

describe('adding working time', () => {
  it('counts by the clock without intervals', () => {
    expect(addWorkingTime(1_000, HOUR_MS, null)).toBe(1_000 + HOUR_MS)
  })

  it('is the instant found by counting milliseconds off', () => {
    fc.assert(
      fc.property(instant, duration, spans, (startMs, durationMs, intervals) => {
        fc.pre(durationMs > 0)
        expect(addWorkingTime(startMs, durationMs, intervals)).toBe(
          countedOff(startMs, durationMs, intervals),
        )
      }),
    )
  })

  it('is monotone in start and duration and never goes back', () => {
    fc.assert(
      fc.property(instant, duration, duration, duration, spans, (start, later, a, more, given) => {
        const end = addWorkingTime(start, a, given)
        expect(end).toBeGreaterThanOrEqual(start + a)
        expect(addWorkingTime(start, a + more, given)).toBeGreaterThanOrEqual(end + more)
        expect(addWorkingTime(start + later, a, given)).toBeGreaterThanOrEqual(end)
      }),
    )
  })

  it('is additive: two durations one after the other are their sum', () => {
    fc.assert(
      fc.property(instant, duration, duration, spans, (start, a, b, given) => {
        fc.pre(b > 0)
        expect(addWorkingTime(addWorkingTime(start, a, given), b, given)).toBe(
          addWorkingTime(start, a + b, given),
        )
      }),
    )
  })
})

describe('working time between two instants', () => {
  const week = workingIntervals(
    { ...DEFAULT_CALENDAR, timeZone: 'Europe/Berlin', holidays: ['2026-05-01'] },
    Date.UTC(2026, 0, 1),
  )
  const anInstant = fc.integer({ min: Date.UTC(2026, 0, 2), max: Date.UTC(2060, 0, 1) })

  it('is what adding it leads over, and subtracting it back, in any year', () => {
    fc.assert(
      fc.property(anInstant, fc.integer({ min: 1, max: 60 * DAY_MS }), (startMs, durationMs) => {
        const endMs = addWorkingTime(startMs, durationMs, week)
        expect(workingTimeBetween(startMs, endMs, week)).toBe(durationMs)
        const backMs = subtractWorkingTime(endMs, durationMs, week)
        expect(backMs).toBeGreaterThanOrEqual(startMs)
        expect(workingTimeBetween(backMs, endMs, week)).toBe(durationMs)
      }),
    )
  })

  it('is nothing when they are the wrong way round, and all of it by the clock', () => {
    expect(workingTimeBetween(5, 4, week)).toBe(0)
    expect(workingTimeBetween(4, 9, null)).toBe(5)
    expect(subtractWorkingTime(9, 5, null)).toBe(4)
  })
})
