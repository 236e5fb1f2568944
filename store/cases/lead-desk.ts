import type { AttentionReason, MessageName, Severity } from '../../domain/vocabulary.js'
import { inScope } from '../scope.js'
import type { TenantScope } from '../tenant-scope.js'
import type { StuckGroup, TakedownQueue, Workload } from './repository.js'
import type { CaseModel } from './row.js'
import { missedBy, openFigures } from './stats.js'

/** As many cases of a group as are named, those stuck longest first; the numbers are complete. */
const MAX_NAMED = 50
const STUCK = { open: true, phase: 'needsAttention' } as const
const TAKING_DOWN = { open: true, phase: 'takingDown' } as const

interface StuckDocument {
  _id: { reason: AttentionReason; marketplace: string }
  count: number
  since: Date
  named: {
    caseId: string
    brandId: string
    title: string
    severity: Severity
    since: number
    detail: string
    unblock: MessageName[]
  }[]
}

/** Open cases that need attention, by what is wrong and where; the groups of most cases first. */
export async function stuckGroups(cases: CaseModel, scope: TenantScope): Promise<StuckGroup[]> {
  const attention = '$state.attention'
  const groups = await cases.aggregate<StuckDocument>([
    { $match: { ...inScope(scope), ...STUCK } },
    { $sort: { 'state.attention.since': 1, _id: 1 } },
    {
      $group: {
        _id: { reason: `${attention}.reason`, marketplace: '$marketplace' },
        count: { $sum: 1 },
        since: { $min: { $toDate: `${attention}.since` } },
        named: {
          $firstN: {
            n: MAX_NAMED,
            input: {
              caseId: '$_id',
              brandId: '$brandId',
              title: '$title',
              severity: '$severity',
              since: `${attention}.since`,
              detail: `${attention}.detail`,
              unblock: `${attention}.unblock`,
            },
          },
        },
      },
    },
    { $sort: { count: -1, _id: 1 } },
  ])
  return groups.map(({ _id: { reason, marketplace }, count, since, named }) => ({
    ...{ reason, marketplace, count, since },
    cases: named.map((one) => ({ ...one, since: new Date(one.since) })),
  }))
}

/** Takedowns without an answer by marketplace, those that wait longest first. */
export async function takedownQueues(
  cases: CaseModel,
  scope: TenantScope,
): Promise<TakedownQueue[]> {
  const groups = await cases.aggregate<{ _id: string; waiting: number; oldest: Date }>([
    { $match: { ...inScope(scope), ...TAKING_DOWN } },
    {
      $group: {
        _id: '$marketplace',
        waiting: { $sum: 1 },
        oldest: { $min: { $toDate: '$state.takedown.requestedAt' } },
      },
    },
    { $sort: { oldest: 1, _id: 1 } },
  ])
  return groups.map(({ _id, ...queue }) => ({ marketplace: _id, ...queue }))
}

/** What each account manager has to do, and what they have missed since `since`; `null`: nobody's. */
export async function workloads(
  cases: CaseModel,
  scope: TenantScope,
  { now, since }: { now: Date; since: Date },
): Promise<Map<string | null, Workload>> {
  const scoped = inScope(scope)
  const [open, missed] = await Promise.all([
    openFigures(cases, scoped, now, 'accountManager'),
    missedBy(cases, scoped, { from: since, to: now }, 'accountManager'),
  ])
  return new Map(
    [...open].map(([id, { openByPhase, overdue }]) => [
      id,
      { openByPhase, overdue, missed: missed.get(id)?.accountManager ?? 0 },
    ]),
  )
}
