import { activityInfo, cancellationSignal, heartbeat, log } from '@temporalio/activity'
import {
  addDrift,
  emptyReport,
  hasDrift,
  mergeReports,
  RECONCILE_START,
  type ReconcileCursor,
  type ReconcileReport,
} from '../../domain/record/reconciling.js'
import { type Standstill, STANDSTILLS } from '../../domain/vocabulary.js'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { inParallel } from '../../platform/in-parallel.js'
import type { ReconcileSlice } from '../../workflows/messages.js'
import { type CaseRun, createCaseRuns } from './case-runs.js'
import type { ActivityDependencies } from '../dependencies.js'
import { paced } from '../paced.js'
import { createRepairs } from './repairs.js'

/** So many rows, or runs, are compared before a retry would not begin before them. */
const ROWS = 100
const RUNS = 500
const REPAIRS_AT_ONCE = 20
/** A slice ends after the page in which it has lasted so long. */
const SLICE_MS = 5_000
/** How far back to look for cases that ended before they were recorded. */
const UNRECORDED_MS = 7 * DAY_MS

/** What a retry of the activity goes on from. */
interface Standing {
  cursor: ReconcileCursor
  report: ReconcileReport
}

/**
 * Compares open rows with running workflows, a slice at a time. A row whose workflow has ended is
 * started again from the record, a workflow that had ended before there was a row from its own
 * input, at most `restartsPerSecond`; a workflow that is older than `openingMs` and has no row, and
 * any that stands still, is reported. Running it twice, or two at once, changes nothing more. A retry goes on after the last
 * page that was finished.
 */
export function createReconcileCases({
  store,
  temporal,
  restartsPerSecond,
}: Pick<ActivityDependencies, 'store' | 'temporal' | 'restartsPerSecond'>) {
  const runs = createCaseRuns(temporal, RUNS)
  const repairs = createRepairs({ store, temporal, mayRestart: paced(restartsPerSecond) })

  return async function reconcileCases({ openingMs, from }: ReconcileSlice): Promise<{
    report: ReconcileReport
    /** Where the next slice begins; `null` at the end. */
    next: ReconcileCursor | null
  }> {
    const startedAt = Date.now()
    const resumed = activityInfo().heartbeatDetails as Standing | undefined
    let { cursor, report }: Standing = resumed ?? {
      cursor: from ?? RECONCILE_START,
      report: emptyReport(),
    }
    for (;;) {
      const standing = { cursor, report }
      const page = emptyReport()
      const beat = () => {
        // A worker that stops does not wait for the end of a page; a retry begins with it.
        cancellationSignal().throwIfAborted()
        heartbeat(standing)
      }
      beat()
      const next = await comparePage(cursor, openingMs, page, beat)
      report = mergeReports(report, page)
      if (next) cursor = next
      heartbeat({ cursor, report })
      if (next && Date.now() - startedAt < SLICE_MS) continue
      if (hasDrift(report)) log.warn('cases and workflows had drifted apart', { ...report })
      return { report, next }
    }
  }

  async function comparePage(
    cursor: ReconcileCursor,
    openingMs: number,
    page: ReconcileReport,
    beat: () => void,
  ): Promise<ReconcileCursor | null> {
    switch (cursor.stage) {
      case 'open': {
        const after = await compareRows(cursor.after, page, beat)
        if (after !== null) return { stage: 'open', after }
        return { stage: 'running', before: Date.now() - openingMs }
      }
      case 'running': {
        const { found, next } = await runs.runningBefore(cursor.before)
        page.runningWorkflows += found.length
        await reportWithoutRow(found, page)
        return next === null
          ? { stage: 'ended', before: Date.now() }
          : { stage: 'running', before: next }
      }
      case 'ended': {
        const { found, next } = await runs.endedWhileOpening(
          cursor.before,
          Date.now() - UNRECORDED_MS,
        )
        await inParallel(found, REPAIRS_AT_ONCE, async (run) => {
          beat()
          await repairs.openAfterAll(run, page)
        })
        return next === null ? firstStanding(STANDSTILLS[0]) : { stage: 'ended', before: next }
      }
      case 'standing': {
        const { standstill, before } = cursor
        const { found, next } = await runs.standing(standstill, before, openingMs)
        for (const { caseId } of found) addDrift(page, standstill, caseId)
        return next === null
          ? firstStanding(STANDSTILLS[STANDSTILLS.indexOf(standstill) + 1])
          : { stage: 'standing', standstill, before: next }
      }
    }
  }

  /** The last id of a full page, or `null` at the end. */
  async function compareRows(
    after: string | null,
    page: ReconcileReport,
    beat: () => void,
  ): Promise<string | null> {
    const caseIds = await store.cases.openIds(after, ROWS)
    page.openRows += caseIds.length
    const running = await runs.runningAmong(caseIds)
    const gone = caseIds.filter((caseId) => !running.has(caseId))
    await inParallel(gone, REPAIRS_AT_ONCE, async (caseId) => {
      beat()
      await repairs.goOnFromRecord(caseId, page)
    })
    return caseIds.length < ROWS ? null : (caseIds.at(-1) ?? null)
  }

  async function reportWithoutRow(found: readonly CaseRun[], page: ReconcileReport): Promise<void> {
    const recorded = new Set(await store.cases.recordedAmong(found.map(({ caseId }) => caseId)))
    for (const { caseId } of found) {
      if (!recorded.has(caseId)) addDrift(page, 'withoutRow', caseId)
    }
  }
}

/** Where the walk through the cases that stand still in that way begins; `null` after the last. */
function firstStanding(standstill: Standstill | undefined): ReconcileCursor | null {
  return standstill ? { stage: 'standing', standstill, before: Date.now() } : null
}
