import type { CaseEventData } from './events.js'
import type { CaseState, Takedown } from './state.js'
import { nowShowing } from './evolve-shown.js'

/** The state after a takedown was asked for: nobody is waited for, the effort is in flight. */
export function takedownRequested(
  state: CaseState,
  at: number,
  data: CaseEventData['takedownRequested'],
): CaseState {
  return {
    ...state,
    phase: 'takingDown',
    wait: null,
    suspended: null,
    attention: null,
    ...nowShowing(state, data.shown),
    takedown: {
      n: data.n,
      key: data.key,
      requestedAt: at,
      acceptChanged: data.acceptChanged,
      result: 'inFlight',
      ...(data.failing ? { failing: data.failing } : {}),
    },
  }
}

/** The state after somebody was needed, for a failing takedown as a rule. */
export function attentionNeeded(
  state: CaseState,
  at: number,
  { attention, wait, takedown, failing }: CaseEventData['attentionNeeded'],
): CaseState {
  return {
    ...state,
    phase: 'needsAttention',
    wait,
    attention: { ...attention, since: failing?.since ?? at },
    takedown: takedown
      ? state.takedown && {
          ...state.takedown,
          result: takedown,
          error: attention.detail,
          ...(failing ? { failing } : {}),
        }
      : state.takedown,
  }
}

/** The state after the marketplace could not say whether a case that is to end was removed. */
export function lookUpFailed(
  state: CaseState,
  at: number,
  { detail, wait }: CaseEventData['lookUpFailed'],
): CaseState {
  const { closing, attention, takedown } = state
  return {
    ...state,
    phase: 'needsAttention',
    wait,
    closing: closing && { ...closing, lookUps: (closing.lookUps ?? 0) + 1 },
    attention: {
      reason: 'takedownExhausted',
      detail,
      since: attention?.since ?? at,
      unblock: ['closeManually'],
    },
    takedown: takedown && { ...takedown, result: 'unknown', error: detail },
  }
}

/** The takedown, with `result` where something is said of it. */
export function withResult(
  takedown: Takedown | null,
  result: Takedown['result'] | undefined,
): Takedown | null {
  return takedown && result ? { ...takedown, result } : takedown
}
