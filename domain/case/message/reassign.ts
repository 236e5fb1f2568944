import { fields, optional, slug, text, word } from '../../form/forms.js'
import { type Happening, happening } from '../events.js'
import { SLUG_PATTERN } from '../identity.js'
import type { Actor, CaseState } from '../state.js'
import { STAFF_ROLES, type StaffRole } from '../../vocabulary.js'
import { type Addressed, type Caller, maybeAddressed } from './caller.js'
import { invalid, notYou, type Refuse } from './reply.js'
import type { MessageRule } from './rule.js'
import { maySend } from './senders.js'

/** Gives the case to another account manager or lead. */
export interface ReassignMessage extends Partial<Addressed> {
  role: StaffRole
  to: string
  reason?: string
}

/** Changes who looks after the case. */
export const reassign: MessageRule<ReassignMessage> = {
  description:
    'Changes who looks after the case, e.g. {"role": "accountManager", "to": "ana-souza"}',
  form: fields<ReassignMessage>({
    ...maybeAddressed,
    role: word(STAFF_ROLES),
    to: slug,
    reason: optional(text(1000)),
  }),
  scope: 'cases:manage',
  isForTemporalUi: true,
  knownBy: 'requestId',
  isTakenWhileStopping: true,
  toUnblock: () => 'Send the update `reassign` with `{"role": "accountManager", "to": "<id>"}`',
  probes: (_state, to) => [{ ...to, role: 'accountManager', to: 'asked' }],
  refusal: reassignRefusal,
  happenings: reassignHappenings,
}

function reassignRefusal(
  _state: CaseState,
  message: ReassignMessage,
  caller: Caller,
): Refuse | null {
  if (message.role !== 'accountManager' && message.role !== 'lead') {
    return invalid('"role" must be accountManager or lead')
  }
  // From the Temporal UI anything can arrive, and a pattern takes `undefined` for a word.
  if (typeof message.to !== 'string' || !new RegExp(SLUG_PATTERN).test(message.to)) {
    return invalid('"to" must be the id of an account manager, like "ana-souza"')
  }
  return maySend(caller.role, 'cases:manage')
    ? null
    : notYou(`${caller.role} may not reassign a case`)
}

function reassignHappenings(state: CaseState, message: ReassignMessage, by: Actor): Happening[] {
  const from = message.role === 'lead' ? state.parties.leadId : state.parties.accountManagerId
  if (from === message.to) return []
  const { role, to, reason } = message
  return [happening('reassigned', { role, from, to, ...(reason ? { reason } : {}) }, by)]
}
