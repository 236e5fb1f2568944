import { type Happening, happening } from '../events.js'
import type { CaseState, Wait } from '../state.js'
import { carriedOut } from '../cooling-off.js'
import { NEVER_EXPIRING } from '../../brand/policy.js'
import { restorationRetry } from '../restoring.js'
import { takedownHappening } from '../taking-down.js'
import type { StaffRole } from '../../vocabulary.js'
import { attentionWait, startWait } from './window.js'
import { policyOf, rulesVersionOf } from '../case-policy.js'

/** The next instant at which something is due without anybody acting. */
export interface Deadline {
  at: number
  kind:
    | 'reminder'
    | 'windowEnd'
    | 'coolingOffEnd'
    | 'takedownRetry'
    | 'restorationRetry'
    | 'attentionReminder'
    | 'lookUp'
}

/** What a case waits for next, or `null` when only a message or an activity can move it. */
export function nextDeadline(state: CaseState): Deadline | null {
  const { wait } = state
  if (!wait) return null
  if (state.closing) {
    return rulesVersionOf(state) < 3 ? null : { at: wait.dueAt, kind: 'lookUp' }
  }
  switch (state.phase) {
    case 'awaitingBrand':
    case 'awaitingAccountManager':
    case 'awaitingLead': {
      const reminder = wait.reminders[0]
      if (reminder !== undefined && reminder < wait.dueAt) return { at: reminder, kind: 'reminder' }
      return { at: wait.dueAt, kind: 'windowEnd' }
    }
    case 'coolingOff':
      return { at: wait.dueAt, kind: 'coolingOffEnd' }
    case 'needsAttention':
      return { at: wait.dueAt, kind: kindOfAttention(state) }
    case 'opening':
    case 'restoring':
    case 'takingDown':
    case 'closed':
      return null
  }
}

function kindOfAttention({ attention }: CaseState): Deadline['kind'] {
  switch (attention?.reason) {
    case 'takedownExhausted':
      return 'takedownRetry'
    case 'restorationFailed':
      return 'restorationRetry'
    default:
      return 'attentionReminder'
  }
}

/**
 * What is due at `now`: nothing, one reminder (after an outage the latest overdue one only), or the
 * end of the window, which leads to the next owner in line or to what the silence policy says.
 */
export function dueHappenings(state: CaseState, now: number): Happening[] {
  const { wait } = state
  const deadline = nextDeadline(state)
  if (!wait || !deadline || deadline.at > now) return []
  switch (deadline.kind) {
    case 'reminder':
    case 'windowEnd':
      return wait.dueAt <= now ? windowEnded(state, now) : [latestReminder(wait, now)]
    case 'coolingOffEnd':
      return state.decision ? [carriedOut(state, state.decision)] : []
    case 'takedownRetry':
      return [takedownHappening(state, 'timer')]
    case 'restorationRetry':
      return restorationRetry(state)
    // An activity finds out, and what it finds is what happens.
    case 'lookUp':
      return []
    case 'attentionReminder': {
      return [
        happening('reminderSent', {
          owner: wait.owner,
          number: wait.remindersSent + 1,
          consumed: 0,
          nextDueAt: now + policyOf(state).attentionReminderMs,
        }),
      ]
    }
  }
}

function latestReminder(wait: Wait, now: number): Happening {
  const overdue = wait.reminders.filter((at) => at <= now).length
  return happening('reminderSent', {
    owner: wait.owner,
    number: wait.remindersSent + overdue,
    consumed: overdue,
  })
}

function windowEnded(state: CaseState, now: number): Happening[] {
  if (state.phase === 'awaitingBrand') return [escalation(state, 'accountManager', 'silence', now)]
  const lead = policyOf(state).severities[state.severity].lead
  if (state.phase === 'awaitingAccountManager' && lead) {
    return [escalation(state, 'lead', 'silence', now)]
  }
  return [nobodyAnswered(state, now)]
}

function nobodyAnswered(state: CaseState, now: number): Happening {
  const { silence } = policyOf(state).severities[state.severity]
  const mayExpire =
    !NEVER_EXPIRING.includes(state.severity) &&
    (silence === 'accountManagerDecides' || silence === 'release')
  if (mayExpire) {
    return happening('closed', {
      ending: { outcome: 'expired', reason: `nobody answered; silence policy ${silence}` },
    })
  }
  return happening('attentionNeeded', {
    attention: {
      reason: 'silence',
      detail: `nobody answered and a case of severity ${state.severity} never expires`,
      unblock: ['decide', 'returnToBrand', 'reassign', 'closeManually'],
    },
    wait: attentionWait(state, 'lead', now),
  })
}

/** Hands the case to the account manager or the lead; their window starts at `now`. */
export function escalation(
  state: CaseState,
  to: StaffRole,
  cause: 'silence' | 'unsure' | 'needInfo' | 'unreachable',
  now: number,
): Happening {
  const policy = policyOf(state)
  const severity = policy.severities[state.severity]
  const window =
    to === 'lead' ? (severity.lead ?? severity.accountManager) : severity.accountManager
  return happening('escalated', { to, cause, wait: startWait(policy, to, window, now) })
}
