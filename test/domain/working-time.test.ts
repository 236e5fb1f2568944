import { describe, it, expect } from '@jest/globals'
import fc from 'fast-check'
import { HOUR_MS } from '../../domain/calendar.js'
import { addWorkingTime, type Interval } from '../../domain/working-time.js'

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
