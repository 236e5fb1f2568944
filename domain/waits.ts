import { HOUR_MS } from './calendar.js'
import type { CaseState, Wait } from './case-state.js'
import { type PolicySnapshot, RULES_VERSION, type WindowPolicy } from './policy.js'
import { addWorkingTime } from './working-time.js'

/** A window that starts at `now`, with its deadline and reminders worked out. */
export function startWait(
  policy: PolicySnapshot,
  owner: 'brand' | 'accountManager' | 'lead',
  window: WindowPolicy,
  now: number,
): Wait {
  const intervals = window.time === 'clock' ? null : policy.workingTime[owner]
  return {
    owner,
    startedAt: now,
    dueAt: addWorkingTime(now, window.windowMs, intervals),
    reminders: window.remindersMs.map((ms) => addWorkingTime(now, ms, intervals)),
    remindersSent: 0,
    extensions: 0,
  }
}

/** The wait of a stuck case: its owner is noticed again every `attentionReminderMs`. */
export function attentionWait(state: CaseState, owner: Wait['owner'], now: number): Wait {
  const policy = policyOf(state)
  const everyMs = owner === 'marketplace' ? policy.takedownRetryMs : policy.attentionReminderMs
  return {
    owner,
    startedAt: now,
    dueAt: now + everyMs,
    reminders: [],
    remindersSent: 0,
    extensions: 0,
  }
}

/** The reminders kept after a deadline moved to `to`, with one more a day before it. */
export function remindersAfterMove(wait: Wait, to: number, now: number): number[] {
  const kept = wait.reminders.filter((at) => at < to)
  const dayBefore = to - 24 * HOUR_MS
  const isNew = dayBefore > now && kept.every((at) => at < dayBefore)
  return to > wait.dueAt && isNew ? [...kept, dayBefore] : kept
}

/** The version of the rules that hold for the case. */
export function rulesVersionOf(state: CaseState): number {
  return state.policy?.rulesVersion ?? RULES_VERSION
}

/** The policy of an opened case; a case refused at opening has none and never waits. */
export function policyOf(state: CaseState): PolicySnapshot {
  if (!state.policy)
    throw new Error(`case ${state.caseId} has no policy: it was refused at opening`)
  return state.policy
}
