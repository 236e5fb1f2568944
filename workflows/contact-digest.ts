import {
  ActivityFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  log,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'
import type { Activities } from '../activities/index.js'
import { parseCaseId } from '../domain/identity.js'
import { nextMail, type NextMail, type QueuedNotice } from '../domain/mail-grouping.js'
import { type ContactDigestInput, enqueueNotices, noticeFailed } from './messages.js'

const { sendMail } = proxyActivities<Activities>({
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: '1h',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '5m' },
})

/**
 * Groups the notices of one contact into mails (domain/mail-grouping.ts). It starts with the first
 * notice, ends when nothing came for a while, and starts again with the next.
 */
export async function contactDigest(input: ContactDigestInput): Promise<void> {
  const lastSentAt = { ...input.lastSentAt }
  let pending: QueuedNotice[] = [...(input.pending ?? [])]
  const known = new Set(pending.map((notice) => notice.noticeId))

  let isSooner = false
  setHandler(enqueueNotices, (notices) => {
    for (const notice of notices) {
      if (known.has(notice.noticeId)) continue
      known.add(notice.noticeId)
      // One of a kind that waits already shares its mail: a new timer for each would cost an action.
      isSooner ||= notice.urgent || pending.every(({ kind }) => kind !== notice.kind)
      pending.push({ ...notice, queuedAt: Date.now() })
    }
  })

  const quietMs = Math.max(input.timing.intervalMs, 1_000)
  for (;;) {
    isSooner = false
    const mail = nextMail(pending, lastSentAt, input.timing)
    const waitMs = mail ? mail.at - Date.now() : quietMs
    if (!mail || waitMs > 0) {
      await condition(() => isSooner, waitMs)
      if (pending.length === 0 && allHandlersFinished()) return
      continue
    }
    const window = Date.now()
    pending = pending.filter(({ kind }) => kind !== mail.kind)
    await deliver(input.contactId, mail, window)
    lastSentAt[mail.kind] = window
    if (workflowInfo().continueAsNewSuggested && allHandlersFinished()) {
      await continueAsNew<typeof contactDigest>({ ...input, lastSentAt, pending })
    }
  }
}

async function deliver(contactId: string, mail: NextMail, window: number): Promise<void> {
  const failure = await trySending(contactId, mail, window)
  if (failure === null) return
  for (const caseId of new Set(mail.notices.map((notice) => notice.caseId))) {
    const parsed = parseCaseId(caseId)
    if (!parsed) continue
    try {
      await getExternalWorkflowHandle(parsed.workflowId).signal(noticeFailed, {
        caseId,
        contactId,
        kind: mail.kind,
        detail: failure,
      })
    } catch (error) {
      log.info('the case of a failed notice has closed', { caseId, error })
    }
  }
}

async function trySending(
  contactId: string,
  mail: NextMail,
  window: number,
): Promise<string | null> {
  try {
    const { refused } = await sendMail({
      contactId,
      kind: mail.kind,
      window,
      notices: mail.notices.map(({ noticeId, caseId, rev, audience }) => ({
        noticeId,
        caseId,
        rev,
        audience,
      })),
    })
    return refused
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error
    return `not delivered within an hour: ${error.cause?.message ?? error.message}`
  }
}
