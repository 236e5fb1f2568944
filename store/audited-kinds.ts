import type { ProcessEvent, ProcessState } from '../domain/record/record.js'
import { CASES } from './cases/audit.js'
import { QUESTIONS } from './questions/audit.js'
import {
  type Audited,
  type AuditedRecord,
  type AuditSource,
  verifyAllRecords,
  verifyRecord,
} from './record/audit.js'
import type { Store } from './store.js'

/** A kind of record, and how its records are verified. */
export interface AuditedKind {
  /** One of them, as people are told of it: "case". */
  noun: string
  /** True for text that is an id of this kind. */
  isIdOf: (id: string) => boolean
  verify: (id: string) => Promise<AuditedRecord>
  /** In the order of their ids, one at a time, whatever their number. */
  verifyAll: () => AsyncGenerator<AuditedRecord>
}

/** Every kind of record there is. */
export function auditedKinds({ cases, questions }: Pick<Store, 'cases' | 'questions'>) {
  return [auditedKind(CASES, cases), auditedKind(QUESTIONS, questions)]
}

function auditedKind<State extends ProcessState, Event extends ProcessEvent>(
  audited: Audited<State, Event, object>,
  source: AuditSource<State>,
): AuditedKind {
  const { noun, workflowIdOf } = audited.kind
  return {
    noun,
    isIdOf: (id) => workflowIdOf(id) !== null,
    verify: (id) => verifyRecord(audited, source, id),
    verifyAll: () => verifyAllRecords(audited, source),
  }
}
