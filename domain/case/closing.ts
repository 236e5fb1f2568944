import { type Happening, happening } from './events.js'
import type { Actor, CaseState } from './state.js'
import { isStoppable, stopHappening } from './stopping.js'
import { closeHappening, takedownUnknown } from './taking-down.js'

/** Closes or withdraws; or first stops the takedown and has it looked up. */
export function closingHappenings(
  state: CaseState,
  aim: 'close' | 'withdraw',
  reason: string,
  by: Actor,
  now: number,
): Happening[] {
  const withdraw = aim === 'withdraw'
  if (isStoppable(state)) return [stopHappening(state, aim, reason, by, now)]
  return takedownUnknown(state)
    ? [happening('closeRequested', { reason, withdraw }, by)]
    : [closeHappening(state, by, reason, withdraw)]
}

/** Closes although nobody knows what became of a takedown that may have been sent. */
export function forcedClosing(state: CaseState, reason: string, by: Actor): Happening[] {
  const isUnknown = takedownUnknown(state) || isStoppable(state) || state.closing !== null
  const forced = isUnknown ? { forced: true as const } : {}
  return [happening('closed', { ending: { outcome: 'closedManually', reason, ...forced } }, by)]
}
