import { type Happening, happening } from './events.js'
import { isInfringing, isReleasing } from '../vocabulary.js'
import type { Actor, CaseState, Decision } from './state.js'
import { policyOf, rulesVersionOf } from './case-policy.js'
import { release } from './releasing.js'
import { takedownHappening } from './taking-down.js'

/** How long a decision made on a screen can be undone there before anything follows from it. */
export const UNDO_MS = 10_000

/**
 * True for what a person decided on a screen: in the portal or, from version 3 of the rules on, on
 * the page behind a mail.
 */
export function isOnScreen(state: CaseState, { via }: Pick<Actor, 'via'>): boolean {
  return via === 'portal' || (via === 'mailLink' && rulesVersionOf(state) >= 3)
}

/**
 * How long a decision that ends a case waits before it is carried out, in ms; 0 = at once. One made
 * on a screen can be undone for a moment, whatever it says. A confirmation waits as long as the
 * policy says, except that a listing which endangers people is removed without that of a batch;
 * from version 3 of the rules on, one that the brake holds waits for it as well.
 */
export function coolingOffOf(state: CaseState, { verdict, bulk, held, by }: Decision): number {
  const undoMs = isOnScreen(state, by) ? UNDO_MS : 0
  if (!isInfringing(verdict)) return undoMs
  const isUrgent = bulk && state.severity === 'S1' && isOnScreen(state, by)
  const policyMs = isUrgent ? 0 : policyOf(state).coolingOffMs[bulk ? 'bulk' : 'single']
  const heldMs = rulesVersionOf(state) < 3 ? 0 : (held?.ms ?? 0)
  return Math.max(undoMs, policyMs, heldMs)
}

/** The wait in which a decision can be undone. */
export function coolingOffStarted(now: number, durationMs: number): Happening {
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

/** What a decision leads to: the removal is asked for, or the case ends without one. */
export function carriedOut(state: CaseState, decision: Decision): Happening {
  const { verdict } = decision
  return isReleasing(verdict)
    ? release(state, decision, verdict)
    : takedownHappening(state, 'decision')
}

/** True while a removal that was decided can be stopped before it begins. */
export function isRemovalHeld({ phase, decision }: Pick<CaseState, 'phase' | 'decision'>): boolean {
  return phase === 'coolingOff' && decision !== null && isInfringing(decision.verdict)
}
