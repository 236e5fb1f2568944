import type { DecideMessage } from '../../domain/case/message/decide-message.js'
import type { Role, Verdict } from '../../domain/vocabulary.js'
import type { TenantScope } from '../tenant-scope.js'

/** An answer that came after the case had closed. */
export interface LateAnswer {
  caseId: string
  decisionId: string
  brandId: string
  verdict: Verdict
  by: { role: Role; id: string }
  receivedAt: Date
  message: DecideMessage
}

/** Answers that came after their case had closed, outside its chain. */
export interface LateAnswerRepository {
  /**
   * Keeps the first of equal decision ids, and the first 100 of a case; false when the case has so
   * many that it was not kept. Throws `RangeError` for what is no case id.
   */
  add(answer: LateAnswer): Promise<boolean>
  list(scope: TenantScope, caseId: string): Promise<LateAnswer[]>
}
