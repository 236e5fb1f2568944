import { DAY_MS, HOUR_MS, MINUTE_MS } from './calendar.js'
import type { WorkingTime } from './working-intervals.js'
import { SEVERITIES, type Severity, type SilencePolicy } from '../vocabulary.js'

/**
 * Version of the rules in this folder that a case is opened under; it never changes for that case,
 * because other events would break the replay of its history. What came with version 2:
 * a takedown that goes on failing is told once per `attentionReminderMs`, not with every retry;
 * a severity raised in a cooling-off shortens the wait that is suspended;
 * addresses that failed before the brand was asked again do not count;
 * a question the brand asks while somebody else has the case is told to them.
 * What came with version 3 stands beside each rule, as `rulesVersionOf(state) >= 3`.
 */
export const RULES_VERSION = 3

/** The versions that new cases may be opened under; others are for cases that have them. */
export const NEW_CASE_RULES: readonly number[] = [RULES_VERSION]

/**
 * One owner's window. `windowMs` and `remindersMs` (offsets from its start) count by the clock or
 * in the owner's working time, in which one working day is 24 h.
 */
export interface WindowPolicy {
  windowMs: number
  time: 'clock' | 'working'
  remindersMs: number[]
}

/** Who is asked for how long, and what happens when nobody answers. `lead: null` = no such step. */
export interface SeverityPolicy {
  brand: WindowPolicy
  accountManager: WindowPolicy
  lead: WindowPolicy | null
  silence: SilencePolicy
}

/** A brand's policy: data, versioned, applied to cases opened after it was saved. */
export interface BrandPolicy {
  severities: Record<Severity, SeverityPolicy>
  /** Time between a confirming decision and the takedown, in which `undecide` stops it. */
  coolingOffMs: { single: number; bulk: number }
  /** How far the brand itself may move its own deadline, once per window. */
  extensionMs: number
  /** How far staff may move a deadline at a time; 14 days where it is absent. */
  staffExtensionMs?: number
  /** How far a deadline may be moved altogether, by whomever; 30 days where it is absent. */
  longestExtensionMs?: number
  /** How long the marketplace is tried before the case needs attention; at most ten minutes. */
  takedownBudgetMs: number
  /** Pause between the service's own attempts after a takedown could not be carried out. */
  takedownRetryMs: number
  /** Pause between repeated notices while a case needs attention. */
  attentionReminderMs: number
}

/** A policy as one case carries it: with working time in which a workflow can count. */
export interface PolicySnapshot extends BrandPolicy {
  rulesVersion: number
  policyVersion: number
  workingTime: { brand: WorkingTime; accountManager: WorkingTime; lead: WorkingTime }
}

const working = (windowMs: number, ...remindersMs: number[]): WindowPolicy => ({
  windowMs,
  time: 'working',
  remindersMs,
})
const clock = (windowMs: number, ...remindersMs: number[]): WindowPolicy => ({
  windowMs,
  time: 'clock',
  remindersMs,
})

/** The policy of a brand that has set none. */
export const DEFAULT_POLICY: BrandPolicy = {
  severities: {
    S1: {
      brand: clock(24 * HOUR_MS, 8 * HOUR_MS, 16 * HOUR_MS),
      accountManager: clock(8 * HOUR_MS),
      lead: clock(4 * HOUR_MS),
      silence: 'neverExpires',
    },
    S2: {
      brand: working(3 * DAY_MS, DAY_MS, 2 * DAY_MS),
      accountManager: working(24 * HOUR_MS),
      lead: working(8 * HOUR_MS),
      silence: 'platformDecides',
    },
    S3: {
      brand: working(3 * DAY_MS, DAY_MS, 2 * DAY_MS),
      accountManager: working(48 * HOUR_MS, 24 * HOUR_MS),
      lead: working(24 * HOUR_MS),
      silence: 'accountManagerDecides',
    },
    S4: {
      brand: working(3 * DAY_MS, 2 * DAY_MS),
      accountManager: working(48 * HOUR_MS),
      lead: null,
      silence: 'release',
    },
  },
  coolingOffMs: { single: 0, bulk: 10 * MINUTE_MS },
  extensionMs: 72 * HOUR_MS,
  takedownBudgetMs: 10 * MINUTE_MS,
  takedownRetryMs: 30 * MINUTE_MS,
  attentionReminderMs: DAY_MS,
}

