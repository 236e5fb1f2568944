import { fields, text } from '../../form/forms.js'
import { type Happening, happening } from '../events.js'
import type { Actor, CaseState, Wait } from '../state.js'
import { isStoppable, stopHappening } from '../stopping.js'
import { resumeWait, workingTimeOf } from '../waiting/window.js'
import { rulesVersionOf } from '../case-policy.js'
import { addressed, type Addressed } from './caller.js'
import { decisionIdForm } from './decide-message.js'
import { invalid, notNow, notYou, type Refuse } from './reply.js'
import type { MessageRule } from './rule.js'
import { maySend } from './senders.js'

/** Stops a takedown in its cooling-off, or while it is tried. */
export interface UndecideMessage extends Addressed {
  decisionId: string
  reason: string
}

/** As many stops of a wait as it remembers, to measure it again when the severity is raised. */
const MAX_PAUSES = 100

/** Takes a decision back that has not been carried out. */
export const undecide: MessageRule<UndecideMessage> = {
  description: 'Stops a takedown in its cooling-off, or while it is tried. Use the API or the CLI.',
  form: fields<UndecideMessage>({ ...addressed, decisionId: decisionIdForm, reason: text(1000) }),
  scope: 'cases:decide',
  knownBy: 'requestId',
  probes: ({ decision }, to) => [
    { ...to, decisionId: decision?.decisionId ?? '', reason: 'asked' },
  ],
  refusal: undecideRefusal,
  happenings: undecideHappenings,
}

function undecideRefusal(state: CaseState, message: UndecideMessage): Refuse | null {
  if (!state.decision || (state.phase !== 'coolingOff' && !isStoppable(state))) {
    return notNow(
      'a decision can be undone only in its cooling-off, or while its takedown is tried',
    )
  }
  if (state.decision.decisionId !== message.decisionId) {
    return invalid(`the decision that stands is ${state.decision.decisionId}`)
  }
  const { role } = message.caller
  return maySend(role, 'cases:decide') ? null : notYou(`${role} may not undo a decision`)
}

/**
 * Goes back to the wait before the decision; the time in cooling-off is given back to its owner.
 * A takedown that is tried already is stopped first, and the brand then asked with a fresh window.
 */
function undecideHappenings(
  state: CaseState,
  message: UndecideMessage,
  by: Actor,
  now: number,
): Happening[] {
  const { suspended, decision, wait } = state
  if (isStoppable(state)) return [stopHappening(state, 'undecide', message.reason, by, now)]
  if (!suspended || !decision || !wait) return []
  const resumed = resumedWait(state, suspended, wait.startedAt, now)
  return [
    happening(
      'undecided',
      {
        decisionId: decision.decisionId,
        reason: message.reason,
        phase: suspended.phase,
        wait: resumed,
      },
      by,
    ),
  ]
}

/** Rules before version 3 give the time back by the clock. */
function resumedWait(
  state: CaseState,
  suspended: NonNullable<CaseState['suspended']>,
  pausedAt: number,
  now: number,
): Wait {
  const { wait } = suspended
  const at = Math.max(pausedAt, now)
  if (rulesVersionOf(state) < 3) {
    const pausedMs = at - pausedAt
    const reminders = wait.reminders.map((reminder) => reminder + pausedMs)
    return { ...wait, dueAt: wait.dueAt + pausedMs, reminders }
  }
  const resumed = resumeWait(wait, [pausedAt, at], workingTimeOf(state, suspended))
  return {
    ...wait,
    // A deadline moved to a day nobody works is not lost.
    dueAt: Math.max(wait.dueAt, resumed.dueAt),
    reminders: resumed.reminders,
    pauses: [...(wait.pauses ?? []), [pausedAt, at] as [number, number]].slice(-MAX_PAUSES),
  }
}
