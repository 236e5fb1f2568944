import {
  allHandlersFinished,
  condition,
  continueAsNew,
  log,
  patched,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'
import { readNotices } from '../../domain/form/input-forms.js'
import {
  carried,
  MAX_NOTICES_PER_MAIL,
  MAX_NOTICES_WAITING,
  nextMail,
  nextMailUnlimited,
  type QueuedNotice,
  type SentMails,
  uncarried,
  withMail,
} from '../../domain/notice/mail-grouping.js'
import type { Notice } from '../../domain/notice/notices.js'
import { NOTICE_KINDS, type NoticeKind } from '../../domain/vocabulary.js'
import { DigestMails } from './digest-mails.js'
import { checkInput } from '../input.js'
import { type ContactDigestInput, enqueueNotices } from '../messages.js'

const DEFAULT_MAX_RECEIVED = 1_000
/** Enough to recognise what is handed over again after a worker was killed in between. */
const MAX_TOLD = 500
/** What a run of older rules hands on at most; it goes on until no more waits. */
const MAX_PENDING_UNLIMITED = MAX_NOTICES_PER_MAIL * NOTICE_KINDS.length

/**
 * Groups the notices of one contact into mails (domain/notice/mail-grouping.ts). It starts with the first
 * notice, ends when nothing came for a while, and starts again with the next. A mail that cannot be
 * delivered yet holds up those of its own kind only, and nothing grows while it does: the digest
 * continues as new with that mail still to be sent.
 */
export async function contactDigest(input: ContactDigestInput): Promise<void> {
  checkInput('contactDigest', input)
  const { contactId, timing, maxReceived = DEFAULT_MAX_RECEIVED } = input
  const isLimited = (input.rulesVersion ?? 2) >= 3
  const sent = new Map<NoticeKind, SentMails>()
  const waiting = new Map<NoticeKind, QueuedNotice[]>()
  const unlisted = new Map<NoticeKind, number>()
  const known = new Set(input.told)
  let received = 0
  let isSooner = false
  const mails = new DigestMails(contactId, () => (isSooner = true))

  const enqueue = (notice: QueuedNotice) => {
    if (known.has(notice.noticeId)) return
    known.add(notice.noticeId)
    const sharing = waiting.get(notice.kind) ?? []
    waiting.set(notice.kind, sharing)
    if (isLimited && sharing.length >= MAX_NOTICES_WAITING) {
      unlisted.set(notice.kind, (unlisted.get(notice.kind) ?? 0) + 1)
      return
    }
    sharing.push(notice)
    // Others share a mail that has its timer already: a new timer for each would cost an action.
    const isFirst = sharing.length === 1
    const { notBefore = 0 } = notice
    const isEarlier = sharing.slice(0, -1).every((one) => (one.notBefore ?? 0) > notBefore)
    isSooner ||= notice.urgent || isFirst || isEarlier || sharing.length === MAX_NOTICES_PER_MAIL
  }
  for (const kind of NOTICE_KINDS) {
    const lastAt = input.lastSentAt?.[kind]
    if (lastAt !== undefined) sent.set(kind, { lastAt, dayStartedAt: lastAt, noticesInDay: 0 })
    const before = input.sent?.[kind]
    if (before) sent.set(kind, before)
    const counted = input.unlisted?.[kind]
    if (counted !== undefined) unlisted.set(kind, counted)
  }
  for (const notice of input.pending ?? []) enqueue(uncarried(notice))
  setHandler(enqueueNotices, (given) => {
    const { notices, problem } = readNotices(given)
    if (problem !== null) {
      log.warn('what does not fit was ignored', { contactId, problem })
      setCurrentDetails(`A signal with something else than notices was ignored: ${problem}`)
    }
    received += notices.length
    for (const notice of notices) enqueue(queued(notice))
  })
  for (const { notices, ...mail } of input.sending ?? []) {
    for (const { noticeId } of notices) known.add(noticeId)
    void mails.send({ ...mail, notices: notices.map(uncarried) })
  }

  const isLong = () =>
    (isLimited || mails.isIdle) &&
    (received >= maxReceived || workflowInfo().continueAsNewSuggested)
  const goOnAsNew = async () => {
    if (isLimited) mails.interrupt()
    // Everything that has arrived is in `waiting` only once this has been awaited.
    await condition(() => allHandlersFinished() && mails.isIdle)
    const pending = [...waiting.values()].flat()
    if (!isLimited && pending.length > MAX_PENDING_UNLIMITED) return
    const sending = mails.takeInterrupted()
    const untold = [...pending, ...sending.flatMap(({ notices }) => notices)]
    await continueAsNew<typeof contactDigest>({
      ...{ contactId, timing, rulesVersion: 3 },
      ...(input.maxReceived === undefined ? {} : { maxReceived }),
      sent: Object.fromEntries(sent),
      pending: pending.map(carried),
      unlisted: Object.fromEntries(unlisted),
      sending: sending.map(({ notices, ...mail }) => ({ ...mail, notices: notices.map(carried) })),
      told: toldOf(known, untold),
    })
  }
  const quietMs = Math.max(timing.intervalMs, 1_000)
  const chooseMail = isLimited ? nextMail : nextMailUnlimited
  for (;;) {
    if (isLong()) await goOnAsNew()
    isSooner = false
    const free = new Map([...waiting].filter(([kind]) => !mails.isSending(kind)))
    const mail = chooseMail(free, Object.fromEntries(sent), timing)
    if (!mail && !mails.isIdle) {
      await condition(() => isSooner || (isLimited && isLong()))
      continue
    }
    const waitMs = mail ? mail.at - Date.now() : quietMs
    if (!mail || waitMs > 0) {
      const summary = mail ? `gather for the mail: ${mail.kind}` : 'wait for news, then end'
      const hasNews = await condition(() => isSooner || isLong(), waitMs, { summary })
      if (!mail && !hasNews && !isSooner && allHandlersFinished()) return
      continue
    }
    const { kind, notices, isSummary } = mail
    const listed = new Set(notices)
    const rest = (waiting.get(kind) ?? []).filter((notice) => !listed.has(notice))
    const isLast = isSummary || rest.length === 0
    const counted = isLast ? (unlisted.get(kind) ?? 0) + rest.length : 0
    waiting.set(kind, isLast ? [] : rest)
    if (isLast) unlisted.delete(kind)
    // It names the mail, so that no two may have the same.
    const window = Math.max(Date.now(), (sent.get(kind)?.lastAt ?? 0) + 1)
    sent.set(kind, withMail(sent.get(kind), window, notices.length + counted))
    const isApart = isLimited || patched('kindsApart')
    const delivered = mails.send({ kind, window, notices, unlisted: counted })
    if (!isApart) await delivered
  }
}

function queued({
  dueAt: _,
  brandId: _brand,
  contactId: _contact,
  ...notice
}: Notice): QueuedNotice {
  return { ...notice, queuedAt: Date.now() }
}

function toldOf(known: ReadonlySet<string>, pending: readonly QueuedNotice[]): string[] {
  const untold = new Set(pending.map(({ noticeId }) => noticeId))
  return [...known].filter((noticeId) => !untold.has(noticeId)).slice(-MAX_TOLD)
}