/** Severities that may never end as `expired`, whatever a policy says. */
export const NEVER_EXPIRING: readonly Severity[] = ['S1', 'S2']

const LONGEST_WINDOW_MS = 60 * DAY_MS
const LONGEST_COOLING_OFF_MS = DAY_MS
// A pause of nothing would keep a stuck case busy for ever.
const SHORTEST_PAUSE_MS = 1_000

/** What a policy without these says of extensions. */
export const DEFAULT_STAFF_EXTENSION_MS = 14 * DAY_MS
export const DEFAULT_LONGEST_EXTENSION_MS = 30 * DAY_MS

/**
 * Everything wrong with a policy, each line saying what to change; empty when it can be saved.
 * `minWindowMs`: windows may not be shorter, nor reminders closer to each other; a policy of
 * milliseconds would be a mail bomb.
 */
export function policyProblems(policy: BrandPolicy, minWindowMs: number): string[] {
  const problems: string[] = []
  for (const severity of SEVERITIES) {
    const s = policy.severities[severity]
    for (const owner of ['brand', 'accountManager', 'lead'] as const) {
      const window = s[owner]
      if (window)
        problems.push(...windowProblems(`severities.${severity}.${owner}`, window, minWindowMs))
    }
    problems.push(...silenceProblems(severity, s))
  }
  const { coolingOffMs, extensionMs, takedownBudgetMs, takedownRetryMs } = policy
  const { staffExtensionMs = DEFAULT_STAFF_EXTENSION_MS } = policy
  const { longestExtensionMs = DEFAULT_LONGEST_EXTENSION_MS } = policy
  problems.push(
    ...spanProblems('coolingOffMs.single', coolingOffMs.single, 0, LONGEST_COOLING_OFF_MS),
    ...spanProblems('coolingOffMs.bulk', coolingOffMs.bulk, 0, LONGEST_COOLING_OFF_MS),
    ...spanProblems('extensionMs', extensionMs, 0, LONGEST_WINDOW_MS),
    ...spanProblems('staffExtensionMs', staffExtensionMs, 0, LONGEST_WINDOW_MS),
    ...spanProblems('longestExtensionMs', longestExtensionMs, 0, LONGEST_WINDOW_MS),
    ...spanProblems('takedownBudgetMs', takedownBudgetMs, SHORTEST_PAUSE_MS, 10 * MINUTE_MS),
    ...spanProblems('takedownRetryMs', takedownRetryMs, SHORTEST_PAUSE_MS, 7 * DAY_MS),
    ...spanProblems(
      'attentionReminderMs',
      policy.attentionReminderMs,
      Math.max(minWindowMs, SHORTEST_PAUSE_MS),
      LONGEST_WINDOW_MS,
    ),
  )
  return problems
}

function spanProblems(path: string, ms: number, min: number, max: number): string[] {
  const isFine = Number.isInteger(ms) && ms >= min && ms <= max
  return isFine ? [] : [`${path} must be a whole number of ms from ${min} to ${max}`]
}

function windowProblems(path: string, window: WindowPolicy, minMs: number): string[] {
  const problems = spanProblems(`${path}.windowMs`, window.windowMs, minMs, LONGEST_WINDOW_MS)
  const ascending = window.remindersMs.every(
    (ms, i) =>
      Number.isInteger(ms) && ms > (window.remindersMs[i - 1] ?? 0) && ms < window.windowMs,
  )
  if (!ascending) {
    problems.push(
      `${path}.remindersMs must be whole numbers that ascend and lie inside the window of ${window.windowMs}`,
    )
  } else if (window.remindersMs.some((ms, i) => ms - (window.remindersMs[i - 1] ?? 0) < minMs)) {
    problems.push(`${path}.remindersMs must lie at least ${minMs} apart, and after the start`)
  }
  return problems
}

function silenceProblems(severity: Severity, policy: SeverityPolicy): string[] {
  const path = `severities.${severity}`
  if (severity === 'S1' && policy.silence !== 'neverExpires') {
    return [`${path}.silence must be neverExpires: a safety case is never dropped`]
  }
  if (severity === 'S2' && !['neverExpires', 'platformDecides'].includes(policy.silence)) {
    return [`${path}.silence must be neverExpires or platformDecides`]
  }
  if (policy.silence === 'platformDecides' && policy.lead === null) {
    return [`${path}.lead is needed: under platformDecides the lead decides`]
  }
  return []
}
