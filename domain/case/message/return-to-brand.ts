import { fields, text } from '../../form/forms.js'
import type { Happening } from '../events.js'
import type { Actor, CaseState } from '../state.js'
import { isStoppable, returnHappening, stopHappening } from '../stopping.js'
import { takedownUnknown } from '../taking-down.js'
import { addressed, type Addressed, type Caller } from './caller.js'
import { notNow, notYou, type Refuse } from './reply.js'
import type { MessageRule } from './rule.js'
import { maySend } from './senders.js'

/** Asks the brand again. */
export interface ReturnToBrandMessage extends Addressed {
  /** What the brand should look at; it goes into the mail. */
  message: string
}

/** Asks the brand again, with a fresh window. */
export const returnToBrand: MessageRule<ReturnToBrandMessage> = {
  description: 'Asks the brand again. Use the API or the CLI.',
  form: fields<ReturnToBrandMessage>({ ...addressed, message: text(4000) }),
  scope: 'cases:manage',
  knownBy: 'requestId',
  toUnblock: (caseId) =>
    `\`joint-force case return-to-brand ${caseId} --message …\` asks the brand again`,
  probes: (_state, to) => [{ ...to, message: 'asked' }],
  refusal: returnRefusal,
  happenings: returnHappenings,
}

function returnRefusal(
  state: CaseState,
  _message: ReturnToBrandMessage,
  caller: Caller,
): Refuse | null {
  if (!maySend(caller.role, 'cases:manage')) return notYou(`${caller.role} may not return a case`)
  if (isStoppable(state)) return null
  if (takedownUnknown(state)) {
    return notNow('a takedown was sent and its outcome is unknown; retry or close it first')
  }
  return ['awaitingAccountManager', 'awaitingLead', 'needsAttention'].includes(state.phase)
    ? null
    : notNow(`a case in phase ${state.phase} is not with the account manager`)
}

/** Asks the brand again, or first stops the takedown and has it looked up. */
function returnHappenings(
  state: CaseState,
  { message }: ReturnToBrandMessage,
  by: Actor,
  now: number,
): Happening[] {
  return isStoppable(state)
    ? [stopHappening(state, 'returnToBrand', message, by, now)]
    : [returnHappening(state, message, by, now)]
}
