import { DEFAULT_STAFF_EXTENSION_MS, type PolicySnapshot } from '../brand/policy.js'
import {
  type ClauseName,
  isBrandRole,
  type SilencePolicy,
  WINDOW_OWNERS,
  type WindowOwner,
} from '../vocabulary.js'
import { UNDO_MS } from './cooling-off.js'
import type { CaseEvent } from './events.js'
import type { CaseState, Wait } from './state.js'

/** Why an event happened: what of the policy that its case carries led to it. */
export interface Clause {
  name: ClauseName
  /** Where the policy says so (`severities.S2.brand.windowMs`); `null` for what is a rule for all brands. */
  path: string | null
  policyVersion: number
  /** Whose time it is about. */
  owner?: WindowOwner
  /** The time it gives, in ms, */
  ms?: number
  /** and how that counts. */
  time?: 'clock' | 'working'
  silence?: SilencePolicy
}

/** A clause before it is said which version of the policy it stands in. */
type Unversioned = Omit<Clause, 'policyVersion'>

/**
 * What led to `event`, which finds its case in `state`; `null` for what somebody did or saw, and no
 * policy says. A case that was refused carries none.
 */
export function clauseOf(state: CaseState, event: CaseEvent): Clause | null {
  const { policy } = state
  if (!policy) return null
  const clause = unversioned(state, policy, event)
  return clause && { ...clause, policyVersion: policy.policyVersion }
}

function unversioned(
  state: CaseState,
  policy: PolicySnapshot,
  event: CaseEvent,
): Unversioned | null {
  switch (event.type) {
    case 'asked':
      return windowOf(state, policy, 'window', 'brand')
    case 'reminderSent':
      return reminderOf(state, policy, event.data)
    case 'escalated':
      return escalationOf(state, policy, event.data.cause)
    case 'decided':
      return event.data.decision.basis === 'platformPolicy' ? silenceOf(state, policy) : null
    case 'coolingOffStarted':
      return coolingOffClause(state, policy, event.data.wait)
    case 'deadlineMoved':
      return moveOf(state, policy, event)
    case 'takedownRequested':
      return event.data.cause === 'timer'
        ? { name: 'takedownRetry', path: 'takedownRetryMs', ms: policy.takedownRetryMs }
        : null
    case 'attentionNeeded':
      return attentionOf(state, policy, event.data.attention.reason)
    case 'closed':
      return event.data.ending.outcome === 'expired' ? silenceOf(state, policy) : null
    default:
      return null
  }
}

function windowOf(
  { severity }: CaseState,
  { severities }: PolicySnapshot,
  name: 'window' | 'windowEnded' | 'severityRaised',
  owner: WindowOwner,
): Unversioned | null {
  const window = severities[severity][owner]
  if (!window) return null
  const path = `severities.${severity}.${owner}.windowMs`
  return { name, path, owner, ms: window.windowMs, time: window.time }
}

function reminderOf(
  state: CaseState,
  { severities, attentionReminderMs }: PolicySnapshot,
  { number }: { number: number },
): Unversioned | null {
  if (state.phase === 'needsAttention') {
    return { name: 'attentionReminder', path: 'attentionReminderMs', ms: attentionReminderMs }
  }
  const owner = windowOwnerOf(state.wait)
  const window = owner && severities[state.severity][owner]
  const ms = window?.remindersMs[number - 1]
  // One that an extension added stands in no policy.
  if (!owner || !window || ms === undefined) return null
  const path = `severities.${state.severity}.${owner}.remindersMs[${number - 1}]`
  return { name: 'reminder', path, owner, ms, time: window.time }
}

function escalationOf(
  state: CaseState,
  policy: PolicySnapshot,
  cause: 'silence' | 'unsure' | 'needInfo' | 'unreachable',
): Unversioned | null {
  if (cause === 'unreachable') return { name: 'unreachable', path: null }
  if (cause !== 'silence') return { name: 'handedOver', path: null }
  const owner = windowOwnerOf(state.wait)
  return owner && windowOf(state, policy, 'windowEnded', owner)
}

function coolingOffClause(
  { decision }: CaseState,
  { coolingOffMs }: PolicySnapshot,
  { startedAt, dueAt }: Wait,
): Unversioned | null {
  if (!decision) return null
  const ms = dueAt - startedAt
  const kind = decision.bulk ? 'bulk' : 'single'
  if (decision.held && ms === decision.held.ms) return { name: 'brake', path: null, ms }
  if (ms === coolingOffMs[kind]) {
    const name = decision.bulk ? 'coolingOffBulk' : 'coolingOffSingle'
    return { name, path: `coolingOffMs.${kind}`, ms }
  }
  return ms === UNDO_MS ? { name: 'undoTime', path: null, ms } : null
}

function moveOf(
  state: CaseState,
  policy: PolicySnapshot,
  { by, data: { cause } }: CaseEvent<'deadlineMoved'>,
): Unversioned | null {
  const owner = windowOwnerOf(state.suspended?.wait ?? state.wait)
  if (cause === 'severityRaised') {
    return owner && windowOf(state, policy, 'severityRaised', owner)
  }
  if (cause !== 'extended') return null
  if (isBrandRole(by.role))
    return { name: 'extension', path: 'extensionMs', ms: policy.extensionMs }
  const { staffExtensionMs: ms = DEFAULT_STAFF_EXTENSION_MS } = policy
  return { name: 'extension', path: 'staffExtensionMs', ms }
}

function attentionOf(state: CaseState, policy: PolicySnapshot, reason: string): Unversioned | null {
  if (reason === 'silence') return silenceOf(state, policy)
  return reason === 'takedownExhausted'
    ? { name: 'takedownBudget', path: 'takedownBudgetMs', ms: policy.takedownBudgetMs }
    : null
}

function silenceOf({ severity }: CaseState, { severities }: PolicySnapshot): Unversioned {
  const { silence } = severities[severity]
  return { name: 'silence', path: `severities.${severity}.silence`, silence }
}

function windowOwnerOf(wait: Wait | null): WindowOwner | null {
  return WINDOW_OWNERS.find((owner) => owner === wait?.owner) ?? null
}
