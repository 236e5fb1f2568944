import { DAY_MS, HOUR_MS, MINUTE_MS } from '../brand/calendar.js'

/** How long a session lives that nobody uses. */
export const SESSION_IDLE_MS = 12 * HOUR_MS
/** How long one lives at most, used or not. */
export const SESSION_MAX_MS = 7 * DAY_MS
/** How exactly is known when a session was last used. */
export const SESSION_SEEN_EVERY_MS = MINUTE_MS

/** When a session ends that was opened and last used at these moments; epoch milliseconds. */
export function sessionEndsAt(createdAtMs: number, lastSeenAtMs: number): number {
  return Math.min(lastSeenAtMs + SESSION_IDLE_MS, createdAtMs + SESSION_MAX_MS)
}
