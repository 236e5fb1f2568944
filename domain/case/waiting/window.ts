import { pauseMs } from '../../record/backoff.js'
import { DAY_MS } from '../../brand/calendar.js'
import type { CaseState, Wait } from '../state.js'
import type { PolicySnapshot, WindowPolicy } from '../../brand/policy.js'
import { isWaitingPhase, type Phase, type WindowOwner } from '../../vocabulary.js'
import {
  addWorkingTime,
  nextWorkingInstant,
  subtractWorkingTime,
  workingTimeBetween,
} from '../../brand/working-time.js'
import type { WorkingTime } from '../../brand/working-intervals.js'
import { policyOf, rulesVersionOf } from '../case-policy.js'

/** A window that starts at `now`, with its deadline and reminders worked out. */
export function startWait(
  policy: PolicySnapshot,
  owner: WindowOwner,
  window: WindowPolicy,
  now: number,
): Wait {
  const working = window.time === 'clock' ? null : policy.workingTime[owner]
  const dueAt = addWorkingTime(now, window.windowMs, working)
  const reminders = window.remindersMs.map((ms) => addWorkingTime(now, ms, working))
  return {
    owner,
    startedAt: now,
    dueAt,
    reminders: policy.rulesVersion >= 3 ? inWorkingTime(reminders, dueAt, working) : reminders,
    remindersSent: 0,
    extensions: 0,
  }
}

/** The service's own retries of a takedown come up to this many times `takedownRetryMs` apart. */
const RETRY_BACKOFF = 8

/**
 * The wait of a stuck case: its owner is noticed again every `attentionReminderMs`. One that waits
 * for its marketplace is tried again after pauses that grow from `takedownRetryMs` to eight times
 * it and differ from case to case (before rules version 3: always after `takedownRetryMs`).
 */
export function attentionWait(state: CaseState, owner: Wait['owner'], now: number): Wait {
  const { attentionReminderMs } = policyOf(state)
  return {
    owner,
    startedAt: now,
    dueAt: now + (owner === 'marketplace' ? retryPauseMs(state) : attentionReminderMs),
    reminders: [],
    remindersSent: 0,
    extensions: 0,
  }
}

function retryPauseMs(state: CaseState): number {
  const { takedownRetryMs } = policyOf(state)
  if (rulesVersionOf(state) < 3) return takedownRetryMs
  const backoff = { firstMs: takedownRetryMs, longestMs: RETRY_BACKOFF * takedownRetryMs }
  const { failing } = (state.phase === 'restoring' ? state.restoration : state.takedown) ?? {}
  return pauseMs(backoff, failing?.efforts ?? 0, state.caseId)
}

/**
 * The time in which a wait of that phase counts: the working time of its owner, or `null` by the
 * clock. Rules before version 3 count everything that moves a deadline by the clock.
 */
export function workingTimeOf(
  state: CaseState,
  { phase, wait }: { phase: Phase; wait: Wait | null } = state,
): WorkingTime | null {
  const owner = wait?.owner
  const hasWindow = owner === 'brand' || owner === 'accountManager' || owner === 'lead'
  if (!hasWindow || !isWaitingPhase(phase) || rulesVersionOf(state) < 3) return null
  const policy = policyOf(state)
  const severity = policy.severities[state.severity]
  const window = severity[owner] ?? severity.accountManager
  return window.time === 'clock' ? null : policy.workingTime[owner]
}

/**
 * What is left of a wait at `fromMs`, as it is when it goes on at `toMs`: the same working time is
 * left. `after` is the working time it counts in from then on.
 */
export function resumeWait(
  wait: Pick<Wait, 'dueAt' | 'reminders'>,
  [fromMs, toMs]: readonly [number, number],
  before: WorkingTime | null,
  after: WorkingTime | null = before,
): Pick<Wait, 'dueAt' | 'reminders'> {
  const resumed = (at: number) =>
    addWorkingTime(toMs, workingTimeBetween(fromMs, at, before), after)
  const dueAt = resumed(wait.dueAt)
  return { dueAt, reminders: inWorkingTime(wait.reminders.map(resumed), dueAt, after) }
}

/** Reminders in the time somebody works, each once, as far as they come before the deadline. */
function inWorkingTime(
  reminders: readonly number[],
  dueAt: number,
  working: WorkingTime | null,
): number[] {
  const instants = reminders.map((at) => nextWorkingInstant(at, working))
  return [...new Set(instants)].filter((at) => at < dueAt)
}

/** The reminders kept after a deadline moved to `to`, with one more a (working) day before it. */
export function remindersAfterMove(state: CaseState, to: number, now: number): number[] {
  const { wait } = state
  if (!wait) return []
  const kept = wait.reminders.filter((at) => at < to)
  const dayBefore = subtractWorkingTime(to, DAY_MS, workingTimeOf(state))
  const isNew = dayBefore > now && kept.every((at) => at < dayBefore)
  return to > wait.dueAt && isNew ? [...kept, dayBefore] : kept
}
