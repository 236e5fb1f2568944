import { type Happening, happening } from './case-events.js'
import type { Actor, CaseState, SightingRef } from './case-state.js'
import { ruleIdsOf, type Sighting } from './listing.js'
import { isMoreSevere } from './vocabulary.js'
import { policyOf, rulesVersionOf, startWait } from './waits.js'

/** What a case remembers of a sighting. */
export function sightingRef(sighting: Sighting, at: number): SightingRef {
  return {
    sightingId: sighting.sightingId,
    at,
    monitor: sighting.monitor.name,
    monitorVersion: sighting.monitor.version,
    ruleIds: ruleIdsOf(sighting),
    score: sighting.score,
    severity: sighting.suspectedSeverity,
  }
}

/** A further sighting of the listing. It may raise the severity, never lower it. */
export function sightingHappenings(
  state: CaseState,
  sighting: Sighting,
  now: number,
  by: Actor,
): Happening[] {
  if (state.sightings.some((s) => s.sightingId === sighting.sightingId)) return []
  const added = happening('sightingAdded', { sighting: sightingRef(sighting, now) }, by)
  const raises = isMoreSevere(sighting.suspectedSeverity, state.severity)
  if (!raises || state.phase === 'closed') return [added]
  return [added, ...severityRaise(state, sighting.suspectedSeverity, now, by)]
}

/** True when every sighting of the case rests on that one rule in that version alone. */
export function restsOnRuleAlone(
  sightings: readonly SightingRef[],
  rule: { ruleId: string; monitorVersion: string },
): boolean {
  return sightings.every(
    (s) =>
      s.monitorVersion === rule.monitorVersion &&
      s.ruleIds.length === 1 &&
      s.ruleIds[0] === rule.ruleId,
  )
}

/**
 * Raises the severity. The running window, or the one a cooling-off has suspended, is measured again
 * by the stricter policy, from when it started; it can only end sooner, and an end already past is
 * due at once.
 */
function severityRaise(
  state: CaseState,
  to: CaseState['severity'],
  now: number,
  by: Actor,
): Happening[] {
  const raised = happening('severityRaised', { from: state.severity, to }, by)
  const { phase, wait } = (rulesVersionOf(state) >= 2 && state.suspended) || state
  const owner = wait?.owner
  const waiting = ['awaitingBrand', 'awaitingAccountManager', 'awaitingLead'].includes(phase)
  if (!wait || !waiting || (owner !== 'brand' && owner !== 'accountManager' && owner !== 'lead')) {
    return [raised]
  }
  const policy = policyOf(state)
  const window = policy.severities[to][owner]
  if (!window) return [raised]
  const stricter = startWait(policy, owner, window, wait.startedAt)
  const dueAt = Math.max(now, stricter.dueAt)
  if (dueAt >= wait.dueAt) return [raised]
  const reminders = stricter.reminders.filter((at) => at > now && at < dueAt)
  return [
    raised,
    happening(
      'deadlineMoved',
      { from: wait.dueAt, to: dueAt, reminders, cause: 'severityRaised' },
      by,
    ),
  ]
}
