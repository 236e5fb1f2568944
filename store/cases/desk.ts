import { inScope } from '../scope.js'
import type { TenantScope } from '../tenant-scope.js'
import { REMINDED_INDEX, UNDELIVERED_INDEX } from './report-indexes.js'
import type { DeskFigures, Undelivered } from './repository.js'
import type { CaseModel } from './row.js'
import { countBy, missedBy, openFigures } from './stats.js'

/** As many addresses as a desk names, those refused last first. */
const MAX_UNDELIVERED = 200

interface RemindedGroup {
  _id: string
  n: number
}

/** By brand: what is open, and how it has answered since `since`. Reads indexes, and no case. */
export async function deskFigures(
  cases: CaseModel,
  scope: TenantScope,
  { now, since }: { now: Date; since: Date },
): Promise<Map<string, DeskFigures>> {
  const scoped = inScope(scope)
  const period = { from: since, to: now }
  const [open, decided, missed, reminded] = await Promise.all([
    openFigures(cases, scoped, now, 'brand'),
    countBy(cases, scoped, 'decidedAt', period, 'brand'),
    missedBy(cases, scoped, period, 'brand'),
    cases
      .aggregate<RemindedGroup>([
        { $match: { ...scoped, ...REMINDED_INDEX.of, 'state.wait.remindersSent': { $gt: 0 } } },
        { $group: { _id: '$brandId', n: { $sum: 1 } } },
      ])
      .hint(REMINDED_INDEX.fields),
  ])
  const remindedOf = new Map(reminded.map(({ _id, n }) => [_id, n]))
  const brandIds = new Set([...open.keys(), ...decided.keys(), ...missed.keys()])
  return new Map(
    [...brandIds].flatMap((brandId) => {
      if (brandId === null) return []
      const { openByPhase = {}, overdue = 0 } = open.get(brandId) ?? {}
      const figures = {
        ...{ openByPhase, overdue },
        decided: decided.get(brandId) ?? 0,
        missed: missed.get(brandId)?.brand ?? 0,
        reminded: remindedOf.get(brandId) ?? 0,
      }
      return [[brandId, figures] as const]
    }),
  )
}

/** Whose mails about open cases were refused for good: each with how many cases, and the last time. */
export async function undelivered(cases: CaseModel, scope: TenantScope): Promise<Undelivered[]> {
  const groups = await cases
    .aggregate<Omit<Undelivered, 'brandId' | 'contactId'> & { _id: [string, string] }>([
      {
        $match: {
          ...inScope(scope),
          open: true,
          'state.failedNotices.contactId': { $exists: true },
        },
      },
      { $project: { brandId: 1, failed: '$state.failedNotices' } },
      { $unwind: '$failed' },
      { $sort: { 'failed.at': -1 } },
      {
        $group: {
          _id: ['$brandId', '$failed.contactId'],
          detail: { $first: '$failed.detail' },
          at: { $first: { $toDate: '$failed.at' } },
          of: { $addToSet: '$_id' },
        },
      },
      { $project: { detail: 1, at: 1, cases: { $size: '$of' } } },
      { $sort: { at: -1, _id: 1 } },
      { $limit: MAX_UNDELIVERED },
    ])
    .hint(UNDELIVERED_INDEX.fields)
  return groups.map(({ _id: [brandId, contactId], ...found }) => ({ brandId, contactId, ...found }))
}
