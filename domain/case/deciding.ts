import { type Happening, happening } from './events.js'
import type { DecideMessage } from './message/decide-message.js'
import { carriedOut, coolingOffOf, coolingOffStarted } from './cooling-off.js'
import { type Basis, isBrandRole, isHandover, isWaitingPhase } from '../vocabulary.js'
import type { Actor, CaseState, Decision } from './state.js'
import { escalation } from './waiting/due.js'

/** True while an answer to the case's question can still win. */
export function isDecidable(state: CaseState): boolean {
  if (state.decision || state.closing) return false
  return (
    isWaitingPhase(state.phase) ||
    (state.phase === 'needsAttention' && state.attention?.reason === 'silence')
  )
}

function basisOf(message: DecideMessage): Basis {
  const { role } = message.caller
  if (isBrandRole(role)) return 'brandConfirmed'
  return message.proof?.trim() ? 'brandViaAccountManager' : 'platformPolicy'
}

/** What follows from a decision that was not refused. */
export function decideHappenings(
  state: CaseState,
  message: DecideMessage,
  by: Actor,
  now: number,
): Happening[] {
  const { caseId: _caseId, caller: _caller, bulk = false, ...given } = message
  const decision: Decision = { ...given, bulk, by, decidedAt: now, basis: basisOf(message) }
  const { verdict } = decision
  if (isHandover(verdict)) {
    const handedOver = happening('handedOver', { decision }, by)
    // While the account manager or lead already has the case, the answer is recorded and they go on.
    if (state.phase !== 'awaitingBrand') return [handedOver]
    return [handedOver, escalation(state, 'accountManager', verdict, now)]
  }
  const coolingOffMs = coolingOffOf(state, decision)
  return [
    happening('decided', { decision }, by),
    coolingOffMs > 0 ? coolingOffStarted(now, coolingOffMs) : carriedOut(state, decision),
  ]
}
