import type { QuestionEvent, QuestionState } from '../../domain/question/question.js'
import type { QuestionPhase } from '../../domain/vocabulary.js'
import type { RecordRepository, RecordRow } from '../record/repository.js'
import type { TenantScope } from '../tenant-scope.js'

/** A question as lists see it. */
export interface QuestionRow extends RecordRow<QuestionState> {
  questionId: string
  brandId: string
  marketplace: string
  caseId: string | null
  phase: QuestionPhase | 'opening'
  accountManagerId: string | null
  askedAt: Date
  dueAt: Date | null
}

/** Which questions; what is given must all hold. */
export interface QuestionFilter {
  brandId?: string
  caseId?: string
  phases?: readonly QuestionPhase[]
  /** Those of these account managers. */
  accountManagerIds?: readonly string[]
}

/** The questions of brands, and the record behind each. */
export interface QuestionRepository extends RecordRepository<
  QuestionState,
  QuestionEvent,
  QuestionRow
> {
  /** The latest first; `after`: the id of the last one of the page before. */
  list(
    scope: TenantScope,
    filter: QuestionFilter,
    page: { limit: number; after?: string },
  ): Promise<QuestionRow[]>
}
