import type { SavedCase, TenantScope } from '../../store/store.js'
import { covers } from '../callers/reach.js'

/** A case as readers hear of it. */
export type ToldCase = Pick<SavedCase, 'caseId' | 'rev'>

/** Somebody who looks on. A token tells how far they have been told. */
export interface LiveReader {
  scope: TenantScope
  /** The first they hear. */
  ready(token: string): void
  /** Cases of theirs that were saved; after them everything up to `token` is told. */
  saved(cases: readonly ToldCase[], token: string): void
  /** Not all can be told: they have to read everything again. What is saved after `token` is told. */
  reset(token: string): void
  /** Time has passed. `token`: everything up to it is told; `null`: the database is not followed now. */
  beat(token: string | null): void
}

/** Those within a reader's scope, each once with its latest revision. */
export function toldTo({ brandIds, marketplaces }: TenantScope, cases: readonly SavedCase[]) {
  const told = new Map<string, ToldCase>()
  for (const { caseId, brandId, marketplace, rev } of cases) {
    if (!covers(brandIds, brandId) || !covers(marketplaces, marketplace)) continue
    told.set(caseId, { caseId, rev: rev ?? told.get(caseId)?.rev ?? null })
  }
  return [...told.values()]
}
