import { fields, optional, truth } from '../../form/forms.js'
import type { Happening } from '../events.js'
import type { Actor, CaseState } from '../state.js'
import { takedownHappening } from '../taking-down.js'
import { type Addressed, type Caller, maybeAddressed } from './caller.js'
import { notNow, notYou, type Refuse } from './reply.js'
import type { MessageRule } from './rule.js'
import { maySend } from './senders.js'

/** Asks the marketplace again. */
export interface RetryTakedownMessage extends Partial<Addressed> {
  /** Take the listing down although it changed since the brand looked. */
  acceptChanged?: boolean
}

/** Tries the takedown again. */
export const retryTakedown: MessageRule<RetryTakedownMessage> = {
  description: 'Tries the takedown again: {} or {"acceptChanged": true} after a changed listing',
  form: fields<RetryTakedownMessage>({ ...maybeAddressed, acceptChanged: optional(truth) }),
  scope: 'cases:manage',
  isForTemporalUi: true,
  knownBy: 'requestId',
  toUnblock: () =>
    'Send the update `retryTakedown` with `{}` (after a changed listing: `{"acceptChanged": true}`)',
  probes: (_state, to) => [{ ...to, acceptChanged: true }],
  refusal: retryRefusal,
  happenings: retryHappenings,
}

function retryRefusal(
  state: CaseState,
  message: RetryTakedownMessage,
  caller: Caller,
): Refuse | null {
  if (!maySend(caller.role, 'cases:manage'))
    return notYou(`${caller.role} may not retry a takedown`)
  if (state.phase !== 'needsAttention' || !state.decision) {
    return notNow('there is no takedown to retry')
  }
  return state.attention?.reason === 'listingChanged' && !message.acceptChanged
    ? notNow('the listing changed; look at it, then retry with "acceptChanged": true')
    : null
}

function retryHappenings(state: CaseState, message: RetryTakedownMessage, by: Actor): Happening[] {
  return [takedownHappening(state, 'retry', by, message.acceptChanged ?? false)]
}
