import { log } from '@temporalio/activity'
import { parseCaseId } from '../../domain/case/identity.js'
import { addDrift, type ReconcileReport } from '../../domain/record/reconciling.js'
import { EVERYTHING } from '../../store/store.js'
import type { CaseRun } from './case-runs.js'
import type { ActivityDependencies } from '../dependencies.js'
import { readEndedRun } from './ended-run.js'
import { faultOf } from '../faults.js'
import { nextCaseAfter } from '../case/next-case-after.js'
import { processOf } from './process-of.js'
import { continueFromRecord, recordedInput, startAfresh } from './restart-case.js'

/** Repairs of cases whose workflow has ended before its time; each adds to the report what it did. */
export function createRepairs({
  store,
  temporal,
  mayRestart,
}: Pick<ActivityDependencies, 'store' | 'temporal'> & {
  /** Resolves when the next workflow may be started. */
  mayRestart: () => Promise<void>
}) {
  /** A case with an open row goes on from its record, unless its workflow runs after all. */
  async function goOnFromRecord(caseId: string, report: ReconcileReport): Promise<void> {
    const parsed = parseCaseId(caseId)
    if (!parsed) return
    const status = await processOf(temporal, parsed.workflowId)
    // The list of running workflows is eventually consistent: ask the workflow itself.
    if (status.running) {
      if (status.caseId !== caseId) addDrift(report, 'superseded', caseId)
      return
    }
    const row = await store.cases.get(EVERYTHING, caseId)
    if (!row || row.phase === 'closed') return
    const events = (await store.cases.events(EVERYTHING, caseId)).map(({ event }) => event)
    const input = recordedInput(row, events[0], status.name)
    if (!input) {
      addDrift(report, 'unreadable', caseId)
      return
    }
    await mayRestart()
    if (await continueFromRecord(temporal, row, events, input))
      addDrift(report, 'restarted', caseId)
  }

  /**
   * A case that was never recorded opens from what it was reported with; after one that has closed,
   * the next of its listing.
   */
  async function openAfterAll({ caseId, runId }: CaseRun, report: ReconcileReport): Promise<void> {
    const parsed = parseCaseId(caseId)
    const row = await store.cases.get(EVERYTHING, caseId)
    if (!parsed || (row && row.phase !== 'closed')) return
    const { workflowId } = parsed
    const status = await processOf(temporal, workflowId)
    if (status.running) {
      if (!row && status.caseId !== caseId) addDrift(report, 'superseded', caseId)
      return
    }
    const ended = await readEndedRun(temporal, workflowId, runId)
    const lost = ended && row ? await nextCaseAfter(store, row, ended) : ended
    if (!lost) return
    await mayRestart()
    const isStarted = await startAfresh(temporal, workflowId, lost)
    if (isStarted) addDrift(report, 'restarted', lost.input.caseId)
  }

  return {
    goOnFromRecord: (caseId: string, report: ReconcileReport) =>
      unlessFaulty(() => goOnFromRecord(caseId, report), caseId, report),
    openAfterAll: (run: CaseRun, report: ReconcileReport) =>
      unlessFaulty(() => openAfterAll(run, report), run.caseId, report),
  }
}

/** A record that can never be read is reported, and holds up no other case. */
async function unlessFaulty(
  repair: () => Promise<void>,
  caseId: string,
  report: ReconcileReport,
): Promise<void> {
  try {
    await repair()
  } catch (error) {
    if (faultOf(error) === null) throw error
    log.error('a case cannot be repaired', { caseId, error })
    addDrift(report, 'unreadable', caseId)
  }
}
