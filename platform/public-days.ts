import chineseDays from 'chinese-days'
import Holidays from 'date-holidays'
import { type Calendar, DAY_MS, type PublicDays } from '../domain/brand/calendar.js'

const YEARS_AHEAD = 3
const NONE: PublicDays = { holidays: [], workdays: [] }
const YEARS = new Map<string, PublicDays>()

/** Is that a country, or a part of one (`DE-BY`), whose public holidays are known? */
export function hasPublicDays(country: string): boolean {
  const [code = '', part] = country.split('-')
  const known = new Holidays()
  if (!Object.hasOwn(known.getCountries(), code)) return false
  return part === undefined || Object.hasOwn(known.getStates(code) ?? {}, part)
}

/** The codes of the countries whose public holidays are known. */
export function countriesWithPublicDays(): string[] {
  return Object.keys(new Holidays().getCountries()).sort()
}

/** The public holidays of a calendar's country in the year of `fromMs` and three more. */
export function publicDaysOf({ country }: Pick<Calendar, 'country'>, fromMs: number): PublicDays {
  if (country === undefined) return NONE
  const first = new Date(fromMs).getUTCFullYear()
  const years = Array.from({ length: YEARS_AHEAD + 1 }, (_, i) => ofYear(country, first + i))
  return {
    holidays: years.flatMap(({ holidays }) => holidays),
    workdays: years.flatMap(({ workdays }) => workdays),
  }
}

function ofYear(country: string, year: number): PublicDays {
  const key = `${country} ${year}`
  // Working out moons takes a tenth of a second.
  const days = YEARS.get(key) ?? arranged(country, year) ?? byRule(country, year)
  YEARS.set(key, days)
  return days
}

/** China says each autumn which days of the next year are exchanged; `null` while it has not. */
function arranged(country: string, year: number): PublicDays | null {
  if (country !== 'CN') return null
  const dates = datesFrom(Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1))
  const isWeekend = (date: string) => [0, 6].includes(new Date(date).getUTCDay())
  const workdays = dates.filter((date) => isWeekend(date) && chineseDays.isWorkday(date))
  const holidays = dates.filter((date) => !isWeekend(date) && chineseDays.isHoliday(date))
  return workdays.length + holidays.length > 0 ? { holidays, workdays } : null
}

function byRule(country: string, year: number): PublicDays {
  const [code = '', part] = country.split('-')
  const days = part === undefined ? new Holidays(code) : new Holidays(code, part)
  const holidays = days
    .getHolidays(year)
    .filter(({ type }) => type === 'public')
    .flatMap(({ date, start, end }) => {
      const startMs = Date.parse(`${date.slice(0, 10)}T00:00:00Z`)
      // Days of which only a part is free do not count, and neither does a change of the clocks.
      const wholeDays = Math.floor((end.getTime() - start.getTime() + DAY_MS / 12) / DAY_MS)
      return datesFrom(startMs, startMs + wholeDays * DAY_MS)
    })
  return { holidays: [...new Set(holidays)].sort(), workdays: [] }
}

function datesFrom(startMs: number, endMs: number): string[] {
  const dates: string[] = []
  for (let atMs = startMs; atMs < endMs; atMs += DAY_MS) {
    dates.push(new Date(atMs).toISOString().slice(0, 10))
  }
  return dates
}
