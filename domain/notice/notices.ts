import type { CaseEvent } from '../case/events.js'
import { isOnScreen, UNDO_MS } from '../case/cooling-off.js'
import type { CaseState } from '../case/state.js'
import { retriedReason } from '../case/restoring.js'
import { isStaffOf } from './unreachable.js'
import { isBrandRole, isWaitingPhase, type NoticeKind, type StaffRole } from '../vocabulary.js'
import { rulesVersionOf } from '../case/case-policy.js'

/** Who a notice is for; the activity resolves it to contacts when it is sent. */
export type Audience = 'brand' | StaffRole

/** One thing one audience should hear about one case. Notices are grouped into mails per contact. */
export interface Notice {
  /** `<caseId>:<seq>:<audience>`: the same on every retry. */
  noticeId: string
  caseId: string
  /** The case's revision this notice is about; the mail is written from the record at least as new. */
  rev: number
  brandId: string
  kind: NoticeKind
  audience: Audience
  /** The account manager or lead at the time; `null` for the brand's contacts. */
  contactId: string | null
  /** Sent at once instead of waiting for more to group with (S1). */
  urgent: boolean
  /** When the answer that it asks for is due, epoch ms; for how long it may wait. */
  dueAt?: number
  /** Instant (epoch ms) before which its recipient wants no mail. */
  notBefore?: number
}

/**
 * The notices that follow from one event, given the state after it. On the way from a brand's own
 * confirmation to a takedown that is one when asked and one when taken down.
 */
export function noticesFor(after: CaseState, event: CaseEvent): Notice[] {
  return audiencesOf(after, event).map(([kind, audience]) => ({
    noticeId: `${after.caseId}:${event.seq}:${audience}`,
    caseId: after.caseId,
    rev: event.seq,
    brandId: after.brandId,
    kind,
    audience,
    contactId: contactOf(after, audience),
    urgent: after.severity === 'S1',
    ...(after.wait ? { dueAt: after.wait.dueAt } : {}),
  }))
}

/** Is what a notice of that kind says still so? Outcomes always are; a question may have been answered. */
export function stillConcerns(state: CaseState, kind: NoticeKind): boolean {
  switch (kind) {
    case 'asked':
      return state.phase === 'awaitingBrand'
    case 'reminder':
    case 'escalated':
      return isWaitingPhase(state.phase)
    case 'needsAttention':
      return state.phase === 'needsAttention' || retriedReason(state) !== null
    case 'decided':
    case 'takenDown':
    case 'withdrawn':
    case 'lateAnswer':
      return true
  }
}

function contactOf(state: CaseState, audience: Audience): string | null {
  if (audience === 'accountManager') return state.parties.accountManagerId
  return audience === 'lead' ? state.parties.leadId : null
}

function audiencesOf(after: CaseState, event: CaseEvent): [NoticeKind, Audience][] {
  switch (event.type) {
    case 'asked':
      return [['asked', 'brand']]
    case 'reminderSent':
      return after.phase === 'needsAttention'
        ? [['needsAttention', event.data.owner === 'lead' ? 'lead' : 'accountManager']]
        : [['reminder', audienceOfOwner(event.data.owner)]]
    case 'escalated':
      return [['escalated', event.data.to]]
    // A brand hears of its own decision only where it can still be undone.
    case 'decided':
      return isBrandRole(event.by.role) ? [] : [['decided', 'brand']]
    case 'handedOver':
      return askedBackAudience(after, event)
    case 'coolingOffStarted':
      return isBrandRole(after.decision?.by.role) && !isUndoneOnScreen(after, event)
        ? [['decided', 'brand']]
        : []
    case 'attentionNeeded': {
      const { attention, failing } = event.data
      return failing && failing.toldAt !== event.at ? [] : attentionAudiences(attention.reason)
    }
    case 'reassigned':
      return reassignedAudience(after, event.data.role)
    case 'noticeFailed':
      return insteadOf(after, event)
    case 'closed':
      return closedAudiences(event.data.ending.outcome)
    default:
      return []
  }
}

/** A moment in which whoever decided has the button before them is over before a mail is read. */
function isUndoneOnScreen(after: CaseState, { at, data }: CaseEvent<'coolingOffStarted'>) {
  const { decision } = after
  const isScreen = decision !== null && isOnScreen(after, decision.by)
  return isScreen && data.wait.dueAt - at <= UNDO_MS
}

/** A question that comes while account manager or lead has the case already; else they are told with it. */
function askedBackAudience(
  after: CaseState,
  { at, data }: CaseEvent<'handedOver'>,
): [NoticeKind, Audience][] {
  const { phase, wait } = after
  if (!data.decision.question || !wait || wait.startedAt >= at) return []
  const audience = audienceOfOwner(wait.owner)
  if (rulesVersionOf(after) < 2 || audience === 'brand') return []
  return [[phase === 'needsAttention' ? 'needsAttention' : 'escalated', audience]]
}

/** Who hears it instead of somebody who could not be told, where the case does not move on by itself. */
function insteadOf(
  after: CaseState,
  { data }: CaseEvent<'noticeFailed'>,
): [NoticeKind, Audience][] {
  if (rulesVersionOf(after) < 3) return []
  if (data.contactIds) return [['asked', 'brand']]
  const isManagers =
    data.kind === 'needsAttention' && isStaffOf(after, 'accountManager', data.contactId)
  return isManagers && after.phase === 'needsAttention' ? [['needsAttention', 'lead']] : []
}

function audienceOfOwner(owner: string): Audience {
  return owner === 'accountManager' || owner === 'lead' ? owner : 'brand'
}

function attentionAudiences(reason: string): [NoticeKind, Audience][] {
  if (reason === 'silence') return [['needsAttention', 'lead']]
  if (reason === 'takedownExhausted' || reason === 'restorationFailed') {
    return [['needsAttention', 'accountManager']]
  }
  return [
    ['needsAttention', 'accountManager'],
    ['needsAttention', 'lead'],
  ]
}

function reassignedAudience(after: CaseState, role: StaffRole): [NoticeKind, Audience][] {
  return after.wait?.owner === role ? [['escalated', role]] : []
}

function closedAudiences(outcome: string): [NoticeKind, Audience][] {
  switch (outcome) {
    case 'takenDown':
    case 'alreadyGone':
      return [['takenDown', 'brand']]
    case 'withdrawn':
      return [['withdrawn', 'brand']]
    case 'expired':
    case 'refusedByMarketplace':
    case 'closedManually':
      return [['decided', 'brand']]
    default:
      return []
  }
}
