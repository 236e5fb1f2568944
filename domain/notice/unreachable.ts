import { type Happening, happening, SYSTEM } from '../case/events.js'
import type { CaseState } from '../case/state.js'
import { failedDetail } from './failed-notices.js'
import { staffRecipient } from './recipients.js'
import { isWaitingPhase, type NoticeKind, type StaffRole } from '../vocabulary.js'
import { escalation } from '../case/waiting/due.js'
import { attentionWait } from '../case/waiting/window.js'
import { rulesVersionOf } from '../case/case-policy.js'

/** A mail about the case was refused for good; `detail` in the mail server's words. */
export interface NoticeFailedMessage {
  caseId: string
  /** The recipient, or the audience (`brand`, `accountManager`, `lead`) when it could not be told at all. */
  contactId: string
  kind: NoticeKind
  detail: string
  /** The recipients the brand has now, where it is one of them that could not be told. */
  contactIds?: string[]
}

/**
 * A notice that did not arrive, counted once in a wait. Waiting for somebody who cannot be told is
 * moot: without a contact of the brand the account manager has the case, without them the lead, and
 * without the lead it needs attention, whatever its silence policy: nobody kept silent. Rules before
 * version 3 go on from the brand only. What failed before a wait began says nothing about it.
 */
export function noticeFailedHappenings(
  state: CaseState,
  message: NoticeFailedMessage,
  now: number,
): Happening[] {
  const { contactId, kind, detail } = message
  const earlier = state.failedNotices.filter((failed) => failed.at >= countedSince(state))
  const known = earlier.some((failed) => failed.contactId === contactId && failed.kind === kind)
  if (message.caseId !== state.caseId || known) return []
  const unreachable = new Set([...earlier.map((failed) => failed.contactId), contactId])
  const contactIds = newContacts(state, message, unreachable)
  const failed = happening(
    'noticeFailed',
    { contactId, kind, detail: failedDetail(detail), ...(contactIds ? { contactIds } : {}) },
    SYSTEM,
  )
  return [failed, ...whoIsNext(state, message, unreachable, now)]
}

/** Is the contact of a notice that failed the case's present account manager or lead? */
export function isStaffOf(state: CaseState, role: StaffRole, contactId: string): boolean {
  const { accountManagerId, leadId } = state.parties
  const id = role === 'lead' ? leadId : accountManagerId
  return contactId === role || (id !== null && [id, staffRecipient(id)].includes(contactId))
}

function countedSince({ phase, wait, ...rest }: CaseState): number {
  const version = rulesVersionOf({ phase, wait, ...rest })
  const counts = version >= 3 ? isWaitingPhase(phase) : phase === 'awaitingBrand'
  return counts && version >= 2 ? (wait?.startedAt ?? 0) : 0
}

/** The brand's contacts as they are now, when some of them were never asked and can be. */
function newContacts(
  state: CaseState,
  { contactIds }: NoticeFailedMessage,
  unreachable: ReadonlySet<string>,
): string[] | null {
  if (!contactIds || state.phase !== 'awaitingBrand' || rulesVersionOf(state) < 3) return null
  const isNew = (id: string) => !state.parties.contactIds.includes(id) && !unreachable.has(id)
  return contactIds.some(isNew) ? contactIds : null
}

function whoIsNext(
  state: CaseState,
  { contactId, kind, contactIds }: NoticeFailedMessage,
  unreachable: ReadonlySet<string>,
  now: number,
): Happening[] {
  const version = rulesVersionOf(state)
  switch (state.phase) {
    case 'awaitingBrand': {
      const contacts = (version >= 3 && contactIds) || state.parties.contactIds
      const nobodyAsked = version >= 2 && kind === 'asked' && contactId === 'brand'
      const nobodyLeft = nobodyAsked || contacts.every((id) => unreachable.has(id))
      return nobodyLeft ? [escalation(state, 'accountManager', 'unreachable', now)] : []
    }
    case 'awaitingAccountManager':
      return version >= 3 && isStaffOf(state, 'accountManager', contactId)
        ? [escalation(state, 'lead', 'unreachable', now)]
        : []
    case 'awaitingLead':
      return version >= 3 && isStaffOf(state, 'lead', contactId) ? [nobodyToldOf(state, now)] : []
    default:
      return []
  }
}

function nobodyToldOf(state: CaseState, now: number): Happening {
  return happening('attentionNeeded', {
    attention: {
      reason: 'silence',
      detail: 'neither the account manager nor the lead could be told',
      unblock: ['reassign', 'decide', 'returnToBrand', 'closeManually'],
    },
    wait: attentionWait(state, 'lead', now),
  })
}
