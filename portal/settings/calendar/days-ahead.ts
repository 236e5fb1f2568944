import type { Calendar, PublicDays } from '../../../domain/brand/calendar.js'

/** A day that is not as its weekday says, and who says so. */
export interface SpecialDay {
  date: string
  kind: 'off' | 'worked' | 'part'
  /** Named by its date in the calendar itself, or by the country it names. */
  source: 'own' | 'country'
  from?: string
  to?: string
}

/** The special days of a calendar in `[first, last]`, in order; what it names itself goes first. */
export function daysAhead(
  { holidays, workdays = [], partDays = [] }: Calendar,
  country: PublicDays,
  [first, last]: readonly [string, string],
): SpecialDay[] {
  const days = new Map<string, SpecialDay>()
  const add = (
    dates: readonly string[],
    kind: SpecialDay['kind'],
    source: SpecialDay['source'],
  ): void => dates.forEach((date) => days.set(date, { date, kind, source }))
  add(country.holidays, 'off', 'country')
  add(country.workdays, 'worked', 'country')
  add(holidays, 'off', 'own')
  add(workdays, 'worked', 'own')
  for (const part of partDays) days.set(part.date, { ...part, kind: 'part', source: 'own' })
  return [...days.values()]
    .filter(({ date }) => date >= first && date <= last)
    .sort((one, other) => (one.date < other.date ? -1 : 1))
}

/** The calendar with a day named in it as it is to be; nothing else it says of that date stays. */
export function withDay(calendar: Calendar, day: Omit<SpecialDay, 'source'>): Calendar {
  const { date, kind, from = '00:00', to = '24:00' } = day
  const { holidays, workdays = [], partDays = [], ...rest } = withoutDay(calendar, date)
  return {
    ...rest,
    holidays: kind === 'off' ? [...holidays, date].sort() : holidays,
    workdays: kind === 'worked' ? [...workdays, date].sort() : workdays,
    partDays: kind === 'part' ? [...partDays, { date, from, to }] : partDays,
  }
}

/** The calendar without what it says itself of a date. */
export function withoutDay(calendar: Calendar, date: string): Calendar {
  const { holidays, workdays = [], partDays = [] } = calendar
  return {
    ...calendar,
    holidays: holidays.filter((each) => each !== date),
    workdays: workdays.filter((each) => each !== date),
    partDays: partDays.filter((part) => part.date !== date),
  }
}
