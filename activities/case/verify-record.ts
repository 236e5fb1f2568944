import { verifyCase } from '../../store/record/audit.js'
import type { ActivityDependencies } from '../dependencies.js'

const MAX_FINDING = 500

/** The first thing wrong with a case's record, as `audit verify` says it; `null` when it is whole. */
export function createVerifyRecord({ store }: Pick<ActivityDependencies, 'store'>) {
  return async function verifyRecord({ caseId }: { caseId: string }): Promise<string | null> {
    const { finding } = await verifyCase(store, caseId)
    if (!finding) return null
    const { seq, problem, detail } = finding
    const where = seq === null ? 'the row of the case' : `event ${seq}`
    return `${where} (${problem}): ${detail}`.slice(0, MAX_FINDING)
  }
}
