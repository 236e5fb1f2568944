import type { CaseEvent, CaseEventData } from '../events.js'
import type { CaseState, Wait } from '../state.js'
import { isBrandRole } from '../../vocabulary.js'
import { rulesVersionOf } from '../case-policy.js'

/** The state after a reminder: those that were due with it are done, and the next may be the last. */
export function reminded(state: CaseState, data: CaseEventData['reminderSent']): CaseState {
  if (!state.wait) return state
  return {
    ...state,
    wait: {
      ...state.wait,
      reminders: state.wait.reminders.slice(data.consumed),
      remindersSent: data.number,
      dueAt: data.nextDueAt ?? state.wait.dueAt,
    },
  }
}

/** The state after a wait was moved: extended, or paused by a cooling-off or a severity raised. */
export function deadlineMoved(
  state: CaseState,
  { by, data }: CaseEvent<'deadlineMoved'>,
): CaseState {
  const isByBrand = data.cause === 'extended' && isBrandRole(by.role)
  const isExtension = data.cause === 'extended' && rulesVersionOf(state) >= 3
  const moved = (wait: Wait): Wait => ({
    ...wait,
    dueAt: data.to,
    reminders: data.reminders,
    extensions: wait.extensions + (isByBrand ? 1 : 0),
    ...(isExtension ? { extendedMs: (wait.extendedMs ?? 0) + data.to - data.from } : {}),
  })
  const { suspended, wait } = state
  // A cooling-off runs to its own end; what moves is the wait it would go back to.
  return suspended
    ? { ...state, suspended: { ...suspended, wait: moved(suspended.wait) } }
    : { ...state, wait: wait && moved(wait) }
}

/** The state after the case got another account manager or lead; since rules version 3 in their time. */
export function reassigned(state: CaseState, { role, to }: CaseEventData['reassigned']): CaseState {
  const party = role === 'lead' ? 'leadId' : 'accountManagerId'
  const next = { ...state, parties: { ...state.parties, [party]: to } }
  if (!state.policy || rulesVersionOf(state) < 3) return next
  return { ...next, calendarDue: [...new Set([...(state.calendarDue ?? []), role])] }
}

/** The state after it is known when the new account manager or lead works. */
export function workingTimeChanged(
  { calendarDue = [], ...state }: CaseState,
  { role, workingTime }: CaseEventData['workingTimeChanged'],
): CaseState {
  const due = calendarDue.filter((each) => each !== role)
  const policy = workingTime && state.policy
  return {
    ...state,
    ...(due.length > 0 ? { calendarDue: due } : {}),
    ...(policy
      ? { policy: { ...policy, workingTime: { ...policy.workingTime, [role]: workingTime } } }
      : {}),
  }
}
