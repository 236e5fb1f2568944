import type { Client } from '@temporalio/client'
import { parseCaseId } from '../../domain/case/identity.js'
import type { Standstill } from '../../domain/vocabulary.js'
import { GRPC, grpcStatusOf } from '../../platform/grpc-status.js'
import type { ListingCaseMemo } from '../../workflows/case/start.js'
import { LISTING_CASE } from '../../workflows/messages.js'
import { standstillQuery } from '../../workflows/search-attributes.js'

/** A run of a case's workflow. */
export interface CaseRun {
  caseId: string
  runId: string
}

/** A page of runs, the latest first, and the instant (epoch ms) before which the next page is. */
interface RunsPage {
  found: CaseRun[]
  next: number | null
}

/** So many ids stand in one query. */
const IDS_A_QUERY = 100

const OF_CASES = `WorkflowType = '${LISTING_CASE}'`
const RUNNING = `${OF_CASES} AND ExecutionStatus = 'Running'`
const ENDED_WHILE_OPENING =
  `${OF_CASES} AND (CasePhase IN ('opening', 'closed') OR Trouble = 'notOpened') ` +
  `AND ExecutionStatus IN ('Terminated', 'Failed', 'TimedOut', 'Canceled')`

/**
 * What Temporal's list says about runs of cases, a page at a time. The list lags behind a little,
 * and pages may overlap by the runs of one instant.
 */
export function createCaseRuns(temporal: Client, pageSize: number) {
  return {
    /** Those of the cases whose own workflow runs. */
    async runningAmong(caseIds: readonly string[]): Promise<Set<string>> {
      const running = new Set<string>()
      const workflowIds = caseIds.flatMap((caseId) => parseCaseId(caseId)?.workflowId ?? [])
      for (let at = 0; at < workflowIds.length; at += IDS_A_QUERY) {
        const listed = workflowIds.slice(at, at + IDS_A_QUERY).map((id) => `'${id}'`)
        const query = `${RUNNING} AND WorkflowId IN (${listed.join(', ')})`
        for await (const { memo } of temporal.workflow.list({ query, pageSize })) {
          const caseId = caseIdOf(memo)
          if (caseId !== undefined) running.add(caseId)
        }
      }
      return running
    },

    /** Runs that started before that instant (epoch ms) and still run. */
    runningBefore: (before: number) => page(RUNNING, 'StartTime', before),

    /** Runs ended from outside, between two instants, before they had opened their case, or the next one. */
    endedWhileOpening: (before: number, since: number) =>
      page(`${ENDED_WHILE_OPENING} AND CloseTime > '${iso(since)}'`, 'CloseTime', before),

    /** Runs started before that instant that stand still; `openingMs` as for the query. */
    async standing(standstill: Standstill, before: number, openingMs: number): Promise<RunsPage> {
      try {
        return await page(standstillQuery(standstill, Date.now(), openingMs), 'StartTime', before)
      } catch (error) {
        // A server older than 1.30 does not know the attribute, nor what workflow code fails on.
        const isUnknown = grpcStatusOf(error) === GRPC.invalidArgument
        if (standstill !== 'codeFailed' || !isUnknown) throw error
        return { found: [], next: null }
      }
    },
  }

  async function page(
    query: string,
    attribute: 'StartTime' | 'CloseTime',
    before: number,
  ): Promise<RunsPage> {
    const found: CaseRun[] = []
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
      const caseId = caseIdOf(memo)
      if (caseId !== undefined) found.push({ caseId, runId })
    }
    return { found, next: null }
  }
}

function caseIdOf(memo: Record<string, unknown> | undefined): string | undefined {
  return ((memo ?? {}) as Partial<ListingCaseMemo>).caseId
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString()
}
