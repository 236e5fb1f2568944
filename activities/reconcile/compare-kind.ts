import type { Client } from '@temporalio/client'
import { DAY_MS } from '../../domain/brand/calendar.js'
import {
  addDrift,
  type ReconcileReport,
  type ReconcileStage,
} from '../../domain/record/reconciling.js'
import { type Standstill, STANDSTILLS } from '../../domain/vocabulary.js'
import { inParallel } from '../../platform/in-parallel.js'
import type { ReconciledKind } from './kind.js'
import { createRepairs } from './repairs.js'
import { createRuns, type ProcessRun } from './runs.js'

/** So many rows, or runs, are compared before a retry would not begin before them. */
const ROWS = 100
const RUNS = 500
const REPAIRS_AT_ONCE = 20
/** How far back to look for processes that ended before they were recorded. */
const UNRECORDED_MS = 7 * DAY_MS

/** Compares the rows and workflows of one kind of process, a page at a time. */
export function createComparison(deps: {
  temporal: Client
  kind: ReconciledKind
  mayRestart: () => Promise<void>
}) {
  const { records, names } = deps.kind
  const runs = createRuns(deps.temporal, names, RUNS)
  const repairs = createRepairs(deps)

  /** Compares what is at that stage; gives the next, or `null` after the last. */
  return async function comparePage(
    cursor: ReconcileStage,
    openingMs: number,
    page: ReconcileReport,
    beat: () => void,
  ): Promise<ReconcileStage | null> {
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
        for (const { id } of found) addDrift(page, standstill, id)
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
    const ids = await records.openIds(after, ROWS)
    page.openRows += ids.length
    const running = await runs.runningAmong(ids)
    const gone = ids.filter((id) => !running.has(id))
    await inParallel(gone, REPAIRS_AT_ONCE, async (id) => {
      beat()
      await repairs.goOnFromRecord(id, page)
    })
    return ids.length < ROWS ? null : (ids.at(-1) ?? null)
  }

  async function reportWithoutRow(
    found: readonly ProcessRun[],
    page: ReconcileReport,
  ): Promise<void> {
    const recorded = new Set(await records.recordedAmong(found.map(({ id }) => id)))
    for (const { id } of found) {
      if (!recorded.has(id)) addDrift(page, 'withoutRow', id)
    }
  }
}

/** Where the walk through those that stand still in that way begins; `null` after the last. */
function firstStanding(standstill: Standstill | undefined): ReconcileStage | null {
  return standstill ? { stage: 'standing', standstill, before: Date.now() } : null
}
