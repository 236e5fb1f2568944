import type { Client } from '@temporalio/client'
import type { ProcessNames } from '../../domain/record/record.js'
import type { Standstill } from '../../domain/vocabulary.js'
import { idInMemo, whereKnown } from '../../platform/process-runs.js'
import { standstillQuery } from '../../workflows/search-attributes.js'

/** A run of a process's workflow. */
export interface ProcessRun {
  id: string
  runId: string
}

/** A page of runs, the latest first, and the instant (epoch ms) before which the next page is. */
interface RunsPage {
  found: ProcessRun[]
  next: number | null
}

/** So many ids stand in one query. */
const IDS_A_QUERY = 100

/**
 * What Temporal's list says about runs of one kind of process, a page at a time. The list lags behind a little,
 * and pages may overlap by the runs of one instant.
 */
export function createRuns(
  temporal: Client,
  { workflowType, idName, workflowIdOf }: ProcessNames,
  pageSize: number,
) {
  const ofKind = `WorkflowType = '${workflowType}'`
  const running = `${ofKind} AND ExecutionStatus = 'Running'`
  const endedWhileOpening =
    `${ofKind} AND (CasePhase IN ('opening', 'closed') OR Trouble = 'notOpened') ` +
    `AND ExecutionStatus IN ('Terminated', 'Failed', 'TimedOut', 'Canceled')`

  return {
    /** Those of these whose own workflow runs. */
    async runningAmong(ids: readonly string[]): Promise<Set<string>> {
      const found = new Set<string>()
      const workflowIds = ids.flatMap((id) => workflowIdOf(id) ?? [])
      for (let at = 0; at < workflowIds.length; at += IDS_A_QUERY) {
        const listed = workflowIds.slice(at, at + IDS_A_QUERY).map((id) => `'${id}'`)
        const query = `${running} AND WorkflowId IN (${listed.join(', ')})`
        for await (const { memo } of temporal.workflow.list({ query, pageSize })) {
          const id = idInMemo(memo, idName)
          if (id !== undefined) found.add(id)
        }
      }
      return found
    },

    /** Runs that started before that instant (epoch ms) and still run. */
    runningBefore: (before: number) => page(running, 'StartTime', before),

    /** Runs ended from outside, between two instants, before they had opened their record, or the next one. */
    endedWhileOpening: (before: number, since: number) =>
      page(`${endedWhileOpening} AND CloseTime > '${iso(since)}'`, 'CloseTime', before),

    /** Runs started before that instant that stand still; `openingMs` as for the query. */
    standing: (standstill: Standstill, before: number, openingMs: number): Promise<RunsPage> =>
      whereKnown(standstill, { found: [], next: null }, () => {
        const query = standstillQuery(workflowType, standstill, Date.now(), openingMs)
        return page(query, 'StartTime', before)
      }),
  }

  async function page(
    query: string,
    attribute: 'StartTime' | 'CloseTime',
    before: number,
  ): Promise<RunsPage> {
    const found: ProcessRun[] = []
    let last = Number.NaN
    const listed = temporal.workflow.list({
      query: `${query} AND ${attribute} < '${iso(before)}'`,
      pageSize,
    })
    for await (const { memo, runId, startTime, closeTime } of listed) {
      const at = (attribute === 'StartTime' ? startTime : (closeTime ?? startTime)).getTime()
      // The list knows finer instants than we do: the next page begins with those of this one.
      if (found.length >= pageSize && at < last) return { found, next: last + 1 }
      last = at
      const id = idInMemo(memo, idName)
      if (id !== undefined) found.push({ id, runId })
    }
    return { found, next: null }
  }
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString()
}
