import { type Backoff, pauseMs } from '../record/backoff.js'
import { HOUR_MS, MINUTE_MS } from '../brand/calendar.js'
import { type Happening, happening } from './events.js'
import type { Actor, CaseState, Wait } from './state.js'
import {
  closeHappening,
  endOfTakedown,
  takedownHappenings,
  type TakedownLookup,
  type TakedownResult,
  takedownUnknown,
  unclear,
} from './taking-down.js'
import type { StopAim } from '../vocabulary.js'
import { policyOf, rulesVersionOf } from './case-policy.js'
import { startWait } from './waiting/window.js'

// From rules version 3 on a takedown can be stopped while it is under way or its outcome unknown.
// Nothing is sent any more from then on; what was sent is looked up until the marketplace says
// what became of it. Before that version only a close could be asked for, and it was dropped when
// its one look-up failed.

const BETWEEN_LOOKUPS: Backoff = { firstMs: MINUTE_MS, longestMs: 4 * HOUR_MS }

/** How long a request that was cut off can still arrive; only then does a look-up tell. */
const SETTLING_MS = 30_000

/** True while a takedown may have been sent, and can be stopped before anything more is. */
export function isStoppable(state: CaseState): boolean {
  if (rulesVersionOf(state) < 3 || state.closing || !state.decision) return false
  return (
    state.phase === 'takingDown' || (state.phase === 'needsAttention' && takedownUnknown(state))
  )
}

/** Stops the takedown; what `then` says follows once it is known that nothing was removed. */
export function stopHappening(
  state: CaseState,
  then: StopAim,
  reason: string,
  by: Actor,
  now: number,
): Happening {
  return happening(
    'stopRequested',
    { then, reason, ...(state.wait ? { wait: waitForMarketplace(now, now) } : {}) },
    by,
  )
}

/** True when the takedown of a case that is being stopped is to be looked up at `now`. */
export function isLookUpDue(state: CaseState, now: number): boolean {
  if (!state.closing) return false
  return rulesVersionOf(state) < 3 || !state.wait || state.wait.dueAt <= now
}

/** What follows from an effort to take the listing down, also when somebody has stopped it since. */
export function effortHappenings(
  state: CaseState,
  result: TakedownResult,
  now: number,
): Happening[] {
  // Closed by force while the request was under way.
  if (state.phase !== 'takingDown') return []
  if (!state.closing) return takedownHappenings(state, result, now)
  switch (result.kind) {
    case 'removed':
    case 'gone':
      return [endOfTakedown(state, result)]
    case 'refused':
      return [insteadOfTakedown(state, now, 'refused')]
    case 'listingChanged':
      return [insteadOfTakedown(state, now)]
    case 'fault':
    case 'exhausted': {
      if (!result.outcomeUnknown) return [insteadOfTakedown(state, now)]
      const detail = `${stoppingText(state)}: a request that was cut off may still arrive there`
      return [
        happening('lookUpFailed', { detail, wait: waitForMarketplace(now, now + SETTLING_MS) }),
      ]
    }
  }
}

/** What follows from the look-up of a takedown that is being stopped. */
export function lookUpHappenings(
  state: CaseState,
  lookup: TakedownLookup,
  now: number,
): Happening[] {
  const { closing } = state
  if (!closing) return []
  switch (lookup.kind) {
    case 'removed':
    case 'gone':
      return [endOfTakedown(state, lookup)]
    case 'notTakenDown':
      return [insteadOfTakedown(state, now)]
    case 'pending':
    case 'failed': {
      const why = unclear(lookup)
      if (rulesVersionOf(state) < 3) {
        const detail = `not closed, because the takedown could not be looked up: ${why}`
        return [happening('closeFailed', { detail })]
      }
      const detail = `${stoppingText(state)}: ${why}`
      const pause = pauseMs(BETWEEN_LOOKUPS, closing.lookUps ?? 0, state.caseId)
      return [happening('lookUpFailed', { detail, wait: waitForMarketplace(now, now + pause) })]
    }
  }
}

/** What was asked for when the takedown was stopped, which is now known not to have been done. */
function insteadOfTakedown(
  state: CaseState,
  now: number,
  takedown: 'notSent' | 'refused' = 'notSent',
): Happening {
  const { closing, decision } = state
  if (!closing) throw new Error(`case ${state.caseId} is not being stopped`)
  const { by, reason, then } = closing
  switch (then) {
    case 'returnToBrand':
      return returnHappening(state, reason, by, now, takedown)
    case 'undecide': {
      const policy = policyOf(state)
      const { brand } = policy.severities[state.severity]
      const wait = startWait(policy, 'brand', brand, now)
      const decisionId = decision?.decisionId ?? ''
      const data = { decisionId, reason, phase: 'awaitingBrand' as const, wait, takedown }
      return happening('undecided', data, by)
    }
    default: {
      const version = rulesVersionOf(state)
      const closed = closeHappening(state, by, reason, closing.withdraw)
      if (closed.type !== 'closed' || version < 3) return closed
      return { ...closed, data: { ...closed.data, takedown: { result: takedown } } }
    }
  }
}

/** Asks the brand again, with a fresh window, about the listing as it is now. */
export function returnHappening(
  state: CaseState,
  message: string,
  by: Actor,
  now: number,
  takedown?: 'notSent' | 'refused',
): Happening {
  const policy = policyOf(state)
  const wait = startWait(policy, 'brand', policy.severities[state.severity].brand, now)
  const observed = state.attention?.observed
  return happening(
    'asked',
    {
      wait,
      cause: 'returned',
      message,
      ...(observed ? { shown: observed } : {}),
      ...(takedown ? { takedown } : {}),
    },
    by,
  )
}

/** What a case that is being stopped is doing, in words for people. */
export function stoppingText({ closing }: CaseState): string {
  const doing = { returnToBrand: 'going back to the brand', undecide: 'undoing the decision' }
  const then = closing?.then
  const what = then === 'returnToBrand' || then === 'undecide' ? doing[then] : 'closing'
  return `${what}, waiting for the marketplace to say whether the listing was removed`
}

function waitForMarketplace(startedAt: number, dueAt: number): Wait {
  return {
    owner: 'marketplace',
    startedAt,
    dueAt,
    reminders: [],
    remindersSent: 0,
    extensions: 0,
  }
}
