import {
  ActivityCancellationType,
  ActivityFailure,
  CancellationScope,
  getExternalWorkflowHandle,
  isCancellation,
  log,
  proxyActivities,
} from '@temporalio/workflow'
import type { Activities } from '../../activities/index.js'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { parseCaseId } from '../../domain/case/identity.js'
import type { QueuedNotice } from '../../domain/notice/mail-grouping.js'
import type { NoticeKind } from '../../domain/vocabulary.js'
import { causeOf } from '../activity-failures.js'
import { CASE_SIGNALS } from '../messages.js'

// Longer than an outage of the mail server: whoever cannot be told for so long counts as unreachable.
const TRIED_FOR_MS = DAY_MS

/** A mail that is on its way. */
export interface OutgoingMail {
  kind: NoticeKind
  /** Instant (epoch ms) of the first attempt, which names the mail. */
  window: number
  notices: readonly QueuedNotice[]
  /** Notices that it counts and does not list. */
  unlisted: number
}

/** The mails of a digest that are on their way, at most one of each kind. */
export class DigestMails {
  private readonly underWay = new Map<
    NoticeKind,
    { mail: OutgoingMail; scope: CancellationScope }
  >()
  /** Mails whose sending was interrupted by `interrupt`. */
  private readonly interrupted: OutgoingMail[] = []
  private isInterrupting = false
  private readonly contactId: string
  private readonly whenSettled: () => void

  /** `whenSettled` is called whenever a mail is no longer on its way. */
  constructor(contactId: string, whenSettled: () => void) {
    this.contactId = contactId
    this.whenSettled = whenSettled
  }

  get isIdle(): boolean {
    return this.underWay.size === 0
  }

  isSending(kind: NoticeKind): boolean {
    return this.underWay.has(kind)
  }

  /** Sends a mail, for a day. The cases of one that could not be delivered are told so. */
  async send(mail: OutgoingMail): Promise<void> {
    const scope = new CancellationScope()
    this.underWay.set(mail.kind, { mail, scope })
    try {
      await scope.run(() => this.deliver(mail))
    } finally {
      this.underWay.delete(mail.kind)
      this.whenSettled()
    }
  }

  /** Stops sending; `takeInterrupted` gives what was not sent once `isIdle`. */
  interrupt(): void {
    this.isInterrupting = true
    for (const { scope } of this.underWay.values()) scope.cancel()
  }

  /** The mails to be sent by the next run, under the same name. */
  takeInterrupted(): OutgoingMail[] {
    return this.interrupted.splice(0)
  }

  private async deliver(mail: OutgoingMail): Promise<void> {
    let failure: { refused: string | null; contactIds?: string[] }
    try {
      failure = await sendMail(this.contactId, mail)
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error
      if (this.isInterrupting || isCancellation(error)) {
        this.interrupted.push(mail)
        return
      }
      const { message, fault } = causeOf(error)
      failure = { refused: fault ? message : `not delivered within a day: ${message}` }
    }
    const { refused: detail, contactIds } = failure
    if (detail !== null)
      await this.tellCases(mail, { detail, ...(contactIds ? { contactIds } : {}) })
  }

  private async tellCases(
    { kind, notices }: OutgoingMail,
    failure: { detail: string; contactIds?: string[] },
  ): Promise<void> {
    const { contactId } = this
    const caseIds = [...new Set(notices.map((notice) => notice.caseId))]
    await Promise.all(
      caseIds.map(async (caseId) => {
        const parsed = parseCaseId(caseId)
        if (!parsed) return
        try {
          const message = { caseId, contactId, kind, ...failure }
          await getExternalWorkflowHandle(parsed.workflowId).signal(
            CASE_SIGNALS.noticeFailed,
            message,
          )
        } catch (error) {
          log.info('the case of a failed notice has closed', { caseId, error })
        }
      }),
    )
  }
}

function sendMail(contactId: string, { kind, window, notices, unlisted }: OutgoingMail) {
  const { sendMail } = proxyActivities<Activities>({
    startToCloseTimeout: '1m',
    scheduleToCloseTimeout: Math.max(1, window + TRIED_FOR_MS - Date.now()),
    heartbeatTimeout: '10s',
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '5m' },
    summary: `mail to ${contactId}: ${kind}, notices: ${notices.length + unlisted}`,
  })
  return sendMail({
    contactId,
    kind,
    window,
    notices: notices.map(({ noticeId, caseId, rev, audience }) => ({
      ...{ noticeId, caseId, rev, audience },
    })),
    ...(unlisted > 0 ? { unlisted } : {}),
  })
}
