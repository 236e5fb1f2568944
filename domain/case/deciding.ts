import { authorisedBy } from '../seller/authorising.js'
import { type Happening, happening } from './events.js'
import type { DecideMessage } from './message/decide-message.js'
import {
  type Basis,
  isBrandRole,
  isHandover,
  isInfringing,
  isWaitingPhase,
  RELEASE_REASON_OF,
  type ReleasingVerdict,
} from '../vocabulary.js'
import type { Actor, CaseState, Decision } from './state.js'
import { shownListing } from './shown.js'
import { takedownHappening } from './taking-down.js'
import { escalation } from './waiting/due.js'
import { policyOf, rulesVersionOf } from './case-policy.js'

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
  const decided = happening('decided', { decision }, by)
  if (!isInfringing(verdict)) return [decided, release(state, decision, verdict, by)]
  const coolingOffMs = coolingOffOf(state, decision)
  if (coolingOffMs > 0) return [decided, coolingOff(now, coolingOffMs)]
  return [decided, takedownHappening(state, 'decision')]
}

/** From version 3 of the rules on a confirmation that is held waits, whatever the policy says. */
function coolingOffOf(state: CaseState, { bulk, held }: Decision): number {
  const byPolicyMs = policyOf(state).coolingOffMs[bulk ? 'bulk' : 'single']
  return rulesVersionOf(state) < 3 ? byPolicyMs : Math.max(byPolicyMs, held?.ms ?? 0)
}

function coolingOff(now: number, durationMs: number): Happening {
  return happening('coolingOffStarted', {
    wait: {
      owner: 'platform',
      startedAt: now,
      dueAt: now + durationMs,
      reminders: [],
      remindersSent: 0,
      extensions: 0,
    },
  })
}

function release(
  state: CaseState,
  decision: Decision,
  verdict: ReleasingVerdict,
  by: Actor,
): Happening {
  // A seller is put on the list whose offer was shown, which from version 3 on may have changed.
  const offer = rulesVersionOf(state) < 3 ? state.listing : shownListing(state)
  const sellerId = offer?.seller.id
  const allowList = authorisedBy(state, decision, sellerId)
  return happening(
    'closed',
    {
      ending: {
        outcome: 'released',
        releaseReason: RELEASE_REASON_OF[verdict],
        basis: decision.basis,
      },
      ...(allowList ? { allowList } : {}),
    },
    by,
  )
}
