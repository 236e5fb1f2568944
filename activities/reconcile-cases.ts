import { heartbeat, log } from '@temporalio/activity'
import { WorkflowNotFoundError } from '@temporalio/client'
import { DAY_MS } from '../domain/calendar.js'
import { parseCaseId } from '../domain/identity.js'
import { EVERYTHING } from '../store/store.js'
import { LISTING_CASE, type ListingCaseMemo, type ReconcileReport } from '../workflows/messages.js'
import type { ActivityDependencies } from './dependencies.js'
import { readEndedRun } from './ended-run.js'
import { continueFromRecord, recordedInput, startAfresh } from './restart-case.js'

const PAGE = 500
/** How far back to look for cases that ended before they were recorded. */
const UNRECORDED_MS = 7 * DAY_MS

/**
 * Compares open rows with running workflows. A row whose workflow has ended is started again from
 * the record, a workflow that had ended before there was a row from its own input; a workflow that
 * is older than `openingMs` and has no row is reported. Running it twice, or two at once, changes
 * nothing more.
 */
export function createReconcileCases({ store, temporal }: ActivityDependencies) {
  return async function reconcileCases({
    openingMs,
  }: {
    openingMs: number
  }): Promise<ReconcileReport> {
    const running = await runningCases()
    const report: ReconcileReport = {
      openRows: 0,
      runningWorkflows: running.size,
      restarted: [],
      superseded: [],
      unreadable: [],
      withoutRow: [],
    }
    const open = new Set<string>()
    for await (const caseId of openCaseIds()) {
      open.add(caseId)
      report.openRows++
      if (!running.has(caseId)) await repair(caseId, report)
    }
    for (const [caseId, startedAt] of running) {
      if (open.has(caseId) || Date.now() - startedAt < openingMs) continue
      const row = await store.cases.get(EVERYTHING, caseId)
      if (!row) report.withoutRow.push(caseId)
    }
    for await (const { caseId, runId } of endedWhileOpening()) {
      if (!running.has(caseId)) await openAfterAll(caseId, runId, report)
    }
    const { restarted, superseded, unreadable, withoutRow } = report
    if ([restarted, superseded, unreadable, withoutRow].some((found) => found.length > 0)) {
      log.warn('cases and workflows had drifted apart', { ...report })
    }
    return report
  }

  /** Running cases by case id, with the instant (epoch ms) their workflow started. */
  async function runningCases(): Promise<Map<string, number>> {
    const running = new Map<string, number>()
    const query = `WorkflowType = '${LISTING_CASE}' AND ExecutionStatus = 'Running'`
    for await (const { memo, startTime } of temporal.workflow.list({ query })) {
      const { caseId } = (memo ?? {}) as Partial<ListingCaseMemo>
      if (caseId) running.set(caseId, startTime.getTime())
      if (running.size % PAGE === 0) heartbeat(running.size)
    }
    return running
  }

  async function* openCaseIds(): AsyncGenerator<string> {
    let after: string | null = null
    for (;;) {
      const page: string[] = await store.cases.openCaseIds(after, PAGE)
      heartbeat(page.length)
      yield* page
      after = page.at(-1) ?? null
      if (page.length < PAGE) return
    }
  }

  async function repair(caseId: string, report: ReconcileReport): Promise<void> {
    heartbeat(caseId)
    const parsed = parseCaseId(caseId)
    if (!parsed) return
    const status = await statusOf(parsed.workflowId)
    // The list of running workflows is eventually consistent: ask the workflow itself.
    if (status.running) {
      if (status.caseId !== caseId) report.superseded.push(caseId)
      return
    }
    const row = await store.cases.get(EVERYTHING, caseId)
    if (!row || row.phase === 'closed') return
    const [first] = await store.cases.events(EVERYTHING, caseId)
    const input = recordedInput(row, first?.event, status.name)
    if (!input) {
      report.unreadable.push(caseId)
      return
    }
    if (await continueFromRecord(temporal, row, input)) report.restarted.push(caseId)
  }

  /** Runs, one for each case, that were ended from outside before they had opened the case. */
  async function* endedWhileOpening(): AsyncGenerator<{ caseId: string; runId: string }> {
    const since = new Date(Date.now() - UNRECORDED_MS).toISOString()
    const statuses = `'Terminated', 'Failed', 'TimedOut', 'Canceled'`
    const query =
      `WorkflowType = '${LISTING_CASE}' AND CasePhase = 'opening' ` +
      `AND ExecutionStatus IN (${statuses}) AND CloseTime > '${since}'`
    const seen = new Set<string>()
    for await (const { memo, runId } of temporal.workflow.list({ query })) {
      heartbeat(seen.size)
      const { caseId } = (memo ?? {}) as Partial<ListingCaseMemo>
      if (!caseId || seen.has(caseId)) continue
      seen.add(caseId)
      yield { caseId, runId }
    }
  }

  async function openAfterAll(
    caseId: string,
    runId: string,
    report: ReconcileReport,
  ): Promise<void> {
    const parsed = parseCaseId(caseId)
    if (!parsed || (await store.cases.get(EVERYTHING, caseId))) return
    const { workflowId } = parsed
    const status = await statusOf(workflowId)
    if (status.running) {
      if (status.caseId !== caseId) report.superseded.push(caseId)
      return
    }
    const ended = await readEndedRun(temporal, workflowId, runId)
    if (ended && (await startAfresh(temporal, workflowId, ended))) report.restarted.push(caseId)
  }

  async function statusOf(
    workflowId: string,
  ): Promise<{ running: boolean; name: string; caseId?: string }> {
    try {
      const { status, memo } = await temporal.workflow.getHandle(workflowId).describe()
      const { caseId } = (memo ?? {}) as Partial<ListingCaseMemo>
      const running = status.name === 'RUNNING'
      return { running, name: status.name, ...(caseId ? { caseId } : {}) }
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return { running: false, name: 'NOT_FOUND' }
      throw error
    }
  }
}
