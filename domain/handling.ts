import { type Happening, happening } from './case-events.js'
import {
  type AddNoteMessage,
  type Applied,
  type Caller,
  type CaseMessages,
  type DecideMessage,
  MESSAGE_NAMES,
  type MessageName,
  type Refusal,
  type RefusalCode,
  TEMPORAL_UI_MESSAGES,
} from './case-messages.js'
import type { Actor, CaseState } from './case-state.js'
import {
  decideHappenings,
  decideRefusal,
  isDecidable,
  undecideHappenings,
  undecideRefusal,
} from './deciding.js'
import {
  closeRefusal,
  closingStep,
  extendHappenings,
  extendRefusal,
  reassignHappenings,
  reassignRefusal,
  retryHappenings,
  retryRefusal,
  returnHappenings,
  returnRefusal,
  withdrawRefusal,
} from './managing.js'
import { isFullOfNotes } from './notes.js'
import { isStoppable, stoppingText } from './stopping.js'

/** A message with its name, so that a `switch` narrows it. */
export type NamedMessage = {
  [N in MessageName]: { name: N; message: CaseMessages[N] }
}[MessageName]

/** The user of the Temporal UI, whom nobody has authenticated (docs/operations.md). */
const TEMPORAL_UI_CALLER: Caller = {
  role: 'accountManager',
  id: 'temporal-ui',
  via: 'temporalUi',
  brandIds: '*',
  marketplaces: '*',
}

/**
 * Why `named` may not be applied to the case now, or `null`. Refusing is all done here, so that
 * applying never fails. Messages already applied under the same `decisionId` are not refused.
 */
export function refusalOf(state: CaseState, named: NamedMessage, now: number): Refusal | null {
  const refuse = accessRefusal(state, named) ?? stateRefusal(state, named, now)
  return refuse && describeRefusal(state, refuse.code, refuse.message)
}

/** What follows from a message that was not refused. */
export function messageHappenings(state: CaseState, named: NamedMessage, now: number): Happening[] {
  const by = actorOf(callerOf(named))
  switch (named.name) {
    case 'decide':
      return isKnownDecision(state, named.message)
        ? []
        : decideHappenings(state, named.message, by, now)
    case 'undecide':
      return undecideHappenings(state, named.message, by, now)
    case 'extendDeadline':
      return extendHappenings(state, named.message, by, now)
    case 'reassign':
      return reassignHappenings(state, named.message, by)
    case 'returnToBrand':
      return returnHappenings(state, named.message, by, now)
    case 'retryTakedown':
      return retryHappenings(state, named.message, by)
    case 'closeManually':
      return closingStep(state, named.message, by, false, now)
    case 'withdraw':
      return closingStep(state, named.message, by, true, now)
    case 'addNote': {
      const { text, audience } = named.message
      return [happening('noteAdded', { text, audience }, by)]
    }
  }
}

/**
 * The fallback for decisions sent while no worker answered: the same rules, but a refusal becomes
 * part of the record instead of an error, once per `decisionId`. Foreign and stale messages leave
 * no trace.
 */
export function asyncDecisionHappenings(
  state: CaseState,
  message: DecideMessage,
  now: number,
): Happening[] {
  const refusal = refusalOf(state, { name: 'decide', message }, now)
  if (!refusal) return messageHappenings(state, { name: 'decide', message }, now)
  if (refusal.code === 'Foreign' || refusal.code === 'StaleCase') return []
  const { decisionId, verdict, caller } = message
  if (state.answers.some((a) => a.decisionId === decisionId)) return []
  return [
    happening(
      'decisionRefused',
      { decisionId, verdict, role: caller.role, code: refusal.code },
      actorOf(caller),
    ),
  ]
}

/**
 * What follows from a message that was accepted, also by a run that did not know the whole record:
 * it is applied if it still may be, and a decision leaves a trace in any case.
 */
export function acceptedHappenings(
  state: CaseState,
  named: NamedMessage,
  now: number,
): Happening[] {
  if (named.name === 'decide') return asyncDecisionHappenings(state, named.message, now)
  return refusalOf(state, named, now) ? [] : messageHappenings(state, named, now)
}

/** The answer to an applied message. */
export function appliedAnswer(state: CaseState, decisionId?: string): Applied {
  return {
    caseId: state.caseId,
    rev: state.rev,
    phase: state.phase,
    dueAt: state.wait ? new Date(state.wait.dueAt).toISOString() : null,
    ...(decisionId ? { decisionId } : {}),
    ...(state.ending ? { outcome: state.ending.outcome } : {}),
  }
}

