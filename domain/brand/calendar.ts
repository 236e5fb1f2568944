import { offsetsFrom } from './time-zone.js'
import type { WorkingIntervals } from './working-intervals.js'

/**
 * When somebody works. `timeZone` is an IANA name, `weekdays` are ISO numbers (1 = Monday), dates are
 * local and written `YYYY-MM-DD`. A working day is the whole local civil day, unless `partDays` says
 * otherwise. What is named by date goes before what `country` says, and that before the weekdays.
 */
export interface Calendar {
  timeZone: string
  weekdays: number[]
  holidays: string[]
  /** Days worked although their weekday or the country's holidays say otherwise: made-up Saturdays. */
  workdays?: string[]
  /** Days of which only a part is worked, between two local times `HH:MM`; half days. */
  partDays?: PartDay[]
  /** Whose public holidays count: ISO 3166-1 (`CN`), with a part of it (`DE-BY`) where they differ. */
  country?: string
}

/** One date worked from one local time to another, `24:00` being its end. */
export interface PartDay {
  date: string
  from: string
  to: string
}

/** The public holidays of a country, and the days it works in exchange for some of them. */
export interface PublicDays {
  holidays: readonly string[]
  workdays: readonly string[]
}

export const DAY_MS = 86_400_000
export const HOUR_MS = 3_600_000
export const MINUTE_MS = 60_000

/** Monday to Friday in UTC, no holidays. */
export const DEFAULT_CALENDAR: Calendar = {
  timeZone: 'UTC',
  weekdays: [1, 2, 3, 4, 5],
  holidays: [],
}

/**
 * The working intervals of `calendar` from the local day of `fromMs` on, without end. Where the clocks
 * change later than in ten years' time, they count as if they did not. `publicDays` are those of its
 * country. Uses the time-zone tables of the runtime: call it from activities, never from a workflow.
 */
export function workingIntervals(
  calendar: Calendar,
  fromMs: number,
  publicDays: PublicDays = { holidays: [], workdays: [] },
): WorkingIntervals {
  const offsets = offsetsFrom(calendar.timeZone, fromMs)
  const [, offsetMs = 0] = offsets.findLast(([at]) => at <= fromMs) ?? []
  const today = Math.floor((fromMs + offsetMs) / DAY_MS)
  return {
    weekdays: [...calendar.weekdays].sort((a, b) => a - b),
    offsets,
    exceptions: exceptionsFrom(calendar, publicDays, today),
  }
}

type Minutes = readonly [fromMinute: number, toMinute: number]
const WHOLE_DAY: Minutes = [0, DAY_MS / MINUTE_MS]
const NO_PART: Minutes = [0, 0]

function exceptionsFrom(
  calendar: Calendar,
  publicDays: PublicDays,
  today: number,
): WorkingIntervals['exceptions'] {
  const { holidays, workdays = [], partDays = [] } = calendar
  const worked = new Map<number, Minutes>()
  const add = (dates: readonly string[], minutes: Minutes) =>
    dates.forEach((date) => worked.set(dayOf(date), minutes))
  add(publicDays.holidays, NO_PART)
  add(publicDays.workdays, WHOLE_DAY)
  add(holidays, NO_PART)
  add(workdays, WHOLE_DAY)
  for (const { date, from, to } of partDays) add([date], [minuteOf(from), minuteOf(to)])

  const runs: [number, number, number, number][] = []
  const days = [...worked].filter(([day]) => day >= today).sort(([a], [b]) => a - b)
  for (const [day, [from, to]] of days) {
    const last = runs.at(-1)
    if (last && last[0] + last[1] === day && last[2] === from && last[3] === to) last[1] += 1
    else runs.push([day, 1, from, to])
  }
  return runs
}

function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
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
  const { holidays, workdays = [], partDays = [], country } = calendar
  const dates = [...holidays, ...workdays, ...partDays.map(({ date }) => date)]
  const bad = dates.find((date) => !isDate(date))
  if (bad !== undefined) return `"${bad}" is not a date of the form YYYY-MM-DD`
  const part = partDays.find(({ from, to }) => !isTime(from) || !isTime(to) || from >= to)
  if (part) return `partDays ${part.date}: "from" and "to" are local times HH:MM, the earlier first`
  return country === undefined || /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(country)
    ? null
    : `country "${country}" is no code like "CN" or "DE-BY" (ISO 3166)`
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text)
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}
