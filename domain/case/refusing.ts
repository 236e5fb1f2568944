import type { Caller } from './message/caller.js'
import type { Refusal, Refuse, Winner } from './message/reply.js'
import { callerOf, MESSAGES, type NamedMessage, readMessage, repeatOf, ruleOf } from './messages.js'
import { staffRecipient } from '../notice/recipients.js'
import { bothSides } from './shown.js'
import type { CaseState, Decision } from './state.js'
import { stoppingText } from './stopping.js'
import { MESSAGE_NAMES, type MessageName, type RefusalCode, ROLES } from '../vocabulary.js'
import { rulesVersionOf } from './case-policy.js'

/** Stands for a message of which nothing may be read. */
const UNREAD: NamedMessage = { name: 'retryTakedown', message: {} }

/**
 * Why `named` may not be applied to the case now, or `null`. Refusing is all done here, so that
 * applying never fails. Whatever was sent is compared with the form of its name before anything of
 * it is read. What was applied before is not refused, but something else under its id is.
 */
export function refusalOf(state: CaseState, named: NamedMessage, now: number): Refusal | null {
  const given: { caller?: unknown } | null = named.message
  if (given?.caller === undefined && !ruleOf(named).isForTemporalUi) {
    const message = 'this message needs a caller; use the API or the CLI'
    return describeRefusal(state, UNREAD, { code: 'Foreign', message }, now)
  }
  const read = readMessage(named.name, given)
  if (!('problem' in read)) return refusalOfRead(state, named, now)
  const unfit: Refuse = { code: 'InvalidMessage', message: read.problem }
  return describeRefusal(state, UNREAD, unfit, now)
}

/** The same for a message that fits its form, or was accepted by rules that asked for less. */
export function refusalOfRead(state: CaseState, named: NamedMessage, now: number): Refusal | null {
  const refuse = accessRefusal(state, named) ?? stateRefusal(state, named, now)
  return refuse && describeRefusal(state, named, refuse, now)
}

function accessRefusal(state: CaseState, named: NamedMessage): Refuse | null {
  const { caseId, caller } = named.message
  if (!caller) return null
  const ownBrand = caller.brandIds === '*' || caller.brandIds.includes(state.brandId)
  const ownMarket = caller.marketplaces === '*' || caller.marketplaces.includes(state.marketplace)
  if (!ownBrand || !ownMarket) return { code: 'Foreign', message: 'no such case' }
  return caseId === state.caseId
    ? null
    : { code: 'StaleCase', message: `${caseId} has closed; ${state.caseId} is open` }
}

function stateRefusal(state: CaseState, named: NamedMessage, now: number): Refuse | null {
  const repeat = repeatOf(state, named)
  if (repeat === 'same') return null
  if (repeat === 'other') {
    return { code: 'OtherContent', message: 'this id was used for something else; use a new one' }
  }
  if (state.phase === 'opening') {
    return { code: 'StillOpening', message: 'the case is being opened; try again in a moment' }
  }
  if (state.phase === 'closed') {
    return { code: 'CaseClosed', message: `the case is closed: ${state.ending?.outcome}` }
  }
  if (state.closing && !ruleOf(named).isTakenWhileStopping) {
    return { code: 'NotAllowedNow', message: `the case is ${stoppingText(state)}` }
  }
  const caller = callerOf(named)
  if (rulesVersionOf(state) >= 3 && isFormer(state, caller)) {
    return { code: 'NotAllowedForRole', message: 'somebody else looks after the case by now' }
  }
  return ruleOf(named).refusal(state, named.message, caller, now)
}

/** Somebody with a link in a mail who was account manager or lead of the case and is no longer. */
export function isFormer({ parties }: CaseState, { role, id, via }: Caller): boolean {
  if (via !== 'mailLink' || (role !== 'accountManager' && role !== 'lead')) return false
  const present = role === 'lead' ? parties.leadId : parties.accountManagerId
  return present === null || id !== staffRecipient(present)
}

function describeRefusal(
  state: CaseState,
  named: NamedMessage,
  { code, message }: Refuse,
  now: number,
): Refusal {
  const { decision, ending } = state
  return {
    code,
    message,
    details: {
      phase: state.phase,
      ...(code === 'NotAllowedNow'
        ? { allowed: allowedMessages(state, callerOf(named), now) }
        : {}),
      ...(decision && isBeaten(named, code, decision) ? { winner: winnerOf(decision) } : {}),
      ...(ending ? { outcome: ending.outcome } : {}),
      ...(code === 'ListingChanged' && named.name === 'decide'
        ? bothSides(state, named.message.shownHash)
        : {}),
    },
  }
}

/** True for a message that comes after somebody's decision, which is another than it speaks of. */
function isBeaten(named: NamedMessage, code: RefusalCode, decision: Decision): boolean {
  if (code === 'AlreadyDecided' || code === 'CaseClosed') return true
  return named.name === 'undecide' && named.message.decisionId !== decision.decisionId
}

/** Who gave the decision that stands, and what it says. */
export function winnerOf({ decisionId, verdict, by, decidedAt }: Decision): Winner {
  const { role, id } = by
  return { decisionId, verdict, role, id, decidedAt: new Date(decidedAt).toISOString() }
}

/**
 * What `caller` can ask of the case now: each message of which there is one that is not refused, in
 * their role, in this phase. The functions that refuse say so themselves.
 */
export function allowedMessages(state: CaseState, caller: Caller, now: number): MessageName[] {
  const isPossible = (named: NamedMessage) => {
    const refuse = accessRefusal(state, named) ?? stateRefusal(state, named, now)
    return refuse === null || refuse.code === 'InvalidMessage'
  }
  const possible = probesOf(state, caller, now).filter(isPossible)
  return MESSAGE_NAMES.filter((name) => possible.some((probe) => probe.name === name))
}

/** What somebody of the parties can ask of the case now, whoever it is. */
export function possibleMessages(state: CaseState, now: number): MessageName[] {
  const everywhere = { via: 'api', brandIds: '*', marketplaces: '*' } as const
  const allowed = ROLES.flatMap((role) =>
    allowedMessages(state, { role, id: role, ...everywhere }, now),
  )
  return MESSAGE_NAMES.filter((name) => allowed.includes(name))
}

/** Of every message those that are refused least. */
function probesOf(state: CaseState, caller: Caller, now: number): NamedMessage[] {
  const to = { caseId: state.caseId, caller }
  return MESSAGE_NAMES.flatMap((name) =>
    MESSAGES[name].probes(state, to, now).map((message) => ({ name, message }) as NamedMessage),
  )
}
