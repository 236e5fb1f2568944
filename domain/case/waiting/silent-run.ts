import { record } from '../kind.js'
import { type CaseState, unopenedCase } from '../state.js'
import type { PolicySnapshot } from '../../brand/policy.js'
import type { Severity, StaffRole } from '../../vocabulary.js'
import { dueHappenings, nextDeadline } from './due.js'
import { startWait } from './window.js'

/** What happens to a case by itself while nobody answers, and when. */
export type SilentStep =
  | { at: number; kind: 'asked' | 'reminded'; owner: 'brand' | StaffRole; dueAt: number }
  | { at: number; kind: 'expired' | 'needsAttention' }

/** A run that is never answered has a few dozen steps: three windows and their reminders. */
const MAX_STEPS = 200

/**
 * What becomes of a case of that severity under a policy if it is asked about at `startMs` and nobody
 * ever answers: the very rules that open cases follow, up to its end or to where it only waits.
 */
export function silentRun(
  policy: PolicySnapshot,
  severity: Severity,
  startMs: number,
): SilentStep[] {
  const unopened = unopenedCase({ caseId: 'silent', brandId: '', marketplace: '' }, startMs)
  const wait = startWait(policy, 'brand', policy.severities[severity].brand, startMs)
  let state: CaseState = { ...unopened, severity, policy, phase: 'awaitingBrand', wait, rev: 1 }
  const steps: SilentStep[] = [{ at: startMs, kind: 'asked', owner: 'brand', dueAt: wait.dueAt }]
  while (steps.length < MAX_STEPS) {
    const next = nextDeadline(state)
    if (!next) break
    const happenings = dueHappenings(state, next.at)
    state = record(state, happenings, next.at).state
    const step = stepOf(state, next.at, next.kind === 'reminder')
    if (!step) break
    steps.push(step)
    if (step.kind === 'expired' || step.kind === 'needsAttention') break
  }
  return steps
}

function stepOf({ phase, wait }: CaseState, at: number, isReminder: boolean): SilentStep | null {
  if (phase === 'closed') return { at, kind: 'expired' }
  if (phase === 'needsAttention') return { at, kind: 'needsAttention' }
  const owner = wait?.owner
  if (owner !== 'brand' && owner !== 'accountManager' && owner !== 'lead') return null
  return { at, kind: isReminder ? 'reminded' : 'asked', owner, dueAt: wait?.dueAt ?? at }
}
