import { trusted } from 'mongoose'
import type { ClosedCase } from '../../domain/case/replaying.js'
import { inScope } from '../scope.js'
import type { TenantScope } from '../tenant-scope.js'
import type { CaseDocument } from './document.js'
import type { CaseModel } from './row.js'

type Missed = ClosedCase['missed'][number]

/** The latest cases of a brand that closed since then, at most so many, newest first. */
export async function closedSince(
  cases: CaseModel,
  scope: TenantScope,
  { brandId, since, limit }: { brandId: string; since: Date; limit: number },
): Promise<ClosedCase[]> {
  const rows = await cases
    .find(
      { $and: [inScope(scope), { brandId, open: false, closedAt: trusted({ $gte: since }) }] },
      { severity: 1, openedAt: 1, decidedAt: 1, outcome: 1, missed: 1 },
    )
    .sort({ closedAt: -1, _id: -1 })
    .limit(limit)
    .lean<Pick<CaseDocument, 'severity' | 'openedAt' | 'decidedAt' | 'outcome' | 'missed'>[]>()
  return rows.flatMap(({ severity, openedAt, decidedAt, outcome, missed }) =>
    outcome === null
      ? []
      : {
          ...{ severity, outcome, openedAt: openedAt.getTime() },
          decidedAt: decidedAt?.getTime() ?? null,
          missed: missed.map(({ owner, at }) => ({
            owner: owner as Missed['owner'],
            at: at.getTime(),
          })),
        },
  )
}
