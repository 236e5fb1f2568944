import { type Happening, happening } from './events.js'
import type { Actor, CaseState, Failing } from './state.js'
import { takedownKeyOf } from './identity.js'
import type { ShownListing } from '../listing/listing.js'
import { attentionWait } from './waiting/window.js'
import { policyOf, rulesVersionOf } from './case-policy.js'

/** How an attempt to take a listing down ended, as the activity reports it. */
export type TakedownResult =
  | { kind: 'removed'; takedownId: string; removedAt: number }
  | { kind: 'gone'; detail: string }
  | { kind: 'listingChanged'; changes: string[]; observed: ShownListing }
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'exhausted'; message: string; outcomeUnknown: boolean }
  /** It can never succeed as it is; trying again is for a person, when the cause is mended. */
  | { kind: 'fault'; message: string; outcomeUnknown: boolean }

/** What a look-up found: `pending` says that the marketplace still works on it. */
export type TakedownLookup =
  | { kind: 'removed'; takedownId: string; removedAt: number }
  | { kind: 'gone'; detail: string }
  | { kind: 'pending'; takedownId: string }
  | { kind: 'notTakenDown' }
  | { kind: 'failed'; message: string }

/**
 * The next request to the marketplace. The key moves on only when a person retries or decides anew
 * after a definite refusal (a marketplace answers the same key with the same refusal); while an
 * outcome is unknown the same key is sent, so that nothing is removed twice. A new decision is about
 * the listing as it was shown last, so it never stands for a changed one.
 */
export function takedownHappening(
  state: CaseState,
  cause: 'decision' | 'retry' | 'timer',
  by?: Actor,
  acceptChanged = false,
): Happening {
  const previous = state.takedown
  const movesOn = cause !== 'timer' && previous?.result === 'refused'
  const n = previous ? previous.n + (movesOn ? 1 : 0) : 1
  const observed = acceptChanged ? state.attention?.observed : undefined
  return happening(
    'takedownRequested',
    {
      n,
      key: takedownKeyOf(state.caseId, n),
      cause,
      acceptChanged: acceptChanged || (cause !== 'decision' && previous?.acceptChanged === true),
      ...(observed ? { shown: observed } : {}),
      ...failingSoFar(state, cause),
    },
    by,
  )
}

/** With the service's own retry goes since when it fails; a person's makes a new start. */
function failingSoFar(state: CaseState, cause: 'decision' | 'retry' | 'timer') {
  if (cause !== 'timer' || rulesVersionOf(state) < 2) return {}
  return oneEffortMore(state, state.takedown?.failing)
}

/** What has failed since the case needs attention, with one effort more. */
export function oneEffortMore(
  { attention }: CaseState,
  failing: Failing | undefined,
): { failing?: Failing } {
  if (!attention) return {}
  const { since } = attention
  const efforts = (failing?.efforts ?? 0) + 1
  return { failing: { since, toldAt: failing?.toldAt ?? since, efforts } }
}

/** True while the service itself tries a takedown again that has failed. */
export function isTryingAgain({ phase, takedown }: CaseState): boolean {
  return phase === 'takingDown' && takedown?.failing !== undefined
}

/** Who looks after the case is told again once per `attentionReminderMs`. */
export function failingStill(
  state: CaseState,
  failing: Failing | undefined,
  now: number,
): { failing?: Failing } {
  if (!failing) return {}
  const at = Math.max(now, state.updatedAt)
  const isTold = at - failing.toldAt >= policyOf(state).attentionReminderMs
  return { failing: { ...failing, ...(isTold ? { toldAt: at } : {}) } }
}

/** What follows from a takedown attempt. A case never fails because the outside world does. */
export function takedownHappenings(
  state: CaseState,
  result: TakedownResult,
  now: number,
): Happening[] {
  switch (result.kind) {
    case 'removed':
    case 'gone':
      return [endOfTakedown(state, result)]
    case 'listingChanged':
      return [
        happening('attentionNeeded', {
          attention: {
            reason: 'listingChanged',
            detail: `the listing changed since it was decided: ${result.changes.join(', ')}`,
            unblock: ['returnToBrand', 'retryTakedown', 'closeManually'],
            changes: result.changes,
            observed: result.observed,
          },
          wait: attentionWait(state, 'accountManager', now),
          takedown: 'notSent',
        }),
      ]
    case 'refused':
      return [
        happening('attentionNeeded', {
          attention: {
            reason: 'marketplaceRefused',
            detail: `the marketplace refused (${result.code}): ${result.message}`,
            unblock: ['retryTakedown', 'returnToBrand', 'closeManually'],
          },
          wait: attentionWait(state, 'accountManager', now),
          takedown: 'refused',
        }),
      ]
    case 'fault':
      return [
        happening('attentionNeeded', {
          attention: {
            reason: 'serviceFault',
            detail: result.message,
            unblock: ['retryTakedown', 'returnToBrand', 'closeManually'],
          },
          wait: attentionWait(state, 'accountManager', now),
          takedown: result.outcomeUnknown ? 'unknown' : 'notSent',
        }),
      ]
    case 'exhausted':
      return [
        happening('attentionNeeded', {
          attention: {
            reason: 'takedownExhausted',
            detail: result.message,
            unblock:
              rulesVersionOf(state) < 3
                ? ['retryTakedown', 'closeManually']
                : ['retryTakedown', 'returnToBrand', 'closeManually'],
          },
          wait: attentionWait(state, 'marketplace', now),
          takedown: result.outcomeUnknown ? 'unknown' : 'notSent',
          ...failingStill(state, state.takedown?.failing, now),
        }),
      ]
  }
}

/** Why a look-up does not say what became of a takedown. */
export function unclear(lookup: Extract<TakedownLookup, { kind: 'pending' | 'failed' }>): string {
  return lookup.kind === 'failed'
    ? lookup.message
    : `the marketplace is still working on takedown ${lookup.takedownId}`
}

/**
 * The end of a case that a person or a monitor closes. A refusal is the outcome only while it is
 * what the case is stuck on; once the brand was asked again it is history.
 */
export function closeHappening(
  state: CaseState,
  by: Actor,
  reason: string,
  withdraw: boolean,
): Happening {
  const refused = state.attention?.reason === 'marketplaceRefused'
  const outcome = withdraw ? 'withdrawn' : refused ? 'refusedByMarketplace' : 'closedManually'
  return happening('closed', { ending: { outcome, reason } }, by)
}

/** True when a takedown was sent and nobody knows what became of it. */
export function takedownUnknown(state: CaseState): boolean {
  return state.takedown?.result === 'unknown'
}

/** The end of a case whose listing is gone from its marketplace. */
export function endOfTakedown(
  state: CaseState,
  result: { kind: 'removed'; takedownId: string; removedAt: number } | { kind: 'gone' },
): Happening {
  const basis = state.decision ? { basis: state.decision.basis } : {}
  if (result.kind === 'gone') {
    return happening('closed', {
      ending: { outcome: 'alreadyGone', ...basis },
      takedown: { result: 'gone' },
    })
  }
  const { takedownId, removedAt } = result
  return happening('closed', {
    ending: { outcome: 'takenDown', ...basis },
    takedown: { result: 'removed', takedownId, removedAt },
  })
}
