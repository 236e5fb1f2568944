import type { Notice } from './notices.js'
import { NOTICE_KINDS, type NoticeKind } from './vocabulary.js'

/** When mails of one kind go to one contact. */
export interface MailTiming {
  /** How long the first notice waits for others to share its mail. */
  gatherMs: number
  /** The least time between two mails of one kind, unless so many notices wait that one is full. */
  intervalMs: number
}

/** What is kept of a notice until its mail is sent. `queuedAt`: instant (epoch ms) of its arrival. */
export interface QueuedNotice extends Pick<
  Notice,
  'noticeId' | 'caseId' | 'rev' | 'kind' | 'audience' | 'urgent'
> {
  queuedAt: number
}

/** Waiting notices by kind, in the order of their arrival. */
export type WaitingNotices = ReadonlyMap<NoticeKind, readonly QueuedNotice[]>

export interface NextMail {
  kind: NoticeKind
  at: number
  notices: readonly QueuedNotice[]
}

/** What fits into one mail. A full mail is not kept waiting: nothing more could share it. */
export const MAX_NOTICES_PER_MAIL = 250

/** While more than this wait, one kind at least fills a mail, which is due at once. */
export const MAX_NOTICES_WAITING = MAX_NOTICES_PER_MAIL * NOTICE_KINDS.length

/**
 * The mail to send next: the waiting notices of one kind together, as soon as the first has waited
 * `gatherMs` and the last mail of that kind is `intervalMs` old. An urgent notice (S1) goes at once
 * and takes the others of its kind with it; a full mail goes at once, too.
 */
export function nextMail(
  waiting: WaitingNotices,
  lastSentAt: Readonly<Record<string, number>>,
  timing: MailTiming,
): NextMail | null {
  let next: NextMail | null = null
  for (const [kind, notices] of waiting) {
    const at = dueAt(notices, lastSentAt[kind], timing)
    if (at !== null && (next === null || at < next.at)) next = { kind, at, notices }
  }
  return next && { ...next, notices: next.notices.slice(0, MAX_NOTICES_PER_MAIL) }
}

function dueAt(
  notices: readonly QueuedNotice[],
  lastAt: number | undefined,
  timing: MailTiming,
): number | null {
  const [first] = notices
  if (!first) return null
  const urgent = notices.find((notice) => notice.urgent)
  if (urgent) return urgent.queuedAt
  if (notices.length >= MAX_NOTICES_PER_MAIL) return first.queuedAt
  return Math.max(first.queuedAt + timing.gatherMs, (lastAt ?? -Infinity) + timing.intervalMs)
}
