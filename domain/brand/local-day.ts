import { DAY_MS } from './calendar.js'
import { offsetsFrom } from './time-zone.js'

const DATE = /^\d{4}-\d{2}-\d{2}$/

/**
 * When a local day written `YYYY-MM-DD` begins, in epoch ms; `null` for a text that is no date. Where
 * the clocks are put forward at midnight the day begins with the first moment that it has. Uses the
 * time-zone tables of the runtime.
 */
export function startOfDay(date: string, timeZone: string): number | null {
  const wallMs = DATE.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN
  // V8 moves 30 February to 2 March instead of refusing it.
  if (Number.isNaN(wallMs) || new Date(wallMs).toISOString().slice(0, 10) !== date) return null
  const offsets = offsetsFrom(timeZone, wallMs)
  // Of two moments that clocks show as midnight the earlier one begins the day.
  for (const [place, [fromMs, offsetMs]] of offsets.entries()) {
    const untilMs = offsets[place + 1]?.[0] ?? Number.POSITIVE_INFINITY
    const atMs = Math.max(fromMs, wallMs - offsetMs)
    if (atMs < untilMs) return atMs
  }
  return null
}

/** When that day has ended: the first moment of the next one. */
export function endOfDay(date: string, timeZone: string): number | null {
  if (startOfDay(date, timeZone) === null) return null
  const nextDate = new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
  return startOfDay(nextDate, timeZone)
}
