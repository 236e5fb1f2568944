import { DAY_MS, HOUR_MS, MINUTE_MS } from '../brand/calendar.js'

const FORM =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9})\d*)?)?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/

/**
 * The instant (epoch ms) that `text` names by RFC 3339, seconds optional; `null` when it names
 * none: another form, no time zone, or a date or time that does not exist. `t` and `z` may be
 * lower-case (5.6). A leap second is inserted at 23:59:60 UTC only (5.7), which for clocks without
 * leap seconds is the midnight after it; `:60` anywhere else does not exist.
 */
export function parseInstant(text: string): number | null {
  const match = FORM.exec(text)
  if (!match) return null
  const field = (i: number) => Number(match[i] ?? 0)
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map(field) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const [offsetHours, offsetMinutes] = [field(9), field(10)]
  if (hour > 23 || minute > 59 || second > 60 || offsetHours > 23 || offsetMinutes > 59) return null
  const midnightMs = Date.parse(`${match[1]}-${match[2]}-${match[3]}T00:00:00Z`)
  // V8 moves 30 February to 2 March instead of refusing it.
  const exists = new Date(midnightMs).getUTCDate() === day && month >= 1 && year >= 0
  if (Number.isNaN(midnightMs) || !exists) return null
  const offsetMs = (offsetHours * HOUR_MS + offsetMinutes * MINUTE_MS) * (match[8] === '-' ? -1 : 1)
  const minuteMs = midnightMs + hour * HOUR_MS + minute * MINUTE_MS - offsetMs
  if (second === 60) {
    const nextMinuteMs = minuteMs + MINUTE_MS
    return nextMinuteMs % DAY_MS === 0 ? nextMinuteMs : null
  }
  const fractionMs = Math.floor(Number(`0.${match[7] ?? 0}`) * 1000)
  return minuteMs + second * 1000 + fractionMs
}
