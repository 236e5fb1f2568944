import type { CaseEventData } from '../case/events.js'
import type { CaseState } from '../case/state.js'
import type { SightingRef, SightingSummary } from './sighting-record.js'
import { firstWithin, jsonBytes } from '../form/size.js'
import { isMoreSevere } from '../vocabulary.js'
import { rulesVersionOf } from '../case/case-policy.js'

type Sightings = Pick<CaseState, 'sightings' | 'sightingSummary'>

/** The first sighting and the latest ones. */
export const MAX_SIGHTINGS_LISTED = 20
/** A report repeated after so many others counts as another one. */
const MAX_UNLISTED_IDS = 500
const MAX_RULE_ID_BYTES = 20_000

/**
 * The state after a further sighting. From rules version 3 on the list is bounded; an older case's
 * grows until its process takes its record over (`withBoundedSightings`).
 */
export function sightingAdded(
  state: CaseState,
  { sighting, evidence }: CaseEventData['sightingAdded'],
): CaseState {
  const evidenceBytes = evidence ? (state.evidenceBytes ?? 0) + jsonBytes(evidence) : undefined
  const next: CaseState = {
    ...state,
    sightings: [...state.sightings, sighting],
    ...(state.sightingSummary
      ? { sightingSummary: extended(state.sightingSummary, sighting) }
      : {}),
    ...(evidenceBytes === undefined ? {} : { evidenceBytes }),
  }
  const isBounded = rulesVersionOf(state) >= 3 || state.sightingSummary !== undefined
  return isBounded ? withBoundedSightings(next) : next
}

/** The same case with a list of sightings that is no longer than it may be. */
export function withBoundedSightings(state: CaseState): CaseState {
  const { sightings } = state
  const [first] = sightings
  if (!first || sightings.length <= MAX_SIGHTINGS_LISTED) return state
  const summary = state.sightingSummary ?? summaryOf(first, sightings)
  const latest = sightings.slice(1 - MAX_SIGHTINGS_LISTED)
  const unlisted = sightings.slice(1, 1 - MAX_SIGHTINGS_LISTED).map((s) => s.sightingId)
  const unlistedIds = [...summary.unlistedIds, ...unlisted].slice(-MAX_UNLISTED_IDS)
  return { ...state, sightings: [first, ...latest], sightingSummary: { ...summary, unlistedIds } }
}

/** How many reports the case has had. */
export function sightingCount({ sightings, sightingSummary }: Sightings): number {
  return sightingSummary?.count ?? sightings.length
}

/** True when the case has had this report. */
export function isKnownSighting(
  { sightings, sightingSummary }: Sightings,
  sightingId: string,
): boolean {
  return (
    sightings.some((s) => s.sightingId === sightingId) ||
    sightingSummary?.unlistedIds.includes(sightingId) === true
  )
}

/** The rules the case's sightings rest on, sorted. */
export function ruleIdsOfCase({ sightings, sightingSummary }: Sightings): string[] {
  return sightingSummary?.ruleIds ?? merged(sightings.flatMap(({ ruleIds }) => ruleIds))
}

/** True when every sighting of the case rests on that one rule in that version alone. */
export function restsOnRuleAlone(
  { sightings, sightingSummary }: Sightings,
  rule: { ruleId: string; monitorVersion: string },
): boolean {
  const loneRules = sightingSummary ? [sightingSummary.loneRule] : sightings.map(loneRuleOf)
  return loneRules.every((lone) => isSameRule(lone, rule))
}

/**
 * True when no sighting of the case is known to be somebody else's than this reporter's; always so
 * under rules before version 3. Sightings recorded without a reporter are anybody's.
 */
export function restsOnReporterAlone(state: CaseState, reporter: string): boolean {
  if (rulesVersionOf(state) < 3) return true
  const { sightings, sightingSummary } = state
  const lone = sightingSummary
    ? sightingSummary.loneReporter
    : sightings.reduce(loneReporterWith, undefined)
  return lone === undefined || lone === reporter
}

function summaryOf(first: SightingRef, sightings: readonly SightingRef[]): SightingSummary {
  const begun: SightingSummary = {
    count: 0,
    strongest: first,
    ruleIds: [],
    loneRule: loneRuleOf(first),
    unlistedIds: [],
  }
  return sightings.reduce(extended, begun)
}

function extended(summary: SightingSummary, sighting: SightingRef): SightingSummary {
  const lone = loneRuleOf(sighting)
  const loneReporter = loneReporterWith(summary.loneReporter, sighting)
  return {
    count: summary.count + 1,
    strongest: isStronger(sighting, summary.strongest) ? sighting : summary.strongest,
    ruleIds: firstWithin(merged([...summary.ruleIds, ...sighting.ruleIds]), MAX_RULE_ID_BYTES),
    loneRule: lone && isSameRule(summary.loneRule, lone) ? lone : null,
    ...(loneReporter === undefined ? {} : { loneReporter }),
    unlistedIds: summary.unlistedIds,
  }
}

function isStronger(a: SightingRef, b: SightingRef): boolean {
  return isMoreSevere(a.severity, b.severity) || (a.severity === b.severity && a.score > b.score)
}

function loneRuleOf({ ruleIds, monitorVersion }: SightingRef): SightingSummary['loneRule'] {
  const [ruleId] = ruleIds
  return ruleId !== undefined && ruleIds.length === 1 ? { ruleId, monitorVersion } : null
}

function isSameRule(
  a: SightingSummary['loneRule'],
  b: NonNullable<SightingSummary['loneRule']>,
): boolean {
  return a?.ruleId === b.ruleId && a.monitorVersion === b.monitorVersion
}

function loneReporterWith(
  lone: SightingSummary['loneReporter'],
  { reporter }: SightingRef,
): SightingSummary['loneReporter'] {
  if (reporter === undefined || lone === reporter) return lone
  return lone === undefined ? reporter : null
}

function merged(ruleIds: readonly string[]): string[] {
  return [...new Set(ruleIds)].sort()
}
