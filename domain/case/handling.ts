import { type Happening, happening } from './events.js'
import { actorOf } from './message/caller.js'
import type { DecideMessage } from './message/decide-message.js'
import type { Applied } from './message/reply.js'
import { callerOf, type NamedMessage, repeatOf, ruleOf } from './messages.js'
import { refusalOfRead } from './refusing.js'
import { MAX_REQUEST_ID_LENGTH } from './repeats.js'
import type { CaseState } from './state.js'

/** What follows from a message that was not refused; nothing, when it was applied before. */
export function messageHappenings(state: CaseState, named: NamedMessage, now: number): Happening[] {
  if (repeatOf(state, named) === 'same') return []
  const rule = ruleOf(named)
  const happenings = rule.happenings(state, named.message, actorOf(callerOf(named)), now)
  const [first, ...rest] = happenings
  const { requestId } = named
  if (!first || requestId === undefined || rule.knownBy === 'decisionId') return happenings
  if (requestId.length > MAX_REQUEST_ID_LENGTH) return happenings
  return [{ ...first, request: requestId }, ...rest]
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
