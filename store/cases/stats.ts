import type { QueryFilter } from 'mongoose'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { type Phase, PHASES } from '../../domain/vocabulary.js'
import type { CaseModel } from './row.js'
import type { CaseDocument } from './document.js'
import { type Percentiles, percentiles } from './percentiles.js'
import { OPEN_CASE_INDEX, PERIOD_INDEXES } from './report-indexes.js'
import { inScope } from '../scope.js'
import type { OpenPhase } from './repository.js'
import type { CaseStats, Figures, MissedCounts, StatsQuery, TenantScope } from '../store.js'

/** As many durations as percentiles are computed from; one document holds them easily. */
const MAX_DURATIONS = 10_000
/** As many brands or account managers as a report names, those with most open cases first. */
const MAX_GROUPS = 500

type Scoped = QueryFilter<CaseDocument>
type Span = [start: 'openedAt' | 'decidedAt', end: 'decidedAt' | 'removedAt']

/** The figures of a report over the cases in scope. Every query reads an index, and no case. */
export async function caseStats(
  cases: CaseModel,
  scope: TenantScope,
  { now, from, to, groupBy }: StatsQuery,
): Promise<CaseStats> {
  const scoped = inScope(scope)
  const startOfDayMs = now.getTime() - (now.getTime() % DAY_MS)
  const today = { from: new Date(startOfDayMs), to: new Date(startOfDayMs + DAY_MS) }
  const [total, groups, decidedToday] = await Promise.all([
    figuresBy(cases, scoped, { now, from, to }, null),
    groupBy ? figuresBy(cases, scoped, { now, from, to }, groupBy) : null,
    countBy(cases, scoped, 'decidedAt', today, null),
  ])
  const named = [...(groups ?? [])].map(([id, figures]) => ({ id, ...figures }))
  const openOf = ({ openByPhase }: Figures) =>
    Object.values(openByPhase).reduce((sum, count) => sum + count, 0)
  return {
    from,
    to,
    ...(total.get(null) ?? NOTHING),
    decidedToday: decidedToday.get(null) ?? 0,
    ...(groups ? { groups: named.sort((a, b) => openOf(b) - openOf(a)).slice(0, MAX_GROUPS) } : {}),
  }
}

const NO_DURATIONS = percentiles([])
const NOTHING: Figures = {
  openByPhase: {},
  openByAge: { underOneDay: 0, oneToThreeDays: 0, threeToSevenDays: 0, older: 0 },
  overdue: 0,
  waitingForWorker: 0,
  opened: 0,
  decided: 0,
  removed: 0,
  missed: { brand: 0, accountManager: 0, lead: 0 },
  timeToDecisionMs: NO_DURATIONS,
  timeToTakedownMs: NO_DURATIONS,
  decisionToRemovalMs: NO_DURATIONS,
}

type Key = string | null
type Period = { from: Date; to: Date }
type GroupBy = NonNullable<StatsQuery['groupBy']>

/** All figures by brand or account manager; under `null` alone when they are not told apart. */
async function figuresBy(
  cases: CaseModel,
  scoped: Scoped,
  { now, ...period }: Period & { now: Date },
  groupBy: GroupBy | null,
): Promise<Map<Key, Figures>> {
  const [open, opened, decided, removed, missed, toDecision, toTakedown, toRemoval] =
    await Promise.all([
      openFigures(cases, scoped, now, groupBy),
      countBy(cases, scoped, 'openedAt', period, groupBy),
      countBy(cases, scoped, 'decidedAt', period, groupBy),
      countBy(cases, scoped, 'removedAt', period, groupBy),
      missedBy(cases, scoped, period, groupBy),
      durations(cases, scoped, ['openedAt', 'decidedAt'], period, groupBy),
      durations(cases, scoped, ['openedAt', 'removedAt'], period, groupBy),
      durations(cases, scoped, ['decidedAt', 'removedAt'], period, groupBy),
    ])
  const keys = new Set([...open.keys(), ...opened.keys(), ...decided.keys(), ...missed.keys()])
  for (const key of removed.keys()) keys.add(key)
  return new Map(
    [...keys].map((key) => [
      key,
      {
        ...(open.get(key) ?? NOTHING),
        opened: opened.get(key) ?? 0,
        decided: decided.get(key) ?? 0,
        removed: removed.get(key) ?? 0,
        missed: missed.get(key) ?? NOTHING.missed,
        timeToDecisionMs: toDecision.get(key) ?? NO_DURATIONS,
        timeToTakedownMs: toTakedown.get(key) ?? NO_DURATIONS,
        decisionToRemovalMs: toRemoval.get(key) ?? NO_DURATIONS,
      },
    ]),
  )
}

type OpenFigures = Pick<Figures, 'openByPhase' | 'openByAge' | 'overdue' | 'waitingForWorker'>
interface PhaseGroup {
  _id: { key: Key; phase: Phase }
  count: number
  overdue: number
  olderThanOneDay: number
  olderThanThreeDays: number
  olderThanSevenDays: number
}

/** What is open, by brand or account manager, or under `null` altogether. */
export async function openFigures(
  cases: CaseModel,
  scoped: Scoped,
  now: Date,
  groupBy: GroupBy | null,
): Promise<Map<Key, OpenFigures>> {
  const byKey = groupedBy(await openGroups(cases, scoped, now, groupBy))
  return new Map([...byKey].map(([key, phases]) => [key, openFiguresOf(phases)]))
}

/** What is open in each phase, by how long ago it was opened, in the order of the phases. */
export async function openByPhaseAndAge(
  cases: CaseModel,
  scope: TenantScope,
  now: Date,
): Promise<OpenPhase[]> {
  const groups = await openGroups(cases, inScope(scope), now, null)
  return groups
    .map((group) => ({ phase: group._id.phase, ...agesOf([group]) }))
    .sort((one, other) => PHASES.indexOf(one.phase) - PHASES.indexOf(other.phase))
}

