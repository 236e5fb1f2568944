import { fields, optional, text, truth } from '../../form/forms.js'
import { closingHappenings, forcedClosing } from '../closing.js'
import type { CaseState } from '../state.js'
import { isStoppable, stoppingText } from '../stopping.js'
import { addressed, type Addressed, type Caller } from './caller.js'
import { invalid, notNow, notYou, type Refuse } from './reply.js'
import type { MessageRule } from './rule.js'
import { maySend } from './senders.js'

/** Ends the case by hand. */
export interface CloseManuallyMessage extends Addressed {
  reason: string
  /** Close although nobody knows what became of the takedown. */
  force?: boolean
}

/** Ends the case with a reason. */
export const closeManually: MessageRule<CloseManuallyMessage> = {
  description: 'Closes the case with a reason. Use the API or the CLI.',
  form: fields<CloseManuallyMessage>({ ...addressed, reason: text(1000), force: optional(truth) }),
  scope: 'cases:manage',
  knownBy: 'requestId',
  isTakenWhileStopping: true,
  toUnblock: (caseId) => `\`joint-force case close ${caseId} --reason …\` closes it`,
  probes: (_state, to) => [{ ...to, reason: 'asked', force: true }],
  refusal: closeRefusal,
  happenings: (state, { reason, force }, by, now) =>
    force === true
      ? forcedClosing(state, reason, by)
      : closingHappenings(state, 'close', reason, by, now),
}

function closeRefusal(
  state: CaseState,
  message: CloseManuallyMessage,
  caller: Caller,
): Refuse | null {
  if (!maySend(caller.role, 'cases:manage')) return notYou(`${caller.role} may not close a case`)
  if (!message.reason.trim()) return invalid('closing needs a "reason"')
  if (state.closing && !message.force) {
    return notNow(`the case is ${stoppingText(state)}; "force": true closes it all the same`)
  }
  const mayClose = state.phase !== 'takingDown' || isStoppable(state) || message.force === true
  return mayClose ? null : notNow('a takedown is in flight; wait for its outcome')
}
