import type { PolicySnapshot } from '../brand/policy.js'
import type { Outcome, Severity } from '../vocabulary.js'
import { silentRun } from './waiting/silent-run.js'

/**
 * How a case came to its answer: in whose window, after all of them had passed (`needsAttention`), or
 * not at all (`expired`).
 */
export const FATES = ['brand', 'accountManager', 'lead', 'needsAttention', 'expired'] as const
export type Fate = (typeof FATES)[number]

/** What of a closed case says how it came to its end. */
export interface ClosedCase {
  severity: Severity
  openedAt: number
  decidedAt: number | null
  outcome: Outcome
  /** Whose deadlines passed without an answer, and when that was noticed. */
  missed: readonly { owner: 'brand' | 'accountManager' | 'lead'; at: number }[]
}

/** What another policy would have made of closed cases. */
export interface Replay {
  /** How many have an answer, or expired without one; the others say nothing of a policy. */
  judged: number
  /** Of those, how many would have come to their answer in another way. */
  different: number
  before: Record<Fate, number>
  after: Record<Fate, number>
}

/** What became of it; `null` where it neither was answered nor expired. */
export function fateOf({ outcome, decidedAt, missed }: ClosedCase): Fate | null {
  if (outcome === 'expired') return 'expired'
  if (decidedAt === null) return null
  const passed = new Set(missed.filter(({ at }) => at <= decidedAt).map(({ owner }) => owner))
  if (passed.has('lead')) return 'needsAttention'
  if (passed.has('accountManager')) return 'lead'
  return passed.has('brand') ? 'accountManager' : 'brand'
}

/**
 * What would have become of it under a policy, had everybody answered when they did. Deadlines that
 * people moved are as the policy sets them; without an answer it ends as silence does.
 */
export function fateUnder(
  policy: PolicySnapshot,
  { severity, openedAt, decidedAt, outcome }: ClosedCase,
): Fate {
  const answeredAt = outcome === 'expired' ? null : decidedAt
  const steps = silentRun(policy, severity, openedAt)
  let fate: Fate = 'brand'
  for (const step of steps) {
    if (answeredAt !== null && step.at > answeredAt) break
    if (step.kind === 'asked') fate = step.owner
    else if (step.kind !== 'reminded') fate = step.kind
  }
  return fate
}

/** What a policy would have made of cases. */
export function replay(policy: PolicySnapshot, cases: readonly ClosedCase[]): Replay {
  const none = () => Object.fromEntries(FATES.map((fate) => [fate, 0])) as Record<Fate, number>
  const result: Replay = { judged: 0, different: 0, before: none(), after: none() }
  for (const one of cases) {
    const before = fateOf(one)
    if (before === null) continue
    const after = fateUnder(policy, one)
    result.judged += 1
    result.before[before] += 1
    result.after[after] += 1
    if (before !== after) result.different += 1
  }
  return result
}
