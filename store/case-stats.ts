import type { QueryFilter } from 'mongoose'
import type { Phase } from '../domain/vocabulary.js'
import { DAY_MS } from '../domain/calendar.js'
import type { CaseDocument, CaseModel } from './case-row.js'
import { inScope } from './scope.js'
import { type Percentiles, percentiles } from './percentiles.js'
import type { CaseStats, TenantScope } from './store.js'

const REPORT_DAYS = 90
/** As many durations as percentiles are computed from; one document holds them easily. */
const MAX_DURATIONS = 10_000

/** The figures of a report over the cases in scope, at `now`. */
export async function caseStats(
  cases: CaseModel,
  scope: TenantScope,
  now: Date,
): Promise<CaseStats> {
  const scoped = inScope(scope)
  const [open, decidedToday, timeToDecisionMs, timeToTakedownMs] = await Promise.all([
    openFigures(cases, scoped, now),
    decidedOnDayOf(cases, scoped, now),
    durations(cases, scoped, 'decidedAt', now),
    durations(cases, scoped, 'removedAt', now),
  ])
  return { ...open, decidedToday, timeToDecisionMs, timeToTakedownMs }
}

type OpenFigures = Pick<CaseStats, 'openByPhase' | 'openByAge' | 'overdue'>
interface PhaseGroup {
  _id: Phase
  count: number
  overdue: number
  olderThanOneDay: number
  olderThanThreeDays: number
  olderThanSevenDays: number
}

async function openFigures(
  cases: CaseModel,
  scoped: QueryFilter<CaseDocument>,
  now: Date,
): Promise<OpenFigures> {
  const countWhen = (condition: object) => ({ $sum: { $cond: [condition, 1, 0] } })
  const olderThan = (days: number) =>
    countWhen({ $lte: ['$openedAt', new Date(now.getTime() - days * DAY_MS)] })
  const groups = await cases.aggregate<PhaseGroup>([
    { $match: { ...scoped, open: true } },
    {
      $group: {
        _id: '$phase',
        count: { $sum: 1 },
        overdue: countWhen({
          $and: [{ $ne: ['$dueAt', null] }, { $lt: ['$dueAt', now] }],
        }),
        olderThanOneDay: olderThan(1),
        olderThanThreeDays: olderThan(3),
        olderThanSevenDays: olderThan(7),
      },
    },
  ])
  const sum = (figure: Exclude<keyof PhaseGroup, '_id'>) =>
    groups.reduce((total, group) => total + group[figure], 0)
  const [oneDay, threeDays, sevenDays] = [
    sum('olderThanOneDay'),
    sum('olderThanThreeDays'),
    sum('olderThanSevenDays'),
  ]
  return {
    openByPhase: Object.fromEntries(groups.map((group) => [group._id, group.count])),
    openByAge: {
      underOneDay: sum('count') - oneDay,
      oneToThreeDays: oneDay - threeDays,
      threeToSevenDays: threeDays - sevenDays,
      older: sevenDays,
    },
    overdue: sum('overdue'),
  }
}

function decidedOnDayOf(cases: CaseModel, scoped: QueryFilter<CaseDocument>, now: Date) {
  const startMs = now.getTime() - (now.getTime() % DAY_MS)
  const [from, to] = [new Date(startMs), new Date(startMs + DAY_MS)]
  return count(cases, { ...scoped, decidedAt: { $gte: from, $lt: to } })
}

async function count(cases: CaseModel, match: object): Promise<number> {
  const [result] = await cases.aggregate<{ n: number }>([{ $match: match }, { $count: 'n' }])
  return result?.n ?? 0
}

/** Percentiles of the time from opening to `endField`, over the latest cases that have it. */
async function durations(
  cases: CaseModel,
  scoped: QueryFilter<CaseDocument>,
  endField: 'decidedAt' | 'removedAt',
  now: Date,
): Promise<Percentiles> {
  const since = new Date(now.getTime() - REPORT_DAYS * DAY_MS)
  const [result] = await cases.aggregate<{ valuesMs: number[] }>([
    { $match: { ...scoped, [endField]: { $gte: since, $lte: now } } },
    { $sort: { [endField]: -1 } },
    { $limit: MAX_DURATIONS },
    { $group: { _id: null, valuesMs: { $push: { $subtract: [`$${endField}`, '$openedAt'] } } } },
  ])
  return percentiles(result?.valuesMs ?? [])
}
