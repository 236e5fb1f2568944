import type { CaseState } from '../../domain/case/state.js'
import type { Outcome, Owner, Phase, Severity } from '../../domain/vocabulary.js'
import type { RowDocument } from '../record/collections.js'
import type { RecordRow } from '../record/repository.js'

/** One case as lists and filters see it; `state` is the whole. */
export interface CaseRow extends RecordRow<CaseState> {
  caseId: string
  brandId: string
  marketplace: string
  listingId: string
  title: string
  sellerId: string
  severity: Severity
  phase: Phase
  outcome: Outcome | null
  owner: Owner | null
  accountManagerId: string | null
  dueAt: Date | null
  openedAt: Date
  updatedAt: Date
  closedAt: Date | null
  ruleIds: string[]
  externalIds: string[]
  /** The case that takes this one up again. */
  reopenedBy: string | null
}

/** A case's row: `CaseRow` and what only filters and reports need. */
export interface CaseDocument extends Omit<CaseRow, 'caseId'>, RowDocument<CaseState> {
  /** Normalised title, listing id and seller id. */
  searchText: string
  /** What those that are alike share: the pattern of the title, the pictures, the band of the price. */
  titleShape: string
  pictureSha256s: string[]
  priceBand: string | null
  /** The account manager, and the lead while it is the lead's turn. */
  assignees: string[]
  /** When the standing decision was given. */
  decidedAt: Date | null
  /** When the marketplace removed the listing; `null` again once it was put back. */
  removedAt: Date | null
  /** When the marketplace put it back, for the case that takes this one up again. */
  restoredAt?: Date
  /** Deadlines that passed without an answer, for reports. */
  missed: { owner: string; who: string | null; at: Date }[]
}
