import { type Calendar, DAY_MS, HOUR_MS, MINUTE_MS } from '../domain/brand/calendar.js'
import { usageError } from './exit.js'

/** An ISO instant in the local time zone, to the minute: `24 Nov 18:00`; with the year if another. */
export function localMoment(iso: string, nowMs: number): string {
  const at = new Date(iso)
  const sameYear = at.getFullYear() === new Date(nowMs).getFullYear()
  const date = at.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  })
  return `${date} ${at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** When somebody works: `Mon Tue Wed Thu Fri, America/Sao_Paulo, holidays: 2, workdays: 1`. */
export function workingDays(calendar: Calendar): string {
  const { weekdays, timeZone, country, holidays, workdays = [], partDays = [] } = calendar
  const days = weekdays.map((day) => WEEKDAYS[day - 1]).join(' ')
  const named = Object.entries({ holidays, workdays, 'part days': partDays })
    .filter(([, dates]) => dates.length > 0)
    .map(([name, dates]) => `${name}: ${dates.length}`)
  const publicDays = country ? [`public holidays of ${country}`] : []
  return [days, timeZone, ...publicDays, ...named].join(', ')
}

/** How far off an instant is, in ms from now: `in 3 h`, `20 min ago`. */
export function distance(ms: number): string {
  return ms < 0 ? `${span(-ms)} ago` : `in ${span(ms)}`
}

/** A length of time as a person says it, rounded: `20 min`, `36 h`, `3 days`. */
export function span(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.round(ms / 1000)} s`
  if (ms < 2 * HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`
  if (ms < 2 * DAY_MS) return `${Math.round(ms / HOUR_MS)} h`
  return `${Math.round(ms / DAY_MS)} days`
}

/** `24 Nov 18:00 (in 3 h)` */
export function momentAndDistance(iso: string, nowMs: number): string {
  return `${localMoment(iso, nowMs)} (${distance(Date.parse(iso) - nowMs)})`
}

const UNITS: Readonly<Record<string, number>> = { m: MINUTE_MS, h: HOUR_MS, d: DAY_MS }

/** How a moment is typed, for the help of options. */
export const MOMENT_HELP = '2026-11-30T18:00 (local), 2026-11-30T18:00Z, or +36h from now, -7d'

/** An instant as a person types it (see `MOMENT_HELP`), as ISO 8601. Throws a usage error. */
export function parseMoment(text: string, nowMs: number): string {
  const [, count, unit = ''] = /^([+-]\d{1,6})([mhd])$/.exec(text) ?? []
  const atMs = count === undefined ? dateMs(text) : nowMs + Number(count) * (UNITS[unit] ?? 0)
  if (Number.isNaN(atMs)) throw usageError(`"${text}" is no moment; write ${MOMENT_HELP}`)
  return new Date(atMs).toISOString()
}

/** Only ISO 8601: other texts mean different days in different countries. */
function dateMs(text: string): number {
  return /^\d{4}-\d{2}-\d{2}(T|$)/.test(text) ? Date.parse(text) : Number.NaN
}
