import type { TenantScope } from '../tenant-scope.js'

/** That somebody of the brand has looked at a case. */
export interface CaseView {
  caseId: string
  brandId: string
  marketplace: string
  personId: string
  at: Date
}

/** Who of a brand looked at a case first, and when. It is no part of the record of a case. */
export interface CaseViewRepository {
  /** Keeps it unless somebody has looked before. */
  note(view: CaseView): Promise<void>
  /** When each of these was first looked at; what nobody has looked at is absent. */
  firstViews(scope: TenantScope, caseIds: readonly string[]): Promise<Map<string, Date>>
}
