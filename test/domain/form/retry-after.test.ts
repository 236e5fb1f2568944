import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { retryAfterMs } from '../../../domain/form/retry-after.js'

const nowMs = Date.parse('2026-11-23T09:00:00Z')
const DAY_MS = 86_400_000

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['5', 5_000],
    [' 120 ', 120_000],
    ['99999999999', DAY_MS],
    ['Mon, 23 Nov 2026 09:00:30 GMT', 30_000],
    ['Monday, 23-Nov-26 09:00:30 GMT', 30_000],
    ['Mon Nov 23 09:00:30 2026', 30_000],
    ['Mon, 23 Nov 2026 08:00:00 GMT', 0],
    ['Mon, 23 Nov 2099 08:00:00 GMT', DAY_MS],
  ])('%j is %s ms', (header, waitMs) => {
    expect(retryAfterMs(header, nowMs)).toBe(waitMs)
  })

  it.each([
    ...['', 'soon', 'soon 5', '-5', '1.5', '1e3', 'NaN', '5 s', '2026-11-23T09:00:30Z'],
    ...['Mon, 99 Nov 2026 09:00:30 GMT', 'Mon, 23 Nov 2026 09:00:30 +0800', null, undefined],
  ])('%j says nothing', (header) => {
    expect(retryAfterMs(header, nowMs)).toBeUndefined()
  })

  it('of any text is nothing, or a time that can be waited for', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.date().map(String), fc.double().map(String)), (text) => {
        const waitMs = retryAfterMs(text, nowMs, 60_000)
        if (waitMs === undefined) return
        expect(waitMs).toBeGreaterThanOrEqual(0)
        expect(waitMs).toBeLessThanOrEqual(60_000)
      }),
    )
  })

  it('says the same in seconds and as a date', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_400 }), (seconds) => {
        const date = new Date(nowMs + seconds * 1000).toUTCString()
        expect(retryAfterMs(date, nowMs)).toBe(retryAfterMs(String(seconds), nowMs))
      }),
    )
  })
})
