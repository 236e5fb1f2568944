import { authorisedBy } from '../seller/authorising.js'
import { type Happening, happening } from './events.js'
import type { DecideMessage, UndecideMessage } from './messages.js'
import {
  type Basis,
  isBrandRole,
  isHandover,
  isInfringing,
  isWaitingPhase,
  type RefusalCode,
  type ReleaseReason,
  type ReleasingVerdict,
  type SilencePolicy,
  type StaffRole,
  VERDICTS,
} from '../vocabulary.js'
import type { Actor, CaseState, Decision, Wait } from './state.js'
import { isStoppable, stopHappening } from './stopping.js'
import { isShownStill, shownListing } from './shown.js'
import { takedownHappening } from './taking-down.js'
import { escalation } from './waiting.js'
import { policyOf, resumeWait, rulesVersionOf, workingTimeOf } from './waits.js'

/** Version of the good-faith statement a decider accepts; its words are in wording/. */
export const ATTESTATION_VERSION = '2026-1'
/** Every version there has been: answers on their way may have been given under an earlier one. */
export const ATTESTATION_VERSIONS = [ATTESTATION_VERSION] as const

export const RELEASE_REASON_OF: Record<ReleasingVerdict, ReleaseReason> = {
  genuine: 'genuine',
  authorisedSeller: 'authorised',
  genuineUnauthorisedSeller: 'genuineUnauthorised',
  notIpMatter: 'notIp',
  notOurs: 'notOurs',
  insufficientEvidence: 'insufficientEvidence',
}

type Refuse = { code: RefusalCode; message: string }
/** As many stops of a wait as it remembers, to measure it again when the severity is raised. */
const MAX_PAUSES = 100

/** True while an answer to the case's question can still win. */
export function isDecidable(state: CaseState): boolean {
  if (state.decision || state.closing) return false
  return (
    isWaitingPhase(state.phase) ||
    (state.phase === 'needsAttention' && state.attention?.reason === 'silence')
  )
}

/** Why this decision may not be taken, or `null`. Access to the case was checked before. */
export function decideRefusal(state: CaseState, message: DecideMessage): Refuse | null {
  if (state.decision) {
    const { by, verdict } = state.decision
    return {
      code: 'AlreadyDecided',
      message: `${by.role} already decided "${verdict}"; the first valid decision wins`,
    }
  }
  if (!isDecidable(state)) {
    return { code: 'NotAllowedNow', message: `a case in phase ${state.phase} cannot be decided` }
  }
  // A word that is none would count as a release; before version 3 of the rules it did.
  if (rulesVersionOf(state) >= 3 && !VERDICTS.includes(message.verdict)) {
    return { code: 'InvalidMessage', message: `"verdict" must be one of: ${VERDICTS.join(', ')}` }
  }
  return invalidDecision(message) ?? roleRefusal(state, message) ?? shownRefusal(state, message)
}

/**
 * From version 3 of the rules on an answer holds for what was shown to whoever gave it: a
 * confirmation names the snapshot it was made on, and no answer counts for an offer that differs
 * from its own by what an earlier answer would not hold for either (`materialChanges`).
 */
function shownRefusal(state: CaseState, { verdict, shownHash }: DecideMessage): Refuse | null {
  if (rulesVersionOf(state) < 3) return null
  if (shownHash === undefined) {
    return isInfringing(verdict)
      ? {
          code: 'InvalidMessage',
          message:
            'a confirmation needs "shownHash": the hash of the listing you were shown, ' +
            '"shown.hash" of the case',
        }
      : null
  }
  return isShownStill(state, shownHash)
    ? null
    : {
        code: 'ListingChanged',
        message: 'the listing is no longer the one this answer was given on; look at it again',
      }
}

function invalidDecision(message: DecideMessage): Refuse | null {
  const invalid = (text: string): Refuse => ({ code: 'InvalidMessage', message: text })
  if (message.verdict === 'needInfo' && !message.question?.trim()) {
    return invalid('needInfo needs a "question": say what you would have to know')
  }
  const isBrand = isBrandRole(message.caller.role)
  if (isInfringing(message.verdict) && isBrand && !message.attestation?.accepted) {
    return invalid(
      'a confirmation needs "attestation": {"accepted": true}, the good-faith statement (DSA Art. 16(2)(d))',
    )
  }
  if (message.allowList && message.verdict !== 'authorisedSeller') {
    return invalid('"allowList" goes with the verdict authorisedSeller only')
  }
  return null
}

