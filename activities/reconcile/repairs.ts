import { log } from '@temporalio/activity'
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { addDrift, type ReconcileReport } from '../../domain/record/reconciling.js'
import { idInMemo, latestRun } from '../../platform/process-runs.js'
import { EVERYTHING } from '../../store/store.js'
import { faultOf } from '../faults.js'
import { type EndedRun, readEndedRun } from './ended-run.js'
import type { ReconciledKind, Restart } from './kind.js'
import type { ProcessRun } from './runs.js'

/** Repairs of processes whose workflow has ended before its time; each adds to the report what it did. */
export function createRepairs({
  temporal,
  kind,
  mayRestart,
}: {
  temporal: Client
  kind: ReconciledKind
  /** Resolves when the next workflow may be started. */
  mayRestart: () => Promise<void>
}) {
  const { names, records } = kind

  /** One with an open row goes on from its record, unless its workflow runs after all. */
  async function goOnFromRecord(id: string, report: ReconcileReport): Promise<void> {
    const workflowId = names.workflowIdOf(id)
    if (workflowId === null) return
    // The list of running workflows is eventually consistent: ask the workflow itself.
    const latest = await latestRun(temporal, workflowId, names.idName)
    if (latest?.isRunning) {
      if (latest.id !== id) addDrift(report, 'superseded', id)
      return
    }
    const row = await records.get(EVERYTHING, id)
    if (!row || kind.isEnded(row)) return
    const events = (await records.events(EVERYTHING, id)).map(({ event }) => event)
    const status = latest?.status ?? 'NOT_FOUND'
    const why = `the workflow had ended (${status}); the ${names.noun} goes on from its record`
    const restart = kind.fromRecord(row, events, why, await lastRunOf(id, workflowId))
    if (!restart) return addDrift(report, 'unreadable', id)
    await startAgain(workflowId, restart, report)
  }

  /**
   * One that was never recorded opens from what it was started with; after one that has ended, the
   * next.
   */
  async function openAfterAll({ id, runId }: ProcessRun, report: ReconcileReport): Promise<void> {
    const workflowId = names.workflowIdOf(id)
    const row = await records.get(EVERYTHING, id)
    if (workflowId === null || (row && !kind.isEnded(row))) return
    const latest = await latestRun(temporal, workflowId, names.idName)
    if (latest?.isRunning) {
      if (!row && latest.id !== id) addDrift(report, 'superseded', id)
      return
    }
    const ended = await readEndedRun(temporal, workflowId, runId)
    const restart = ended && (await kind.fromRun(ended, row))
    if (restart) await startAgain(workflowId, restart, report)
  }

  /** The process's last run, which need not be the last of its workflow. */
  async function lastRunOf(id: string, workflowId: string): Promise<EndedRun | null> {
    const runs = temporal.workflow.list({ query: `WorkflowId = '${workflowId}'` })
    for await (const { memo, runId } of runs) {
      const isIts = idInMemo(memo, names.idName) === id
      if (isIts) return readEndedRun(temporal, workflowId, runId)
    }
    return null
  }

  /** Nothing happens when somebody else has started one under that workflow id meanwhile. */
  async function startAgain(
    workflowId: string,
    { id, options }: Restart,
    report: ReconcileReport,
  ): Promise<void> {
    await mayRestart()
    try {
      await temporal.workflow.start(names.workflowType, { ...options, workflowId })
      addDrift(report, 'restarted', id)
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    }
  }

  return {
    goOnFromRecord: (id: string, report: ReconcileReport) =>
      unlessFaulty(() => goOnFromRecord(id, report), id, report),
    openAfterAll: (run: ProcessRun, report: ReconcileReport) =>
      unlessFaulty(() => openAfterAll(run, report), run.id, report),
  }
}

/** A record that can never be read is reported, and holds up no other. */
async function unlessFaulty(
  repair: () => Promise<void>,
  id: string,
  report: ReconcileReport,
): Promise<void> {
  try {
    await repair()
  } catch (error) {
    if (faultOf(error) === null) throw error
    log.error('a record cannot be repaired', { id, error })
    addDrift(report, 'unreadable', id)
  }
}
