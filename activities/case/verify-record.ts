import { verifyCase } from '../../store/cases/audit.js'
import { findingInWords } from '../../store/record/audit.js'
import type { ActivityDependencies } from '../dependencies.js'

const MAX_FINDING = 500

/** The first thing wrong with a case's record, as `audit verify` says it; `null` when it is whole. */
export function createVerifyRecord({ store }: Pick<ActivityDependencies, 'store'>) {
  return async function verifyRecord({ caseId }: { caseId: string }): Promise<string | null> {
    const { finding } = await verifyCase(store, caseId)
    return findingInWords('case', finding)?.slice(0, MAX_FINDING) ?? null
  }
}
