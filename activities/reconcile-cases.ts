import { heartbeat, log } from '@temporalio/activity'
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client'
import type { CaseEvent } from '../domain/case-events.js'
import { parseCaseId } from '../domain/identity.js'
import type { Sighting } from '../domain/listing.js'
import { type CaseRow, EVERYTHING } from '../store/store.js'
import {
  CASES_QUEUE,
  LISTING_CASE,
  type ListingCaseInput,
  type ListingCaseMemo,
  type ReconcileReport,
  SEARCH_ATTRIBUTES,
} from '../workflows/messages.js'
import type { ActivityDependencies } from './dependencies.js'

const PAGE = 500

/**
 * Compares open rows with running workflows. A row whose workflow has ended is started again from
 * the record; a workflow that is older than `openingMs` and has no row is reported. Running it
 * twice, or two at once, changes nothing more.
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
    const input = inputFrom(row, first?.event, status.name)
    if (!input) {
      report.unreadable.push(caseId)
      return
    }
    if (await startAgain(row, input)) report.restarted.push(caseId)
  }

  /** False when somebody else has started a case of the listing in the meantime. */
  async function startAgain(row: CaseRow, input: ListingCaseInput): Promise<boolean> {
    const { caseId, workflowId, brandId, marketplace, severity, phase } = row
    const memo: ListingCaseMemo = { caseId }
    try {
      await temporal.workflow.start(LISTING_CASE, {
        workflowId,
        taskQueue: CASES_QUEUE,
        args: [input],
        memo: { ...memo },
        staticSummary: `${brandId} · ${marketplace} · ${row.listingId} · continued`,
        typedSearchAttributes: [
          { key: SEARCH_ATTRIBUTES.BrandId, value: brandId },
          { key: SEARCH_ATTRIBUTES.Marketplace, value: marketplace },
          { key: SEARCH_ATTRIBUTES.Severity, value: severity },
          { key: SEARCH_ATTRIBUTES.CasePhase, value: phase },
        ],
      })
      return true
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false
      throw error
    }
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

/** The input a case was opened with, as its first event has it; `null` when that is missing. */
function inputFrom(
  { caseId, externalIds: [externalId] }: CaseRow,
  event: CaseEvent | undefined,
  status: string,
): ListingCaseInput | null {
  if (event?.type !== 'opened') return null
  const { brandId, listing, score, signals, whyUnverifiable, sighting: ref } = event.data
  const sighting: Sighting = {
    sightingId: ref.sightingId,
    brandId,
    suspectedSeverity: ref.severity,
    monitor: { name: ref.monitor, version: ref.monitorVersion },
    score,
    signals,
    whyUnverifiable,
    listing,
    ...(externalId === undefined ? {} : { externalId }),
  }
  const continued = `the workflow had ended (${status}); the case goes on from its record`
  return { caseId, sighting, by: event.by, continued }
}
