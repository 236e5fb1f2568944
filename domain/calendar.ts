import type { Interval } from './working-time.js'

/**
 * When somebody works. `timeZone` is an IANA name, `weekdays` are ISO numbers (1 = Monday),
 * `holidays` are local dates `YYYY-MM-DD`. A working day is the whole local civil day.
 */
export interface Calendar {
  timeZone: string
  weekdays: number[]
  holidays: string[]
}

export const DAY_MS = 86_400_000
export const HOUR_MS = 3_600_000
export const MINUTE_MS = 60_000

/** How far ahead working time is worked out for a case; later instants count by the clock. */
export const CALENDAR_HORIZON_DAYS = 120

/** Monday to Friday in UTC, no holidays. */
export const DEFAULT_CALENDAR: Calendar = {
  timeZone: 'UTC',
  weekdays: [1, 2, 3, 4, 5],
  holidays: [],
}

/**
 * The working spans of `calendar` from the local day of `fromMs` on, adjacent days merged.
 * Uses the time-zone tables of the runtime: call it from activities, never from a workflow.
 */
export function workingIntervals(
  calendar: Calendar,
  fromMs: number,
  days = CALENDAR_HORIZON_DAYS,
): Interval[] {
  const wallAt = wallClock(calendar.timeZone)
  const today = Math.floor(wallAt(fromMs) / DAY_MS) * DAY_MS
  const intervals: Interval[] = []
  for (let offset = 0; offset < days; offset++) {
    const dayMs = today + offset * DAY_MS
    if (!isWorkingDay(calendar, new Date(dayMs))) continue
    const startMs = startOfDay(wallAt, dayMs)
    const endMs = startOfDay(wallAt, dayMs + DAY_MS)
    // Samoa had no 30 December 2011.
    if (startMs === endMs) continue
    const last = intervals.at(-1)
    if (last && last[1] === startMs) intervals[intervals.length - 1] = [last[0], endMs]
    else intervals.push([startMs, endMs])
  }
  return intervals
}

/** What is wrong with a calendar, in words that say what to do; `null` when it is fine. */
export function calendarProblem(calendar: Calendar): string | null {
  try {
    new Intl.DateTimeFormat('en', { timeZone: calendar.timeZone })
  } catch {
    return `timeZone "${calendar.timeZone}" is not an IANA time zone; use a name like "Asia/Shanghai"`
  }
  const weekdays = new Set(calendar.weekdays)
  if (weekdays.size === 0) return 'weekdays is empty: nobody would ever be asked to answer'
  if (calendar.weekdays.some((d) => !Number.isInteger(d) || d < 1 || d > 7)) {
    return 'weekdays are ISO numbers from 1 (Monday) to 7 (Sunday)'
  }
  const bad = calendar.holidays.find((h) => !isDate(h))
  return bad === undefined ? null : `holiday "${bad}" is not a date of the form YYYY-MM-DD`
}

function isWorkingDay(calendar: Calendar, day: Date): boolean {
  const isoWeekday = day.getUTCDay() === 0 ? 7 : day.getUTCDay()
  if (!calendar.weekdays.includes(isoWeekday)) return false
  return !calendar.holidays.includes(day.toISOString().slice(0, 10))
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}

/** Shows an instant as the time on the zone's clocks, written as if it were UTC, in whole seconds. */
type WallClock = (atMs: number) => number

// Making a formatter takes longer than using it a hundred times.
function wallClock(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return (atMs) => {
    const parts = format.formatToParts(atMs)
    const value = (type: string) => Number(parts.find((p) => p.type === type)?.value)
    return Date.UTC(
      value('year'),
      value('month') - 1,
      value('day'),
      value('hour'),
      value('minute'),
      value('second'),
    )
  }
}

/** The first UTC instant of the local day whose date is that of `dayMs` in UTC. */
function startOfDay(wallAt: WallClock, dayMs: number): number {
  const offsetMs = (atMs: number) => wallAt(atMs) - Math.floor(atMs / 1000) * 1000
  const guessMs = dayMs - offsetMs(dayMs)
  // A second look settles days on which the clocks change.
  const settledMs = dayMs - offsetMs(guessMs)
  // Where they skip midnight, that is still the day before, and the day starts at the jump.
  if (wallAt(settledMs) < dayMs) return guessMs
  // Where they go back to midnight, there are two of it, and the day starts at the first.
  const earlierMs = dayMs - offsetMs(settledMs - 3 * HOUR_MS)
  return earlierMs < settledMs && wallAt(earlierMs) === dayMs ? earlierMs : settledMs
}
