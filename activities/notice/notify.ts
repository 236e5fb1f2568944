import type { NoticeFailedMessage } from '../../domain/notice/unreachable.js'
import type { Notice } from '../../domain/notice/notices.js'
import { heldUntil, type MailSettings } from '../../domain/notice/mail-settings.js'
import type { Calendar } from '../../domain/brand/calendar.js'
import { addressDigest } from '../../platform/answer-token.js'
import { workingTimeFrom } from '../case/working-time.js'
import { mailPriority } from '../../domain/case/priority.js'
import {
  brandRecipient,
  ON_CALL,
  parseRecipient,
  staffRecipient,
} from '../../domain/notice/recipients.js'
import { EVERYTHING } from '../../store/store.js'
import {
  CASES_QUEUE,
  CONTACT_DIGEST,
  type ContactDigestInput,
  contactDigestId,
  enqueueNotices,
} from '../../workflows/messages.js'
import type { ActivityDependencies } from '../dependencies.js'
import { inGroups } from './in-groups.js'

const MAX_NOTICES_PER_SIGNAL = 200
const SIGNAL_WITHIN_MS = 10_000

/** Who gets a notice, and what they have chosen about their mails, if anything. */
interface To {
  recipient: string
  settings?: MailSettings
  calendar?: Calendar
}

/**
 * Hands notices to the digest of everybody they are for. The digests drop what they have already,
 * so a retry adds nothing. Whoever is on call stands in for a lead who is not there. Returns the
 * notices nobody can get.
 */
export function createNotify({
  store,
  temporal,
  mailTiming,
  onCall,
  newCaseRules,
}: Pick<ActivityDependencies, 'store' | 'temporal' | 'mailTiming' | 'onCall' | 'newCaseRules'>) {
  // Thousands of signals in one workflow task would take longer than a worker allows it.
  const enqueue = inGroups(signalDigest, MAX_NOTICES_PER_SIGNAL)

  return async function notify(notices: Notice[]): Promise<NoticeFailedMessage[]> {
    const failures: NoticeFailedMessage[] = []
    for (const notice of notices) {
      const recipients = await recipientsOf(notice)
      await Promise.all(recipients.map((to) => enqueue(to.recipient, forRecipient(notice, to))))
      if (recipients.length === 0) failures.push(undeliverable(notice))
    }
    return failures
  }

  async function recipientsOf({ audience, brandId, contactId }: Notice): Promise<To[]> {
    if (audience !== 'brand') {
      const person = contactId ? await store.accountManagers.find(contactId) : null
      if (person?.active) {
        const { accountManagerId, email, calendar } = person
        return [await withSettings(staffRecipient(accountManagerId), email, calendar)]
      }
      return audience === 'lead' && onCall ? [{ recipient: ON_CALL }] : []
    }
    const brand = await store.brands.find(EVERYTHING, brandId)
    return Promise.all(
      (brand?.contacts ?? []).map(({ contactId: id, email }) =>
        withSettings(brandRecipient(brandId, id), email, brand?.calendar),
      ),
    )
  }

  async function withSettings(recipient: string, email: string, calendar?: Calendar): Promise<To> {
    const settings = await store.mailSettings.find(recipient, addressDigest(email))
    return { recipient, ...(settings && calendar ? { settings, calendar } : {}) }
  }

  async function signalDigest(recipient: string, notices: readonly Notice[]): Promise<void> {
    const input: ContactDigestInput = {
      ...{ contactId: recipient, timing: mailTiming, rulesVersion: newCaseRules() },
    }
    await temporal.withDeadline(Date.now() + SIGNAL_WITHIN_MS, () =>
      temporal.workflow.signalWithStart(CONTACT_DIGEST, {
        workflowId: contactDigestId(recipient),
        taskQueue: CASES_QUEUE,
        args: [input],
        signal: enqueueNotices,
        signalArgs: [[...notices]],
        staticSummary: `mail to ${recipient}`,
        priority: mailPriority(ownerOf(recipient)),
      }),
    )
  }
}

/** The notice as that recipient gets it: not before they want it. */
function forRecipient({ dueAt, ...notice }: Notice, { settings, calendar }: To): Notice {
  if (!settings || !calendar) return notice
  const now = Date.now()
  const due = { urgent: notice.urgent, ...(dueAt === undefined ? {} : { dueAt }) }
  const notBefore = heldUntil(settings, due, now, workingTimeFrom(calendar, now))
  return notBefore === null ? notice : { ...notice, notBefore }
}

function ownerOf(recipient: string): string {
  const parsed = parseRecipient(recipient)
  if (parsed?.kind === 'brand') return parsed.brandId
  return parsed?.kind === 'staff' ? parsed.accountManagerId : recipient
}

function undeliverable({ caseId, kind, audience, contactId }: Notice): NoticeFailedMessage {
  const nobody = `the case has no ${audience} to tell`
  const gone = contactId ? `${contactId} no longer works here` : nobody
  const detail = audience === 'brand' ? 'the brand has no contacts' : gone
  return { caseId, kind, contactId: contactId ?? audience, detail }
}
