import { fields, type Form, id, optional, shownText, text } from '../../form/forms.js'
import { reporterOf } from '../../listing/reporter.js'
import { restsOnReporterAlone, restsOnRuleAlone } from '../../listing/sighting-list.js'
import { closingHappenings } from '../closing.js'
import { isToBePutBack } from '../restoring.js'
import type { CaseState } from '../state.js'
import { addressed, type Addressed, type Caller } from './caller.js'
import { notNow, notYou, type Refuse } from './reply.js'
import type { MessageRule } from './rule.js'
import { maySend } from './senders.js'

/** Takes the suspicion back. */
export interface WithdrawMessage extends Addressed {
  reason: string
  /** Withdraws only if the case rests on this rule alone. */
  rule?: { ruleId: string; monitorVersion: string }
}

/** A rule of a monitor, in one version. */
export const ruleForm: Form = fields<NonNullable<WithdrawMessage['rule']>>({
  ruleId: id(100),
  monitorVersion: shownText(100),
})

/** The monitor takes its suspicion back. */
export const withdraw: MessageRule<WithdrawMessage> = {
  description: 'The monitor takes its suspicion back. Use the API or the CLI.',
  form: fields<WithdrawMessage>({ ...addressed, reason: text(1000), rule: optional(ruleForm) }),
  scope: 'cases:withdraw',
  knownBy: 'requestId',
  probes: (_state, to) => [{ ...to, reason: 'asked' }],
  refusal: withdrawRefusal,
  happenings: (state, { reason }, by, now) => closingHappenings(state, 'withdraw', reason, by, now),
}

/** Why it may not be: a monitor takes back what rests on its own reports alone; an operator, whatever it rests on. */
export function withdrawRefusal(
  state: CaseState,
  message: WithdrawMessage,
  caller: Caller,
): Refuse | null {
  if (!maySend(caller.role, 'cases:withdraw')) {
    return notYou(`${caller.role} may not withdraw a case; only its monitor may`)
  }
  if (state.phase === 'takingDown') return notNow('a takedown is in flight')
  if (isToBePutBack(state)) return notNow('the listing is to be put back first')
  if (state.decision) {
    return notNow(`the ${state.decision.by.role} already decided; that answer stands`)
  }
  if (caller.role === 'monitor' && !restsOnReporterAlone(state, reporterOf(caller))) {
    return notNow('the case also rests on reports of another monitor')
  }
  return message.rule && !restsOnRuleAlone(state, message.rule)
    ? notNow('the case also rests on other rules')
    : null
}
