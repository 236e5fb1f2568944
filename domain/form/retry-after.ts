import { DAY_MS } from '../brand/calendar.js'

const IN_SECONDS = /^\d{1,15}$/
/** The three forms of a date (RFC 9110, 5.6.7); the last, of C's `asctime`, names no zone. */
const DATES = [
  /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
]
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/

/**
 * What a `Retry-After` header says (RFC 9110, 10.2.3: seconds or a date), in ms from `nowMs`: never
 * below 0, which a moment in the past is, and never above `longestMs`, a day unless told. `undefined`
 * when there is no header, or one that says neither.
 */
export function retryAfterMs(
  header: string | null | undefined,
  nowMs: number,
  longestMs = DAY_MS,
): number | undefined {
  const text = header?.trim() ?? ''
  const waitMs = IN_SECONDS.test(text) ? Number(text) * 1000 : dateOf(text) - nowMs
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), longestMs)
}

/** Epoch ms; NaN for what is no date of HTTP. */
function dateOf(text: string): number {
  if (DATES.some((form) => form.test(text))) return Date.parse(text)
  return ASCTIME.test(text) ? Date.parse(`${text} GMT`) : Number.NaN
}
