import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { DAY_MS, HOUR_MS, workingIntervals } from '../../../domain/brand/calendar.js'
import { DEFAULT_MAIL_SETTINGS, heldUntil } from '../../../domain/notice/mail-settings.js'
import { nextMail, type QueuedNotice } from '../../../domain/notice/mail-grouping.js'

const at = (iso: string) => Date.parse(iso)
const FRIDAY = at('2026-11-27T09:20:00Z')
const shanghai = workingIntervals(
  { timeZone: 'Asia/Shanghai', weekdays: [1, 2, 3, 4, 5], holidays: ['2026-11-30'] },
  FRIDAY - DAY_MS,
)
const held = (frequency: 'atOnce' | 'hourly' | 'daily', notice = {}, now = FRIDAY) =>
  heldUntil({ frequency, news: true }, { urgent: false, ...notice }, now, shanghai)

describe('a notice to somebody who has chosen', () => {
  it('at once, or nothing, waits for nothing', () => {
    expect(held('atOnce')).toBeNull()
    expect(heldUntil(DEFAULT_MAIL_SETTINGS, { urgent: false }, FRIDAY, shanghai)).toBeNull()
  })

  it('hourly waits until the hour is full', () => {
    expect(held('hourly')).toBe(at('2026-11-27T10:00:00Z'))
    expect(held('hourly', {}, at('2026-11-27T10:00:00Z'))).toBe(at('2026-11-27T11:00:00Z'))
  })

  it('daily waits for eight in the morning of a day on which they work', () => {
    // Friday afternoon there; Monday is a holiday.
    expect(held('daily')).toBe(at('2026-12-01T00:00:00Z'))
    expect(held('daily', {}, at('2026-11-26T20:00:00Z'))).toBe(at('2026-11-27T00:00:00Z'))
  })

  it('anything goes at once when it is urgent, or due before it would help', () => {
    expect(held('daily', { urgent: true })).toBeNull()
    expect(held('daily', { dueAt: at('2026-12-01T01:59:00Z') })).toBeNull()
    expect(held('daily', { dueAt: at('2026-12-01T02:00:00Z') })).not.toBeNull()
  })

  it('is never held into the past, nor longer than what is due', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('hourly' as const, 'daily' as const),
        fc.integer({ min: 0, max: 60 * DAY_MS }),
        fc.integer({ min: 0, max: 20 * DAY_MS }),
        (frequency, after, windowMs) => {
          const now = FRIDAY + after
          const until = held(frequency, { dueAt: now + windowMs }, now)
          if (until === null) return
          expect(until).toBeGreaterThan(now)
          expect(now + windowMs - until).toBeGreaterThanOrEqual(2 * HOUR_MS)
        },
      ),
    )
  })
})

describe('the next mail', () => {
  const timing = { gatherMs: 20_000, intervalMs: 900_000 }
  const notice = (changes: Partial<QueuedNotice> = {}): QueuedNotice => ({
    ...{ noticeId: 'case:1:brand', caseId: 'case', rev: 1, kind: 'asked', audience: 'brand' },
    ...{ urgent: false, queuedAt: FRIDAY },
    ...changes,
  })
  const when = (...notices: QueuedNotice[]) =>
    nextMail(new Map([['asked', notices]]), {}, timing)?.at

  it('waits until the first of its notices may go, and takes all along', () => {
    const hour = FRIDAY + HOUR_MS
    expect(when(notice({ notBefore: hour }))).toBe(hour)
    expect(when(notice({ notBefore: hour }), notice({ notBefore: hour - 60_000 }))).toBe(
      hour - 60_000,
    )
    expect(when(notice({ notBefore: hour }), notice())).toBe(FRIDAY + timing.gatherMs)
  })

  it('is not held by that when something is urgent, or when it is full', () => {
    const hour = FRIDAY + HOUR_MS
    expect(when(notice({ notBefore: hour }), notice({ urgent: true }))).toBe(FRIDAY)
    const full = Array.from({ length: 250 }, () => notice({ notBefore: hour }))
    expect(when(...full)).toBe(FRIDAY)
  })
})