/** What can be asked of the case in its present phase, whoever asks. */
export function allowedMessages(state: CaseState): MessageName[] {
  return MESSAGE_NAMES.filter((name) => {
    switch (name) {
      case 'decide':
        return isDecidable(state)
      case 'undecide':
        return state.phase === 'coolingOff' || isStoppable(state)
      case 'extendDeadline':
        return ['awaitingBrand', 'awaitingAccountManager', 'awaitingLead'].includes(state.phase)
      case 'returnToBrand':
        return (
          isStoppable(state) ||
          (['awaitingAccountManager', 'awaitingLead', 'needsAttention'].includes(state.phase) &&
            state.takedown?.result !== 'unknown' &&
            !state.closing)
        )
      case 'retryTakedown':
        return state.phase === 'needsAttention' && state.decision !== null && !state.closing
      case 'closeManually':
        // With force also while a takedown is under way or being stopped.
        return !['opening', 'closed'].includes(state.phase)
      case 'withdraw':
        return isDecidable(state)
      case 'reassign':
        return !['opening', 'closed'].includes(state.phase)
      case 'addNote':
        return !['opening', 'closed'].includes(state.phase) && !isFullOfNotes(state)
    }
  })
}

function callerOf(named: NamedMessage): Caller {
  return named.message.caller ?? TEMPORAL_UI_CALLER
}

function actorOf(caller: Caller): Actor {
  return { role: caller.role, id: caller.id, via: caller.via }
}

type Refuse = { code: RefusalCode; message: string }

function accessRefusal(state: CaseState, named: NamedMessage): Refuse | null {
  const { caseId, caller } = named.message
  if (!caller) {
    return TEMPORAL_UI_MESSAGES.includes(named.name)
      ? null
      : { code: 'Foreign', message: 'this message needs a caller; use the API or the CLI' }
  }
  const ownBrand = caller.brandIds === '*' || caller.brandIds.includes(state.brandId)
  const ownMarket = caller.marketplaces === '*' || caller.marketplaces.includes(state.marketplace)
  if (!ownBrand || !ownMarket) return { code: 'Foreign', message: 'no such case' }
  return caseId === state.caseId
    ? null
    : { code: 'StaleCase', message: `${caseId} has closed; ${state.caseId} is open` }
}

function stateRefusal(state: CaseState, named: NamedMessage, now: number): Refuse | null {
  if (named.name === 'decide' && isKnownDecision(state, named.message)) return null
  if (state.phase === 'opening') {
    return { code: 'StillOpening', message: 'the case is being opened; try again in a moment' }
  }
  if (state.phase === 'closed') {
    return { code: 'CaseClosed', message: `the case is closed: ${state.ending?.outcome}` }
  }
  if (state.closing && !['addNote', 'reassign', 'closeManually'].includes(named.name)) {
    return { code: 'NotAllowedNow', message: `the case is ${stoppingText(state)}` }
  }
  const caller = callerOf(named)
  switch (named.name) {
    case 'decide':
      return decideRefusal(state, named.message)
    case 'undecide':
      return undecideRefusal(state, named.message)
    case 'extendDeadline':
      return extendRefusal(state, named.message, caller, now)
    case 'reassign':
      return reassignRefusal(named.message, caller)
    case 'returnToBrand':
      return returnRefusal(state, caller)
    case 'retryTakedown':
      return retryRefusal(state, named.message, caller)
    case 'closeManually':
      return closeRefusal(state, named.message, caller)
    case 'withdraw':
      return withdrawRefusal(state, named.message, caller)
    case 'addNote':
      return noteRefusal(state, named.message)
  }
}

function noteRefusal(state: CaseState, { text }: AddNoteMessage): Refuse | null {
  if (!text.trim()) return { code: 'InvalidMessage', message: 'a note needs a "text"' }
  return isFullOfNotes(state)
    ? {
        code: 'NotAllowedNow',
        message: 'the notes of the case are full; keep longer texts elsewhere',
      }
    : null
}

function isKnownDecision(state: CaseState, message: DecideMessage): boolean {
  return state.answers.some((a) => a.decisionId === message.decisionId && a.result !== 'refused')
}

function describeRefusal(state: CaseState, code: RefusalCode, message: string): Refusal {
  const { decision, ending } = state
  return {
    code,
    message,
    details: {
      phase: state.phase,
      ...(code === 'NotAllowedNow' ? { allowed: allowedMessages(state) } : {}),
      ...(code === 'AlreadyDecided' && decision
        ? {
            winner: {
              decisionId: decision.decisionId,
              verdict: decision.verdict,
              role: decision.by.role,
              id: decision.by.id,
              decidedAt: new Date(decision.decidedAt).toISOString(),
            },
          }
        : {}),
      ...(ending ? { outcome: ending.outcome } : {}),
    },
  }
}
