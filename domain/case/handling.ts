import { type Happening, happening } from './events.js'
import type { Applied, Caller, DecideMessage } from './messages.js'
import type { Actor, CaseState } from './state.js'
import { decideHappenings, undecideHappenings } from './deciding.js'
import {
  closingStep,
  extendHappenings,
  reassignHappenings,
  retryHappenings,
  returnHappenings,
} from './managing.js'
import { callerOf, type NamedMessage } from './named-message.js'
import { refusalOfRead } from './refusing.js'
import { MAX_REQUEST_ID_LENGTH, repeatOf } from './repeats.js'

/** What follows from a message that was not refused; nothing, when it was applied before. */
export function messageHappenings(state: CaseState, named: NamedMessage, now: number): Happening[] {
  if (repeatOf(state, named) === 'same') return []
  const happenings = firstHappenings(state, named, now)
  const [first, ...rest] = happenings
  const { name, requestId } = named
  if (!first || requestId === undefined || name === 'decide') return happenings
  if (requestId.length > MAX_REQUEST_ID_LENGTH) return happenings
  return [{ ...first, request: requestId }, ...rest]
}

function firstHappenings(state: CaseState, named: NamedMessage, now: number): Happening[] {
  const by = actorOf(callerOf(named))
  switch (named.name) {
    case 'decide':
      return decideHappenings(state, named.message, by, now)
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
 * part of the record instead of an error, once per answer. Foreign and stale messages leave no trace.
 */
export function asyncDecisionHappenings(
  state: CaseState,
  message: DecideMessage,
  now: number,
): Happening[] {
  const refusal = refusalOfRead(state, { name: 'decide', message }, now)
  if (!refusal) return messageHappenings(state, { name: 'decide', message }, now)
  if (refusal.code === 'Foreign' || refusal.code === 'StaleCase') return []
  const { decisionId, verdict, caller, digest } = message
  const isOnRecord = state.answers.some(
    (known) =>
      known.decisionId === decisionId &&
      (refusal.code !== 'OtherContent' || known.digest === digest || digest === undefined),
  )
  if (isOnRecord) return []
  const refused = { decisionId, verdict, role: caller.role, code: refusal.code }
  return [
    happening('decisionRefused', { ...refused, ...(digest ? { digest } : {}) }, actorOf(caller)),
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
  return refusalOfRead(state, named, now) ? [] : messageHappenings(state, named, now)
}

/** The answer to an applied message. */
export function appliedAnswer(state: CaseState, decisionId?: string): Applied {
  const { decision, phase } = state
  const isOfDecision = decision?.decisionId === decisionId && phase === 'coolingOff'
  return {
    caseId: state.caseId,
    rev: state.rev,
    phase: state.phase,
    dueAt: state.wait ? new Date(state.wait.dueAt).toISOString() : null,
    ...(decisionId ? { decisionId } : {}),
    ...(state.ending ? { outcome: state.ending.outcome } : {}),
    ...(isOfDecision && decision?.held ? { held: decision.held } : {}),
  }
}

function actorOf(caller: Caller): Actor {
  return { role: caller.role, id: caller.id, via: caller.via }
}
