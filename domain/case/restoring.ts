import { type Happening, happening } from './events.js'
import type { CaseState, Removal, Takedown } from './state.js'
import { failingStill, isTryingAgain, oneEffortMore } from './taking-down.js'
import { attentionWait, startWait } from './waiting/window.js'
import { policyOf } from './case-policy.js'
import type { AttentionReason } from '../vocabulary.js'

// A case that takes a closed one up again puts back what that one had removed, and only then asks
// the brand. Nobody decides before: a release would leave the listing removed.

/** How an effort to put a listing back ended, as the activity reports it. */
export type RestorationAnswer =
  | { kind: 'restored'; restoredAt: number }
  /** The marketplace knows of no removal under the key. */
  | { kind: 'notRemoved' }
  | { kind: 'failed'; message: string }

/**
 * The removal to be undone when a case with that takedown is taken up again: one that the
 * marketplace has confirmed, or of which nobody knows whether it happened. `null` where we removed
 * nothing.
 */
export function removalToUndo(takedown: Takedown | null): Removal | null {
  if (!takedown || !['removed', 'unknown', 'inFlight'].includes(takedown.result)) return null
  const { key, takedownId } = takedown
  return { key, ...(takedownId === undefined ? {} : { takedownId }) }
}

/** True until the listing is back, or somebody asks the brand although it is not. */
export function isToBePutBack({ phase, attention }: CaseState): boolean {
  return phase === 'restoring' || attention?.reason === 'restorationFailed'
}

/** What follows from an effort to put the listing back, also when somebody has closed the case since. */
export function restorationHappenings(
  state: CaseState,
  answer: RestorationAnswer,
  now: number,
): Happening[] {
  if (state.phase !== 'restoring') return []
  switch (answer.kind) {
    case 'restored':
      return [
        happening('restored', { result: 'restored', restoredAt: answer.restoredAt }),
        askedAgain(state, now),
      ]
    case 'notRemoved':
      return [happening('restored', { result: 'notRemoved' }), askedAgain(state, now)]
    case 'failed':
      return [
        happening('attentionNeeded', {
          attention: {
            reason: 'restorationFailed',
            detail: answer.message,
            unblock: ['returnToBrand', 'closeManually'],
          },
          wait: attentionWait(state, 'marketplace', now),
          restoration: 'failed',
          ...failingStill(state, state.restoration?.failing, now),
        }),
      ]
  }
}

/** The service's own retry of a restoration that failed. */
export function restorationRetry(state: CaseState): Happening[] {
  const { restoration } = state
  if (!restoration) return []
  const { key, takedownId, failing } = restoration
  const removal = { key, ...(takedownId === undefined ? {} : { takedownId }) }
  return [
    happening('restorationRequested', {
      ...removal,
      cause: 'timer',
      ...oneEffortMore(state, failing),
    }),
  ]
}

/** Why a case needed attention that the service itself tries to help just now, or `null`. */
export function retriedReason(state: CaseState): AttentionReason | null {
  if (isTryingAgain(state)) return 'takedownExhausted'
  const isRestoringAgain = state.phase === 'restoring' && state.restoration?.failing !== undefined
  return isRestoringAgain ? 'restorationFailed' : null
}

function askedAgain(state: CaseState, now: number): Happening {
  const policy = policyOf(state)
  const wait = startWait(policy, 'brand', policy.severities[state.severity].brand, now)
  return happening('asked', { wait, cause: 'reopened' })
}