function roleRefusal(state: CaseState, message: DecideMessage): Refuse | null {
  const { role } = message.caller
  const no = (text: string): Refuse => ({ code: 'NotAllowedForRole', message: text })
  if (isBrandRole(role)) {
    return message.verdict === 'insufficientEvidence'
      ? no(
          'insufficientEvidence is a platform decision; a brand answers genuine, notOurs or unsure',
        )
      : null
  }
  if (role !== 'accountManager' && role !== 'lead') {
    return no(`${role} may not decide; ask the brand, its account manager or the lead`)
  }
  if (isHandover(message.verdict)) {
    return no(`${message.verdict} hands a case to the account manager; use returnToBrand instead`)
  }
  if (message.proof?.trim()) {
    return message.verdict === 'insufficientEvidence'
      ? no('insufficientEvidence is a platform decision and is given without "proof"')
      : null
  }
  return mayDecideByPolicy(state, role)
    ? null
    : no(
        `without "proof" of the brand's answer ${role} may not decide a case of severity ` +
          `${state.severity} in phase ${state.phase}; say how the brand answered`,
      )
}

const LEAD_DECIDES: readonly SilencePolicy[] = [
  'neverExpires',
  'platformDecides',
  'accountManagerDecides',
]

/** May account manager or lead decide in their own right, because the brand stayed silent? */
function mayDecideByPolicy(state: CaseState, role: StaffRole): boolean {
  const { silence } = policyOf(state).severities[state.severity]
  if (role === 'lead') {
    return (
      LEAD_DECIDES.includes(silence) && ['awaitingLead', 'needsAttention'].includes(state.phase)
    )
  }
  return silence === 'accountManagerDecides' && state.phase !== 'awaitingBrand'
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

/** Why a decision may not be undone, or `null`. */
export function undecideRefusal(state: CaseState, message: UndecideMessage): Refuse | null {
  if (!state.decision || (state.phase !== 'coolingOff' && !isStoppable(state))) {
    return {
      code: 'NotAllowedNow',
      message: 'a decision can be undone only in its cooling-off, or while its takedown is tried',
    }
  }
  if (state.decision.decisionId !== message.decisionId) {
    return {
      code: 'InvalidMessage',
      message: `the decision that stands is ${state.decision.decisionId}`,
    }
  }
  if (message.caller.role === 'monitor' || message.caller.role === 'operator') {
    return { code: 'NotAllowedForRole', message: `${message.caller.role} may not undo a decision` }
  }
  return null
}

/**
 * Goes back to the wait before the decision; the time in cooling-off is given back to its owner.
 * A takedown that is tried already is stopped first, and the brand then asked with a fresh window.
 */
export function undecideHappenings(
  state: CaseState,
  message: UndecideMessage,
  by: Actor,
  now: number,
): Happening[] {
  const { suspended, decision, wait } = state
  if (isStoppable(state)) return [stopHappening(state, 'undecide', message.reason, by, now)]
  if (!suspended || !decision || !wait) return []
  const resumed = resumedWait(state, suspended, wait.startedAt, now)
  return [
    happening(
      'undecided',
      {
        decisionId: decision.decisionId,
        reason: message.reason,
        phase: suspended.phase,
        wait: resumed,
      },
      by,
    ),
  ]
}

/** Rules before version 3 give the time back by the clock. */
function resumedWait(
  state: CaseState,
  suspended: NonNullable<CaseState['suspended']>,
  pausedAt: number,
  now: number,
): Wait {
  const { wait } = suspended
  const at = Math.max(pausedAt, now)
  if (rulesVersionOf(state) < 3) {
    const pausedMs = at - pausedAt
    const reminders = wait.reminders.map((reminder) => reminder + pausedMs)
    return { ...wait, dueAt: wait.dueAt + pausedMs, reminders }
  }
  const resumed = resumeWait(wait, [pausedAt, at], workingTimeOf(state, suspended))
  return {
    ...wait,
    // A deadline moved to a day nobody works is not lost.
    dueAt: Math.max(wait.dueAt, resumed.dueAt),
    reminders: resumed.reminders,
    pauses: [...(wait.pauses ?? []), [pausedAt, at] as [number, number]].slice(-MAX_PAUSES),
  }
}
