import { CASE_KIND } from '../../domain/case/kind.js'
import {
  type Audited,
  type AuditedRecord,
  type RecordFinding,
  verifyAllRecords,
  verifyRecord,
} from '../record/audit.js'
import type { CaseEvent } from '../../domain/case/events.js'
import type { CaseState } from '../../domain/case/state.js'
import type { CaseRow, Store } from '../store.js'
import { shownFields } from './row.js'

/** Cases, for whoever audits records. */
export const CASES: Audited<CaseState, CaseEvent, CaseRow> = { kind: CASE_KIND, shownFields }

/** The first thing wrong with a case's record. */
export interface AuditFinding extends RecordFinding {
  caseId: string
}

/** What the verification of a case's record went through and found. */
export interface AuditedCase extends Omit<AuditedRecord, 'id' | 'finding'> {
  caseId: string
  /** `null`: the record is whole. */
  finding: AuditFinding | null
}

/** Verifies a case's record (store/record/audit.ts). */
export async function verifyCase(
  { cases }: Pick<Store, 'cases'>,
  caseId: string,
): Promise<AuditedCase> {
  return ofCase(await verifyRecord(CASES, cases, caseId))
}

/** Verifies all cases in the order of their ids, one at a time, whatever their number. */
export async function* verifyAllCases(
  { cases }: Pick<Store, 'cases'>,
  pageSize?: number,
): AsyncGenerator<AuditedCase> {
  for await (const audited of verifyAllRecords(CASES, cases, pageSize)) yield ofCase(audited)
}

function ofCase({ id: caseId, finding, ...audited }: AuditedRecord): AuditedCase {
  return { caseId, ...audited, finding: finding && { caseId, ...finding } }
}
