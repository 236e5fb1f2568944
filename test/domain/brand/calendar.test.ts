import { describe, it, expect } from '@jest/globals'
import fc from 'fast-check'
import {
  type Calendar,
  calendarProblem,
  DAY_MS,
  DEFAULT_CALENDAR,
  HOUR_MS,
  workingIntervals,
} from '../../../domain/brand/calendar.js'
import { addWorkingTime, intervalsFrom } from '../../../domain/brand/working-time.js'
import type { Interval } from '../../../domain/brand/working-intervals.js'

/** Longer than any window. */
const LONG_DAYS = 140
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]

function calendar(timeZone: string, over: Partial<Calendar> = {}): Calendar {
  return { ...DEFAULT_CALENDAR, timeZone, ...over }
}

/** The local date `YYYY-MM-DD` at an instant, read off the runtime's own formatting. */
function localDateAt(timeZone: string): (atMs: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  return (atMs) => format.format(atMs)
}

function isWorking(given: Calendar, date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay() || 7
  return given.weekdays.includes(weekday) && !given.holidays.includes(date)
}

/** The working spans of the first `days` local days from that of `fromMs` on, adjacent days merged. */
function intervalsOf(given: Calendar, fromMs: number, days = LONG_DAYS): Interval[] {
  const dateAt = localDateAt(given.timeZone)
  const firstDay = Date.parse(dateAt(fromMs))
  const merged: Interval[] = []
  for (const [startMs, endMs] of intervalsFrom(workingIntervals(given, fromMs), fromMs)) {
    if (Date.parse(dateAt(startMs)) >= firstDay + days * DAY_MS) break
    const last = merged.at(-1)
    if (last?.[1] === startMs) merged[merged.length - 1] = [last[0], endMs]
    else merged.push([startMs, endMs])
  }
  return merged
}

const covers = (intervals: readonly Interval[], atMs: number) =>
  intervals.some(([startMs, endMs]) => startMs <= atMs && atMs < endMs)

/** Whether every quarter of an hour of the span is working time exactly when its local day is. */
function expectEveryQuarterRight(given: Calendar, fromMs: number, days: number): void {
  const intervals = intervalsOf(given, fromMs, days)
  const dateAt = localDateAt(given.timeZone)
  const wrong: string[] = []
  for (let atMs = fromMs; atMs < fromMs + (days - 3) * DAY_MS; atMs += HOUR_MS / 4) {
    const date = dateAt(atMs)
    if (covers(intervals, atMs) !== isWorking(given, date)) {
      wrong.push(`${new Date(atMs).toISOString()} = ${date}`)
    }
  }
  expect(wrong).toEqual([])
}

