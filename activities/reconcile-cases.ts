import { heartbeat, log } from '@temporalio/activity'
import { WorkflowNotFoundError } from '@temporalio/client'
import type { CaseEvent } from '../domain/case-events.js'
import { parseCaseId } from '../domain/identity.js'
import type { Sighting } from '../domain/listing.js'
import { EVERYTHING } from '../store/store.js'
import {
  CASES_QUEUE,
  LISTING_CASE,
  type ListingCaseInput,
  type ListingCaseMemo,
  type ReconcileReport,
} from '../workflows/messages.js'
import type { ActivityDependencies } from './dependencies.js'

const PAGE = 500
const YOUNG_MS = 10 * 60_000

/**
 * Compares open rows with running workflows. A row whose workflow has ended is started again from
 * the record; a workflow without a row is reported. Running it twice changes nothing more.
 */
export function createReconcileCases({ store, temporal }: ActivityDependencies) {
  return async function reconcileCases(): Promise<ReconcileReport> {
    const running = await runningCases()
    const report: ReconcileReport = {
      openRows: 0,
      runningWorkflows: running.size,
      restarted: [],
      superseded: [],
      withoutRow: [],
    }
    const open = new Set<string>()
    for await (const caseId of openCaseIds()) {
      open.add(caseId)
      report.openRows++
      if (!running.has(caseId)) await repair(caseId, report)
    }
    for (const [caseId, startedAt] of running) {
      if (open.has(caseId) || Date.now() - startedAt < YOUNG_MS) continue
      const row = await store.cases.get(EVERYTHING, caseId)
      if (!row) report.withoutRow.push(caseId)
    }
    if (report.restarted.length + report.superseded.length + report.withoutRow.length > 0) {
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
    if (!first) return
    const input = inputFrom(caseId, first.event, row.externalIds[0], status.name)
    const memo: ListingCaseMemo = { caseId }
    await temporal.workflow.start(LISTING_CASE, {
      workflowId: parsed.workflowId,
      taskQueue: CASES_QUEUE,
      args: [input],
      memo: { ...memo },
      staticSummary: `${parsed.brandId} · ${parsed.marketplace} · ${parsed.listingKey} · continued`,
    })
    report.restarted.push(caseId)
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

/** The input a case was opened with, as its first event has it. */
function inputFrom(
  caseId: string,
  event: CaseEvent,
  externalId: string | undefined,
  status: string,
): ListingCaseInput {
  if (event.type !== 'opened') throw new Error(`case ${caseId} does not begin with "opened"`)
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
