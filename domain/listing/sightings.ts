import { isAnsweredBefore } from '../case/answered-before.js'
import { type Happening, happening } from '../case/events.js'
import type { Actor, CaseState, Wait } from '../case/state.js'
import type { SightingEvidence, SightingRef } from './sighting-record.js'
import { ruleIdsOf, type Sighting } from './listing.js'
import { isKnownSighting } from './sighting-list.js'
import { firstWithin, jsonBytes } from '../form/size.js'
import { isMoreSevere, isWaitingPhase } from '../vocabulary.js'
import { policyOf, rulesVersionOf } from '../case/case-policy.js'
import { resumeWait, startWait } from '../case/waiting/window.js'
import type { WorkingTime } from '../brand/working-intervals.js'

/** Only rule ids full of control characters are longer; those that do not fit are left out. */
const MAX_RULE_ID_BYTES = 6_000
/** What the record keeps of the evidence of a case's further sightings; later ones are counted. */
export const MAX_EVIDENCE_BYTES = 1_000_000

/** What a case remembers of a sighting. */
export function sightingRef(sighting: Sighting, at: number): SightingRef {
  return {
    sightingId: sighting.sightingId,
    at,
    monitor: sighting.monitor.name,
    monitorVersion: sighting.monitor.version,
    ruleIds: firstWithin(ruleIdsOf(sighting), MAX_RULE_ID_BYTES),
    score: sighting.score,
    severity: sighting.suspectedSeverity,
    ...(sighting.reporter === undefined ? {} : { reporter: sighting.reporter }),
  }
}

/** A further sighting of the listing. It may raise the severity, never lower it. */
export function sightingHappenings(
  state: CaseState,
  sighting: Sighting,
  now: number,
  by: Actor,
): Happening[] {
  if (isKnownSighting(state, sighting.sightingId)) return []
  const data = { sighting: sightingRef(sighting, now), evidence: evidenceOf(state, sighting) }
  const added = happening('sightingAdded', data, by)
  const raises = isMoreSevere(sighting.suspectedSeverity, state.severity)
  if (!raises || state.phase === 'closed') return [added]
  return [added, ...severityRaise(state, sighting.suspectedSeverity, now, by)]
}

/**
 * True when a report is not for this case but for the next one of its listing: the case has closed,
 * and what ended it does not answer the report.
 */
export function opensNextCase(
  state: CaseState,
  { sighting, next }: { sighting: Sighting; next?: { isPromised: boolean } },
  now: number,
): boolean {
  if (isKnownSighting(state, sighting.sightingId)) return false
  if (next?.isPromised) return true
  return state.phase === 'closed' && !isAnsweredBefore(state, sighting.listing, now)
}

/** What was seen, as long as the case has room for it. */
function evidenceOf(
  { evidenceBytes = 0 }: CaseState,
  { listing, signals, whyUnverifiable }: Sighting,
): SightingEvidence | null {
  const evidence = { listing, signals, whyUnverifiable }
  return evidenceBytes + jsonBytes(evidence) <= MAX_EVIDENCE_BYTES ? evidence : null
}

/**
 * Raises the severity. The running window, or the one a cooling-off has suspended, is measured again
 * by the stricter policy, from when it started; it can only end sooner, and an end already past is
 * due at once. Time in which it stood still does not count, and one suspended is judged as of when it
 * was (since rules version 3).
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
  const waiting = isWaitingPhase(phase)
  if (!wait || !waiting || (owner !== 'brand' && owner !== 'accountManager' && owner !== 'lead')) {
    return [raised]
  }
  const policy = policyOf(state)
  const window = policy.severities[to][owner]
  if (!window) return [raised]
  const stricter = measuredAgain(
    startWait(policy, owner, window, wait.startedAt),
    wait.pauses,
    window.time === 'clock' ? null : policy.workingTime[owner],
  )
  const isPaused = state.suspended !== null && rulesVersionOf(state) >= 3
  const asOf = isPaused ? (state.wait?.startedAt ?? now) : now
  const dueAt = Math.max(asOf, stricter.dueAt)
  if (dueAt >= wait.dueAt) return [raised]
  const reminders = stricter.reminders.filter((at) => at > asOf && at < dueAt)
  return [
    raised,
    happening(
      'deadlineMoved',
      { from: wait.dueAt, to: dueAt, reminders, cause: 'severityRaised' },
      by,
    ),
  ]
}

/** A window measured again, without the time in which it stood still. */
function measuredAgain(
  measured: Wait,
  pauses: Wait['pauses'] = [],
  working: WorkingTime | null,
): Pick<Wait, 'dueAt' | 'reminders'> {
  const { dueAt, reminders } = measured
  return pauses.reduce<Pick<Wait, 'dueAt' | 'reminders'>>(
    ({ dueAt, reminders }, [from, to]) => {
      if (from >= dueAt) return { dueAt, reminders }
      const ahead = reminders.filter((at) => at > from)
      return resumeWait({ dueAt, reminders: ahead }, [from, to], working)
    },
    { dueAt, reminders },
  )
}