function openGroups(
  cases: CaseModel,
  scoped: Scoped,
  now: Date,
  groupBy: GroupBy | null,
): Promise<PhaseGroup[]> {
  const countWhen = (condition: object) => ({ $sum: { $cond: [condition, 1, 0] } })
  const olderThan = (days: number) =>
    countWhen({ $lte: ['$openedAt', new Date(now.getTime() - days * DAY_MS)] })
  return cases
    .aggregate<PhaseGroup>([
      { $match: { ...scoped, open: true } },
      {
        $group: {
          _id: { key: keyOf(groupBy), phase: '$phase' },
          count: { $sum: 1 },
          overdue: countWhen({ $and: [{ $ne: ['$dueAt', null] }, { $lt: ['$dueAt', now] }] }),
          olderThanOneDay: olderThan(1),
          olderThanThreeDays: olderThan(3),
          olderThanSevenDays: olderThan(7),
        },
      },
    ])
    .hint(OPEN_CASE_INDEX)
}

function sumOf(phases: readonly PhaseGroup[], figure: Exclude<keyof PhaseGroup, '_id'>): number {
  return phases.reduce((total, phase) => total + phase[figure], 0)
}

function agesOf(phases: readonly PhaseGroup[]): OpenFigures['openByAge'] {
  const [oneDay, threeDays, sevenDays] = [
    sumOf(phases, 'olderThanOneDay'),
    sumOf(phases, 'olderThanThreeDays'),
    sumOf(phases, 'olderThanSevenDays'),
  ]
  return {
    underOneDay: sumOf(phases, 'count') - oneDay,
    oneToThreeDays: oneDay - threeDays,
    threeToSevenDays: threeDays - sevenDays,
    older: sevenDays,
  }
}

function openFiguresOf(phases: readonly PhaseGroup[]): OpenFigures {
  const overdue = sumOf(phases, 'overdue')
  const stuck = phases.find(({ _id }) => _id.phase === 'needsAttention')
  return {
    openByPhase: Object.fromEntries(phases.map(({ _id, count }) => [_id.phase, count])),
    openByAge: agesOf(phases),
    overdue,
    waitingForWorker: overdue - (stuck?.overdue ?? 0),
  }
}

/** How many cases have that moment in the period. */
export async function countBy(
  cases: CaseModel,
  scoped: Scoped,
  field: 'openedAt' | 'decidedAt' | 'removedAt',
  { from, to }: Period,
  groupBy: GroupBy | null,
): Promise<Map<Key, number>> {
  const groups = await cases
    .aggregate<{ _id: Key; n: number }>([
      { $match: { ...scoped, [field]: { $gte: from, $lt: to } } },
      { $group: { _id: keyOf(groupBy), n: { $sum: 1 } } },
    ])
    .hint(PERIOD_INDEXES[field])
  return new Map(groups.map(({ _id, n }) => [_id, n]))
}

/** How many deadlines passed in the period without an answer, by whose they were. */
export async function missedBy(
  cases: CaseModel,
  scoped: Scoped,
  { from, to }: Period,
  groupBy: GroupBy | null,
): Promise<Map<Key, MissedCounts>> {
  const inPeriod = { 'missed.at': { $gte: from, $lt: to } }
  const groups = await cases.aggregate<{
    _id: { key: Key; owner: keyof MissedCounts }
    n: number
  }>([
    { $match: { ...scoped, ...inPeriod } },
    { $project: { brandId: 1, missed: 1 } },
    { $unwind: '$missed' },
    { $match: inPeriod },
    // A manager answers for the deadlines that were theirs, whoever has the case now.
    {
      $group: {
        _id: {
          key: groupBy === 'accountManager' ? '$missed.who' : keyOf(groupBy),
          owner: '$missed.owner',
        },
        n: { $sum: 1 },
      },
    },
  ])
  const byKey = groupedBy(groups)
  return new Map(
    [...byKey].map(([key, owners]) => [
      key,
      { ...NOTHING.missed, ...Object.fromEntries(owners.map(({ _id, n }) => [_id.owner, n])) },
    ]),
  )
}

/** Percentiles of the time from `start` to `end`, over the latest cases whose `end` is in the period. */
async function durations(
  cases: CaseModel,
  scoped: Scoped,
  [start, end]: Span,
  { from, to }: Period,
  groupBy: GroupBy | null,
): Promise<Map<Key, Percentiles>> {
  const groups = await cases
    .aggregate<{ _id: Key; valuesMs: number[] }>([
      { $match: { ...scoped, [end]: { $gte: from, $lt: to } } },
      { $sort: { [end]: -1 } },
      { $limit: MAX_DURATIONS },
      {
        $group: {
          _id: keyOf(groupBy),
          valuesMs: { $push: { $subtract: [`$${end}`, `$${start}`] } },
        },
      },
    ])
    .hint(PERIOD_INDEXES[end])
  return new Map(groups.map(({ _id, valuesMs }) => [_id, percentiles(valuesMs)]))
}

function keyOf(groupBy: GroupBy | null): string | null {
  if (groupBy === null) return null
  return groupBy === 'brand' ? '$brandId' : '$accountManagerId'
}

function groupedBy<G extends { _id: { key: Key } }>(groups: readonly G[]): Map<Key, G[]> {
  const byKey = new Map<Key, G[]>()
  for (const group of groups) {
    const { key } = group._id
    byKey.set(key, [...(byKey.get(key) ?? []), group])
  }
  return byKey
}
