import {
  ActivityFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  log,
  patched,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'
import type { Activities } from '../activities/index.js'
import { parseCaseId } from '../domain/identity.js'
import {
  MAX_NOTICES_PER_MAIL,
  MAX_NOTICES_WAITING,
  nextMail,
  type NextMail,
  type QueuedNotice,
} from '../domain/mail-grouping.js'
import type { Notice } from '../domain/notices.js'
import type { NoticeKind } from '../domain/vocabulary.js'
import { type ContactDigestInput, enqueueNotices, noticeFailed } from './messages.js'

// Longer than an outage of the mail server: whoever cannot be told for so long counts as unreachable.
const { sendMail } = proxyActivities<Activities>({
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: '1 day',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '5m' },
})

const DEFAULT_MAX_RECEIVED = 1_000
/** Enough to recognise what is handed over again after a worker was killed in between. */
const MAX_TOLD = 500

/**
 * Groups the notices of one contact into mails (domain/mail-grouping.ts). It starts with the first
 * notice, ends when nothing came for a while, and starts again with the next. A mail that cannot be
 * delivered yet holds up those of its own kind only.
 */
export async function contactDigest(input: ContactDigestInput): Promise<void> {
  const { contactId, timing, maxReceived = DEFAULT_MAX_RECEIVED } = input
  const lastSentAt = { ...input.lastSentAt }
  const waiting = new Map<NoticeKind, QueuedNotice[]>()
  const sending = new Set<NoticeKind>()
  const known = new Set(input.told)
  let received = 0
  let isSooner = false

  const enqueue = (notice: QueuedNotice) => {
    if (known.has(notice.noticeId)) return
    known.add(notice.noticeId)
    const sharing = waiting.get(notice.kind) ?? []
    waiting.set(notice.kind, sharing)
    sharing.push(notice)
    // Others share a mail that has its timer already: a new timer for each would cost an action.
    const isFirst = sharing.length === 1
    isSooner ||= notice.urgent || isFirst || sharing.length === MAX_NOTICES_PER_MAIL
  }
  input.pending?.forEach(enqueue)
  setHandler(enqueueNotices, (notices) => {
    received += notices.length
    for (const notice of notices) enqueue(queued(notice))
  })

  const isLong = () =>
    sending.size === 0 && (received >= maxReceived || workflowInfo().continueAsNewSuggested)
  const quietMs = Math.max(timing.intervalMs, 1_000)
  for (;;) {
    if (isLong()) {
      // Everything that has arrived is in `waiting` only once this has been awaited.
      await condition(allHandlersFinished)
      const pending = [...waiting.values()].flat()
      const told = toldOf(known, pending)
      if (pending.length <= MAX_NOTICES_WAITING) {
        await continueAsNew<typeof contactDigest>({ ...input, lastSentAt, pending, told })
      }
    }
    isSooner = false
    const free = new Map([...waiting].filter(([kind]) => !sending.has(kind)))
    const mail = nextMail(free, lastSentAt, timing)
    if (!mail && sending.size > 0) {
      await condition(() => isSooner)
      continue
    }
    const waitMs = mail ? mail.at - Date.now() : quietMs
    if (!mail || waitMs > 0) {
      const summary = mail ? `gather for the mail: ${mail.kind}` : 'wait for news, then end'
      const hasNews = await condition(() => isSooner || isLong(), waitMs, { summary })
      if (!mail && !hasNews && !isSooner && allHandlersFinished()) return
      continue
    }
    const { kind, notices } = mail
    // It names the mail, so that no two may have the same.
    const window = Math.max(Date.now(), (lastSentAt[kind] ?? 0) + 1)
    lastSentAt[kind] = window
    waiting.get(kind)?.splice(0, notices.length)
    const isApart = patched('kindsApart')
    sending.add(kind)
    const delivered = deliver(contactId, mail, window).finally(() => {
      sending.delete(kind)
      isSooner = true
    })
    if (!isApart) await delivered
  }
}

function queued({ noticeId, caseId, rev, kind, audience, urgent }: Notice): QueuedNotice {
  return { noticeId, caseId, rev, kind, audience, urgent, queuedAt: Date.now() }
}

function toldOf(known: ReadonlySet<string>, pending: readonly QueuedNotice[]): string[] {
  const untold = new Set(pending.map(({ noticeId }) => noticeId))
  return [...known].filter((noticeId) => !untold.has(noticeId)).slice(-MAX_TOLD)
}

async function deliver(contactId: string, mail: NextMail, window: number): Promise<void> {
  const failure = await trySending(contactId, mail, window)
  if (failure.refused === null) return
  const { refused: detail, contactIds } = failure
  const caseIds = [...new Set(mail.notices.map((notice) => notice.caseId))]
  await Promise.all(
    caseIds.map(async (caseId) => {
      const parsed = parseCaseId(caseId)
      if (!parsed) return
      try {
        await getExternalWorkflowHandle(parsed.workflowId).signal(noticeFailed, {
          caseId,
          contactId,
          kind: mail.kind,
          detail,
          ...(contactIds ? { contactIds } : {}),
        })
      } catch (error) {
        log.info('the case of a failed notice has closed', { caseId, error })
      }
    }),
  )
}

async function trySending(
  contactId: string,
  mail: NextMail,
  window: number,
): Promise<{ refused: string | null; contactIds?: string[] }> {
  try {
    const summary = `mail to ${contactId}: ${mail.kind}, notices: ${mail.notices.length}`
    const input = {
      contactId,
      kind: mail.kind,
      window,
      notices: mail.notices.map(({ noticeId, caseId, rev, audience }) => ({
        noticeId,
        caseId,
        rev,
        audience,
      })),
    }
    return await sendMail.executeWithOptions({ summary }, [input])
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error
    return { refused: `not delivered within a day: ${error.cause?.message ?? error.message}` }
  }
}
