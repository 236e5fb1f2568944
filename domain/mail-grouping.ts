import type { Notice } from './notices.js'
import type { NoticeKind } from './vocabulary.js'

/** When mails of one kind go to one contact. */
export interface MailTiming {
  /** How long the first notice waits for others to share its mail. */
  gatherMs: number
  /** The least time between two mails of one kind. */
  intervalMs: number
}

export interface QueuedNotice extends Notice {
  queuedAt: number
}

export interface NextMail {
  kind: NoticeKind
  at: number
  notices: QueuedNotice[]
}

/**
 * The mail to send next: all waiting notices of one kind together, as soon as the first has waited
 * `gatherMs` and the last mail of that kind is `intervalMs` old. An urgent notice (S1) goes at once
 * and takes the others of its kind with it.
 */
export function nextMail(
  pending: readonly QueuedNotice[],
  lastSentAt: Readonly<Record<string, number>>,
  timing: MailTiming,
): NextMail | null {
  const kinds = [...new Set(pending.map((notice) => notice.kind))]
  const mails = kinds.map((kind) => {
    const notices = pending.filter((notice) => notice.kind === kind)
    return { kind, notices, at: dueAt(notices, lastSentAt[kind], timing) }
  })
  return mails.reduce<NextMail | null>(
    (first, mail) => (first === null || mail.at < first.at ? mail : first),
    null,
  )
}

function dueAt(notices: QueuedNotice[], lastAt: number | undefined, timing: MailTiming): number {
  const urgent = notices.filter((notice) => notice.urgent)
  const first = Math.min(...(urgent.length > 0 ? urgent : notices).map((n) => n.queuedAt))
  if (urgent.length > 0) return first
  return Math.max(first + timing.gatherMs, (lastAt ?? -Infinity) + timing.intervalMs)
}
