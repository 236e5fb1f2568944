import { HOUR_MS, MINUTE_MS } from '../brand/calendar.js'
import { intervalsFrom } from '../brand/working-time.js'
import type { WorkingIntervals } from '../brand/working-intervals.js'
import type { MailFrequency, NoticeKind } from '../vocabulary.js'
import type { Notice } from './notices.js'

/** What somebody has chosen about their mails. */
export interface MailSettings {
  frequency: MailFrequency
  /** They want mails that only tell what became of cases, too. */
  news: boolean
}

/** Of who has chosen nothing: soon, and everything. */
export const DEFAULT_MAIL_SETTINGS: MailSettings = { frequency: 'atOnce', news: true }

/** Mails that ask for nothing: what became of a case. Nobody can do without the others. */
export const NEWS_KINDS: readonly NoticeKind[] = ['decided', 'takenDown', 'withdrawn']

/** So long before a deadline it is told, whatever somebody has chosen. */
const LEAST_NOTICE_MS = 2 * HOUR_MS
/** A working day is counted from midnight; mails come when people do. */
const DAY_BEGINS_MS = 8 * HOUR_MS

/**
 * The instant (epoch ms) before which a notice is not mailed to somebody with these settings, `null` =
 * it may go at once: what is urgent, or due before that moment would leave time to answer. Hourly
 * mails go on the hour, daily ones at eight in the morning of their working days.
 */
export function heldUntil(
  { frequency }: MailSettings,
  { urgent, dueAt = Infinity }: Pick<Notice, 'urgent' | 'dueAt'>,
  now: number,
  working: WorkingIntervals,
): number | null {
  if (frequency === 'atOnce' || urgent) return null
  const at = frequency === 'hourly' ? nextHour(now) : nextMorning(now, working)
  return dueAt - at < LEAST_NOTICE_MS ? null : at
}

function nextHour(now: number): number {
  return Math.ceil((now + MINUTE_MS) / HOUR_MS) * HOUR_MS
}

/** Eight in the morning of a working day, or when a shorter one begins, whichever comes next. */
function nextMorning(now: number, working: WorkingIntervals): number {
  for (const [from, to] of intervalsFrom(working, now)) {
    const at = from + DAY_BEGINS_MS < to ? from + DAY_BEGINS_MS : from
    if (at > now) return at
  }
  throw new Error('working time never ends')
}
