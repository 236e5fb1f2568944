import type { CaseEventData } from './events.js'
import type { CaseState, Restoration } from './state.js'

/** The state after a restoration was asked for. */
export function restoring(
  state: CaseState,
  at: number,
  { cause: _cause, ...asked }: CaseEventData['restorationRequested'],
): CaseState {
  const restoration = { ...asked, requestedAt: at, result: 'inFlight' as const }
  return { ...state, phase: 'restoring', wait: null, attention: null, restoration }
}

/** The state after an effort to put the listing back has ended, well or not. */
export function restorationEnded(
  state: CaseState,
  ended: Pick<Restoration, 'result' | 'restoredAt' | 'error' | 'failing'>,
): CaseState {
  const { restoration } = state
  if (!restoration) return state
  const { failing: _over, ...asked } = restoration
  return { ...state, restoration: { ...asked, ...ended } }
}

/** The state of a case that needs attention, when that is because the listing is not back. */
export function afterRestoration(
  state: CaseState,
  { attention, failing, restoration }: CaseEventData['attentionNeeded'],
): CaseState {
  if (!restoration) return state
  const ended = { result: restoration, error: attention.detail }
  return restorationEnded(state, { ...ended, ...(failing ? { failing } : {}) })
}
