import { trusted } from 'mongoose'
import type { CountedCase } from '../../domain/statistics/dashboard.js'
import { inScope } from '../scope.js'
import type { TenantScope } from '../tenant-scope.js'
import type { CaseDocument } from './document.js'
import { PERIOD_INDEXES } from './report-indexes.js'
import type { CaseModel } from './row.js'

/** A case as it is counted, whoever has looked at it. */
export type CountedRow = Omit<CountedCase, 'viewedAt'> & { caseId: string }

/** The span of one point of a course. */
export type CourseStep = 'day' | 'week'

/** What happened in the day or week that begins at `at` (of UTC; weeks begin on Mondays). */
export interface CoursePoint {
  at: Date
  opened: number
  decided: number
  removed: number
}

const FIELDS = {
  ...{ marketplace: 1, sellerId: 1, severity: 1, phase: 1, outcome: 1, openedAt: 1, decidedAt: 1 },
  ...{ removedAt: 1, closedAt: 1, missed: 1, 'state.policy': 1 },
} as const

/** The latest cases that were opened in `[from, to)`, at most so many, newest first. */
export async function countedCases(
  cases: CaseModel,
  scope: TenantScope,
  { from, to, limit }: { from: Date; to: Date; limit: number },
): Promise<CountedRow[]> {
  const rows = await cases
    .find({ $and: [inScope(scope), { openedAt: trusted({ $gte: from, $lt: to }) }] }, FIELDS)
    .sort({ openedAt: -1, _id: -1 })
    .limit(limit)
    .lean<(Pick<CaseDocument, keyof typeof FIELDS & keyof CaseDocument> & CaseDocument)[]>()
  return rows.map((row) => ({
    caseId: row._id,
    ...{ marketplace: row.marketplace, sellerId: row.sellerId, severity: row.severity },
    ...{ phase: row.phase, outcome: row.outcome, openedAt: row.openedAt.getTime() },
    decidedAt: row.decidedAt?.getTime() ?? null,
    removedAt: row.removedAt?.getTime() ?? null,
    closedAt: row.closedAt?.getTime() ?? null,
    hasBrandMissed: row.missed.some(({ owner }) => owner === 'brand'),
    policy: row.state.policy,
  }))
}

/** How many were opened, decided and removed in each day or week of `[from, to)`. Reads indexes only. */
export async function caseCourse(
  cases: CaseModel,
  scope: TenantScope,
  { from, to, step }: { from: Date; to: Date; step: CourseStep },
): Promise<CoursePoint[]> {
  const counts = async (field: 'openedAt' | 'decidedAt' | 'removedAt') => {
    const start = { $dateTrunc: { date: `$${field}`, unit: step, startOfWeek: 'monday' } }
    const groups = await cases
      .aggregate<{ _id: Date; n: number }>([
        { $match: { ...inScope(scope), [field]: { $gte: from, $lt: to } } },
        { $group: { _id: start, n: { $sum: 1 } } },
      ])
      .hint(PERIOD_INDEXES[field])
    return new Map(groups.map(({ _id, n }) => [_id.getTime(), n]))
  }
  const [opened, decided, removed] = await Promise.all([
    counts('openedAt'),
    counts('decidedAt'),
    counts('removedAt'),
  ])
  const moments = new Set([...opened.keys(), ...decided.keys(), ...removed.keys()])
  return [...moments]
    .sort((one, other) => one - other)
    .map((at) => ({
      at: new Date(at),
      opened: opened.get(at) ?? 0,
      decided: decided.get(at) ?? 0,
      removed: removed.get(at) ?? 0,
    }))
}
