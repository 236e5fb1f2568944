import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { DAY_MS, HOUR_MS } from '../../../domain/brand/calendar.js'
import { endOfDay, startOfDay } from '../../../domain/brand/local-day.js'

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

describe('a local day', () => {
  it.each([
    ['2026-03-02', 'Asia/Shanghai', '2026-03-01T16:00:00.000Z', '2026-03-02T16:00:00.000Z'],
    ['2026-07-01', 'Europe/Berlin', '2026-06-30T22:00:00.000Z', '2026-07-01T22:00:00.000Z'],
    ['2026-12-31', 'America/Sao_Paulo', '2026-12-31T03:00:00.000Z', '2027-01-01T03:00:00.000Z'],
    // 23 and 25 hours.
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    // There clocks are put forward at midnight.
    ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z', '2026-04-24T21:00:00.000Z'],
  ])('%s in %s is from %s to %s', (date, timeZone, start, end) => {
    expect(iso(startOfDay(date, timeZone))).toBe(start)
    expect(iso(endOfDay(date, timeZone))).toBe(end)
  })

  it.each(['2026-02-30', '2026-13-01', '26-01-01', 'tomorrow', ''])('is not %j', (text) => {
    expect(startOfDay(text, 'UTC')).toBeNull()
    expect(endOfDay(text, 'UTC')).toBeNull()
  })

  it('begins when the day before ends, and lasts from 22 to 26 hours', () => {
    const zones = [
      'UTC',
      'Asia/Shanghai',
      'America/New_York',
      'Africa/Cairo',
      'Australia/Lord_Howe',
    ]
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), fc.constantFrom(...zones), (day, zone) => {
        const dateOf = (n: number) =>
          new Date(Date.UTC(2024, 0, 1) + n * DAY_MS).toISOString().slice(0, 10)
        const start = startOfDay(dateOf(day), zone) ?? 0
        const end = endOfDay(dateOf(day), zone) ?? 0
        expect(end).toBe(startOfDay(dateOf(day + 1), zone))
        expect(end - start).toBeGreaterThanOrEqual(22 * HOUR_MS)
        expect(end - start).toBeLessThanOrEqual(26 * HOUR_MS)
      }),
    )
  })
})
