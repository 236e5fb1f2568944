import { DAY_MS, MINUTE_MS } from '../brand/calendar.js'
import type { Audience, Notice } from './notices.js'
import type { NoticeKind } from '../vocabulary.js'

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
  'noticeId' | 'caseId' | 'rev' | 'kind' | 'audience' | 'urgent' | 'notBefore'
> {
  queuedAt: number
}

/** Waiting notices by kind, in the order of their arrival. */
export type WaitingNotices = ReadonlyMap<NoticeKind, readonly QueuedNotice[]>

/** The mails of one kind that a contact has had. Instants are epoch ms. */
export interface SentMails {
  lastAt: number
  /** When the first mail of the current 24 hours was sent, and how many notices were in all of them. */
  dayStartedAt: number
  noticesInDay: number
}
export type SentByKind = Readonly<Partial<Record<NoticeKind, SentMails>>>

export interface NextMail {
  kind: NoticeKind
  at: number
  notices: readonly QueuedNotice[]
  /** It is the summary of a flood: what else waits is counted in it and not listed in another. */
  isSummary: boolean
}

/** What fits into one mail. A full mail is not kept waiting: nothing more could share it. */
export const MAX_NOTICES_PER_MAIL = 250

/**
 * How many notices of one kind are kept until their mail is sent; the others are counted. With all
 * kinds full, and a full mail of each on its way, a digest stays below what Temporal takes (2 MB).
 */
export const MAX_NOTICES_WAITING = 350

/** More notices of one kind in 24 hours are a flood: nobody reads so many mails. */
export const MAX_NOTICES_PER_DAY = 1_000

/** The least time between two mails of one kind with something urgent. */
const URGENT_INTERVAL_MS = MINUTE_MS

/**
 * The mail to send next: the waiting notices of one kind together, as soon as the first has waited
 * `gatherMs` and the last mail of that kind is `intervalMs` old. A full mail goes at once. An urgent
 * notice (S1) goes at once or a minute after the last mail, and takes the others of its kind with it.
 * What its recipient wants later waits until then, unless others of its kind go sooner.
 * After `MAX_NOTICES_PER_DAY` the rest of the 24 hours is one mail, urgent ones every `intervalMs`.
 */
export function nextMail(
  waiting: WaitingNotices,
  sent: SentByKind,
  timing: MailTiming,
): NextMail | null {
  return earliest(waiting, (kind, notices) => {
    const { lastAt = -Infinity, dayStartedAt = 0 } = sent[kind] ?? {}
    const isSummary = isFlood(sent[kind])
    const gathered = gatheredAt(notices, lastAt, timing)
    const isFull = notices.length >= MAX_NOTICES_PER_MAIL
    const inTurn = isFull ? firstAt(notices) : gathered
    const urgentMs = isSummary ? timing.intervalMs : Math.min(timing.intervalMs, URGENT_INTERVAL_MS)
    const urgent = urgentSince(notices)
    const urgentAt = Math.max(urgent ?? Infinity, lastAt + urgentMs)
    const usual = isSummary ? Math.max(gathered, dayStartedAt + DAY_MS) : inTurn
    const at = Math.min(isFull ? usual : Math.max(usual, heldUntil(notices)), urgentAt)
    const listed = urgent === undefined ? notices : urgentFirst(notices)
    return { kind, at, notices: listed.slice(0, MAX_NOTICES_PER_MAIL), isSummary }
  })
}

/** The same by the rules of versions below 3, which runs that began under them go on with. */
export function nextMailUnlimited(
  waiting: WaitingNotices,
  sent: SentByKind,
  timing: MailTiming,
): NextMail | null {
  return earliest(waiting, (kind, notices) => {
    const isFull = notices.length >= MAX_NOTICES_PER_MAIL
    const gathered = gatheredAt(notices, sent[kind]?.lastAt ?? -Infinity, timing)
    const at = urgentSince(notices) ?? (isFull ? firstAt(notices) : gathered)
    return { kind, at, notices: notices.slice(0, MAX_NOTICES_PER_MAIL), isSummary: false }
  })
}

/** What a contact has had after one more mail of a kind, with so many notices. */
export function withMail(sent: SentMails | undefined, at: number, notices: number): SentMails {
  return sent && at < sent.dayStartedAt + DAY_MS
    ? { ...sent, lastAt: at, noticesInDay: sent.noticesInDay + notices }
    : { lastAt: at, dayStartedAt: at, noticesInDay: notices }
}

/** A waiting notice as a digest hands it to its next run: the rest follows from its id. */
export type CarriedNotice = Pick<
  QueuedNotice,
  'noticeId' | 'kind' | 'urgent' | 'queuedAt' | 'notBefore'
>

/** Without what its id says. */
export function carried(notice: QueuedNotice): CarriedNotice {
  const { noticeId, kind, urgent, queuedAt, notBefore } = notice
  return { noticeId, kind, urgent, queuedAt, ...(notBefore === undefined ? {} : { notBefore }) }
}

/** With what its id, `<caseId>:<seq>:<audience>`, says. */
export function uncarried(known: CarriedNotice): QueuedNotice {
  const [caseId = '', seq, audience] = known.noticeId.split(':')
  return { ...known, caseId, rev: Number(seq), audience: audience as Audience }
}

/** When the first of them may go that is wanted at all. */
function heldUntil(notices: readonly QueuedNotice[]): number {
  return Math.min(...notices.map(({ notBefore = 0 }) => notBefore))
}

function isFlood(sent: SentMails | undefined): boolean {
  return sent !== undefined && sent.noticesInDay >= MAX_NOTICES_PER_DAY
}

function urgentFirst(notices: readonly QueuedNotice[]): QueuedNotice[] {
  return [...notices].sort((a, b) => Number(b.urgent) - Number(a.urgent))
}

function firstAt(notices: readonly QueuedNotice[]): number {
  return notices[0]?.queuedAt ?? Infinity
}

function gatheredAt(notices: readonly QueuedNotice[], lastAt: number, timing: MailTiming): number {
  return Math.max(firstAt(notices) + timing.gatherMs, lastAt + timing.intervalMs)
}

function urgentSince(notices: readonly QueuedNotice[]): number | undefined {
  return notices.find((notice) => notice.urgent)?.queuedAt
}

function earliest(
  waiting: WaitingNotices,
  mailOf: (kind: NoticeKind, notices: readonly QueuedNotice[]) => NextMail,
): NextMail | null {
  let next: NextMail | null = null
  for (const [kind, notices] of waiting) {
    if (notices.length === 0) continue
    const mail = mailOf(kind, notices)
    if (next === null || mail.at < next.at) next = mail
  }
  return next
}