describe('working intervals', () => {
  it('are whole local days, adjacent days merged', () => {
    const thursday = Date.UTC(2026, 0, 1, 12)
    expect(intervalsOf(calendar('Asia/Shanghai'), thursday, 5)).toEqual([
      [Date.UTC(2025, 11, 31, 16), Date.UTC(2026, 0, 2, 16)],
      [Date.UTC(2026, 0, 4, 16), Date.UTC(2026, 0, 5, 16)],
    ])
  })

  it('start with the local day of the given instant, not with the UTC day', () => {
    const mondayInShanghai = Date.UTC(2026, 0, 4, 16)
    const [first] = intervalsOf(calendar('Asia/Shanghai'), mondayInShanghai, 1)
    expect(first?.[0]).toBe(mondayInShanghai)
    expect(intervalsOf(calendar('Asia/Shanghai'), mondayInShanghai - 1, 1)).toEqual([])
  })

  it('leave out holidays by local date', () => {
    const monday = Date.UTC(2026, 0, 5)
    const given = calendar('Asia/Kathmandu', { holidays: ['2026-01-07'] })
    expect(intervalsOf(given, monday, 5)).toEqual([
      [Date.UTC(2026, 0, 4, 18, 15), Date.UTC(2026, 0, 6, 18, 15)],
      [Date.UTC(2026, 0, 7, 18, 15), Date.UTC(2026, 0, 9, 18, 15)],
    ])
  })

  it('have 23 and 25 hours on the days on which the clocks change', () => {
    const hoursOf = (timeZone: string, fromMs: number) =>
      intervalsOf(calendar(timeZone, { weekdays: EVERY_DAY }), fromMs, 1).map(
        ([startMs, endMs]) => (endMs - startMs) / HOUR_MS,
      )
    expect(hoursOf('Europe/Berlin', Date.UTC(2026, 2, 29, 12))).toEqual([23])
    expect(hoursOf('Europe/Berlin', Date.UTC(2026, 9, 25, 12))).toEqual([25])
    expect(hoursOf('Australia/Lord_Howe', Date.UTC(2026, 3, 5, 6))).toEqual([24.5])
  })

  it('begin where the clocks jump when a day has no midnight', () => {
    const sunday = { weekdays: [7] }
    const from = (timeZone: string, atMs: number) =>
      intervalsOf(calendar(timeZone, sunday), atMs, 1)[0]?.[0]
    expect(from('America/Santiago', Date.UTC(2026, 8, 6, 12))).toBe(Date.UTC(2026, 8, 6, 4))
    expect(from('America/Havana', Date.UTC(2026, 2, 8, 12))).toBe(Date.UTC(2026, 2, 8, 5))
    expect(from('Asia/Beirut', Date.UTC(2026, 2, 29, 12))).toBe(Date.UTC(2026, 2, 28, 22))
    const friday = calendar('Africa/Cairo', { weekdays: [5] })
    expect(intervalsOf(friday, Date.UTC(2026, 3, 24, 12), 1)[0]?.[0]).toBe(
      Date.UTC(2026, 3, 23, 22),
    )
  })

  it('begin at the first midnight where there are two', () => {
    const [first] = intervalsOf(
      calendar('America/Havana', { weekdays: [7] }),
      Date.UTC(2026, 10, 1, 12),
      1,
    )
    expect(first).toEqual([Date.UTC(2026, 10, 1, 4), Date.UTC(2026, 10, 2, 5)])
    // East of Greenwich too: the clocks of Gaza went back from one to twelve on that Friday.
    const friday = calendar('Asia/Gaza', { weekdays: [5] })
    expect(intervalsOf(friday, Date.UTC(2021, 9, 29, 12), 1)).toEqual([
      [Date.UTC(2021, 9, 28, 21), Date.UTC(2021, 9, 29, 22)],
    ])
  })

  it('have no Friday where Samoa skipped it', () => {
    const thursday = Date.UTC(2011, 11, 29, 12)
    const skipped = Date.UTC(2011, 11, 30, 10)
    expect(intervalsOf(calendar('Pacific/Apia', { weekdays: [5] }), thursday, 3)).toEqual([])
    expect(intervalsOf(calendar('Pacific/Apia', { weekdays: EVERY_DAY }), thursday, 3)).toEqual([
      [Date.UTC(2011, 11, 29, 10), skipped + DAY_MS],
    ])
  })

  it.each([
    ['Europe/Berlin', Date.UTC(2026, 2, 20)],
    ['Europe/Berlin', Date.UTC(2026, 9, 16)],
    ['America/Sao_Paulo', Date.UTC(2018, 1, 9)],
    ['America/Sao_Paulo', Date.UTC(2018, 9, 26)],
    ['Asia/Shanghai', Date.UTC(2026, 1, 10)],
    ['Asia/Kathmandu', Date.UTC(2026, 1, 10)],
    ['Pacific/Apia', Date.UTC(2011, 11, 22)],
    ['Africa/Casablanca', Date.UTC(2026, 1, 10)],
    ['America/Santiago', Date.UTC(2026, 3, 1)],
    ['America/Asuncion', Date.UTC(2023, 9, 1)],
    ['Asia/Tehran', Date.UTC(2022, 2, 15)],
    ['Atlantic/Azores', Date.UTC(2026, 9, 20)],
  ])('agree with the local dates of %s quarter by quarter', (timeZone, fromMs) => {
    expectEveryQuarterRight(calendar(timeZone), fromMs, 12)
    expectEveryQuarterRight(calendar(timeZone, { weekdays: [7, 2] }), fromMs, 12)
  })

  it('agree with the local dates of any zone, ascending and apart from each other', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
        fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2036, 0) }),
        fc.uniqueArray(fc.constantFrom(...EVERY_DAY), { minLength: 1 }),
        (timeZone, fromMs, weekdays) => {
          const given = calendar(timeZone, { weekdays })
          const intervals = intervalsOf(given, fromMs)
          const dateAt = localDateAt(timeZone)
          intervals.forEach(([startMs, endMs], i) => {
            expect(startMs).toBeLessThan(endMs)
            expect(startMs).toBeGreaterThan(intervals[i - 1]?.[1] ?? -Infinity)
            for (const edgeMs of [startMs, endMs]) {
              expect(dateAt(edgeMs) > dateAt(edgeMs - 1)).toBe(true)
            }
            expect(isWorking(given, dateAt(startMs))).toBe(true)
            expect(i > 0 && isWorking(given, dateAt(startMs - 1))).toBe(false)
            expect(isWorking(given, dateAt(endMs - 1))).toBe(true)
          })
          expect(intervals.at(-1)?.[1]).toBeGreaterThan(fromMs + (LONG_DAYS - 8) * DAY_MS)
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('days that are not as the week says', () => {
  /** The Spring Festival of 2026 as China arranged it. */
  const spring = {
    holidays: ['16', '17', '18', '19', '20', '21', '22', '23'].map((day) => `2026-02-${day}`),
    workdays: ['2026-02-14', '2026-02-28'],
  }
  const wednesday = Date.UTC(2026, 1, 11, 2)
  const threeDaysLater = (given: Calendar, publicDays?: typeof spring) =>
    new Date(
      addWorkingTime(wednesday, 3 * DAY_MS, workingIntervals(given, wednesday, publicDays)),
    ).toISOString()

  it('may be made-up working days, of the calendar or of its country', () => {
    expect(threeDaysLater(calendar('Asia/Shanghai', spring))).toBe('2026-02-14T02:00:00.000Z')
    expect(threeDaysLater(calendar('Asia/Shanghai'), spring)).toBe('2026-02-14T02:00:00.000Z')
    expect(threeDaysLater(calendar('Asia/Shanghai'))).toBe('2026-02-16T02:00:00.000Z')
  })

  it('are first what the calendar itself says, then what its country does', () => {
    const works = { workdays: ['2026-02-16'] }
    const off = { holidays: ['2026-02-14'] }
    expect(threeDaysLater(calendar('Asia/Shanghai', off), spring)).toBe('2026-02-24T02:00:00.000Z')
    expect(threeDaysLater(calendar('Asia/Shanghai', { ...off, ...works }), spring)).toBe(
      '2026-02-16T02:00:00.000Z',
    )
  })

  it('may be half days', () => {
    const given = calendar('Europe/Berlin', {
      partDays: [
        { date: '2026-12-24', from: '00:00', to: '12:00' },
        { date: '2026-12-26', from: '10:00', to: '24:00' },
      ],
    })
    expect(intervalsOf(given, Date.UTC(2026, 11, 24, 5), 3)).toEqual([
      [Date.UTC(2026, 11, 23, 23), Date.UTC(2026, 11, 24, 11)],
      [Date.UTC(2026, 11, 24, 23), Date.UTC(2026, 11, 25, 23)],
      [Date.UTC(2026, 11, 26, 9), Date.UTC(2026, 11, 26, 23)],
    ])
  })

  it('take little room, however many they are', () => {
    const dates = Array.from({ length: 400 }, (_, i) =>
      new Date(wednesday + i * 2 * DAY_MS).toISOString().slice(0, 10),
    )
    const given = calendar('America/New_York', { holidays: dates })
    expect(JSON.stringify(workingIntervals(given, wednesday)).length).toBeLessThan(10_000)
    expect(
      JSON.stringify(workingIntervals(calendar('America/New_York', spring), wednesday)).length,
    ).toBeLessThan(1_000)
  })
})

describe('a calendar', () => {
  it.each([
    [{}, null],
    [{ timeZone: 'Asia/Peking' }, 'use a name like "Asia/Shanghai"'],
    [{ timeZone: '' }, 'not an IANA time zone'],
    [{ weekdays: [] }, 'weekdays is empty'],
    [{ weekdays: [0, 1] }, 'from 1 (Monday) to 7 (Sunday)'],
    [{ weekdays: [1.5] }, 'from 1 (Monday) to 7 (Sunday)'],
    [{ holidays: ['2026-02-29'] }, '"2026-02-29" is not a date'],
    [{ holidays: ['2028-02-29'] }, null],
    [{ holidays: ['01.05.2026'] }, '"01.05.2026" is not a date'],
    [{ holidays: ['2026-13-01'] }, '"2026-13-01" is not a date'],
    [{ workdays: ['2026-02-30'] }, '"2026-02-30" is not a date'],
    [{ workdays: ['2026-02-14'], country: 'CN' }, null],
    [{ country: 'DE-BY' }, null],
    [{ country: 'Germany' }, 'country "Germany" is no code'],
    [{ partDays: [{ date: '2026-12-24', from: '08:00', to: '12:00' }] }, null],
    [{ partDays: [{ date: '2026-12-24', from: '12:00', to: '12:00' }] }, 'the earlier first'],
    [{ partDays: [{ date: '2026-12-24', from: '8', to: '12:00' }] }, 'local times HH:MM'],
    [{ partDays: [{ date: 'today', from: '08:00', to: '12:00' }] }, '"today" is not a date'],
  ])('with %o says what is wrong with it', (over, problem) => {
    const said = calendarProblem({ ...DEFAULT_CALENDAR, ...over })
    expect(said ?? 'fine').toContain(problem ?? 'fine')
  })
})
