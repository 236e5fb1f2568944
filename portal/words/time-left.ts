import { DAY_MS, HOUR_MS } from '../../domain/brand/calendar.js'

/** How near a deadline is, for the eye. */
export type Urgency = 'calm' | 'soon' | 'now' | 'over'

/** A span in the one unit a person reads it in. */
export interface Span {
  value: number
  unit: 'second' | 'minute' | 'hour' | 'day'
}

/** What is left until a deadline, or how long ago it was. */
export interface TimeLeft extends Span {
  urgency: Urgency
}

const SOON_MS = DAY_MS
const NOW_MS = 4 * HOUR_MS
const MINUTE_MS = 60_000

/** What is left at `nowMs` until the ISO moment `dueAt`; `null` where there is no deadline. */
export function timeLeft(dueAt: string | null, nowMs: number): TimeLeft | null {
  if (dueAt === null) return null
  const leftMs = Date.parse(dueAt) - nowMs
  return { ...spanOf(Math.abs(leftMs)), urgency: urgencyOf(leftMs) }
}

function urgencyOf(leftMs: number): Urgency {
  if (leftMs < 0) return 'over'
  if (leftMs < NOW_MS) return 'now'
  return leftMs < SOON_MS ? 'soon' : 'calm'
}

/** Whole units, rounded down, so that nobody is promised more than there is: 47 h, not 2 days. */
export function spanOf(ms: number): Span {
  if (ms < 100 * 1000) return { value: Math.floor(ms / 1000), unit: 'second' }
  if (ms < 100 * MINUTE_MS) return { value: Math.floor(ms / MINUTE_MS), unit: 'minute' }
  if (ms < 2 * DAY_MS) return { value: Math.floor(ms / HOUR_MS), unit: 'hour' }
  return { value: Math.floor(ms / DAY_MS), unit: 'day' }
}
