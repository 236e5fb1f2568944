import { type Happening, happening } from '../events.js'
import type { CaseState } from '../state.js'
import type { StaffRole } from '../../vocabulary.js'
import { policyOf } from '../case-policy.js'
import { resumeWait, workingTimeOf } from './window.js'
import type { WorkingTime } from '../../brand/working-intervals.js'

// From version 3 of the rules on a wait counts in the working time of whoever has it now. A
// reassignment names somebody whose calendar the case does not know yet: it is read then, and what
// is left of the wait, in the working time of whoever had it, is left to the new owner in theirs.

/** Somebody the case is given to, whose working time is to be read from `fromMs` on. */
export interface NewOwner {
  role: StaffRole
  who: string
  fromMs: number
}

/** Whose working time is to be read next, or `null`. */
export function newOwnerOf({ calendarDue, parties, openedAt, phase }: CaseState): NewOwner | null {
  const [role] = calendarDue ?? []
  if (role === undefined || phase === 'closed') return null
  const who = role === 'lead' ? parties.leadId : parties.accountManagerId
  return who === null ? null : { role, who, fromMs: openedAt }
}

/** What follows from having read it; nothing when the case went to somebody else meanwhile. */
export function workingTimeHappenings(
  state: CaseState,
  { role, who }: NewOwner,
  workingTime: WorkingTime | null,
  now: number,
): Happening[] {
  const owner = newOwnerOf(state)
  if (owner?.role !== role || owner.who !== who) return []
  const changed = happening('workingTimeChanged', { role, who, workingTime })
  return workingTime ? [changed, ...moved(state, role, workingTime, now)] : [changed]
}

/** A wait that a cooling-off has suspended is judged as of when it was. */
function moved(
  state: CaseState,
  role: StaffRole,
  workingTime: WorkingTime,
  now: number,
): Happening[] {
  const running = state.suspended ?? state
  const { wait } = running
  const before = workingTimeOf(state, running)
  const asOf = state.suspended ? (state.wait?.startedAt ?? now) : now
  // By the clock it stays as it is, and what is due already stays due.
  if (wait?.owner !== role || before === null || wait.dueAt <= asOf) return []
  const ahead = wait.reminders.filter((at) => at > asOf)
  const left = { dueAt: wait.dueAt, reminders: ahead }
  const { dueAt, reminders } = resumeWait(left, [asOf, asOf], before, workingTime)
  const isSame = dueAt === wait.dueAt && String(reminders) === String(wait.reminders)
  if (isSame || policyOf(state).rulesVersion < 3) return []
  return [
    happening('deadlineMoved', { from: wait.dueAt, to: dueAt, reminders, cause: 'reassigned' }),
  ]
}
