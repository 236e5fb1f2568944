import type { Client, WorkflowExecutionInfo } from '@temporalio/client'
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common'
import { type Severity, type Standstill, STANDSTILLS } from '../../domain/vocabulary.js'
import { CASE_KIND } from '../../domain/case/kind.js'
import { whereKnown } from '../../platform/process-runs.js'
import { inParallel } from '../../platform/in-parallel.js'
import type { TenantScope } from '../../store/store.js'
import type { ListingCaseMemo } from '../../workflows/case/start.js'
import { SEARCH_ATTRIBUTES, standstillQuery } from '../../workflows/search-attributes.js'

/** A case whose process stands still, as Temporal shows it. */
export interface StandingCase {
  caseId: string
  brandId: string
  marketplace: string
  severity: Severity
  /** Brand, marketplace, listing and the listing's title, in one line. */
  title: string
  standstill: Standstill
  /** When its present run began. */
  startedAt: Date
  detail: string
}

/** So many of each kind are looked at; there are more only in an outage. */
const MAX_OF_KIND = 100
const LOOKS_AT_ONCE = 10
const CALL_MS = 5_000
const MAX_DETAIL = 1_000
/** The server's own: what it says of a workflow whose tasks fail. */
const REPORTED_PROBLEMS = defineSearchAttributeKey(
  'TemporalReportedProblems',
  SearchAttributeType.KEYWORD_LIST,
)

const CODE_FAILED = "ExecutionStatus = 'Running' AND TemporalReportedProblems IS NOT NULL"

type Run = Pick<
  WorkflowExecutionInfo,
  'memo' | 'typedSearchAttributes' | 'workflowId' | 'runId' | 'startTime'
>

/** The cases within the caller's reach whose process stands still, the oldest runs last. */
export async function standingCases(
  temporal: Client,
  scope: TenantScope,
  now: number,
): Promise<StandingCase[]> {
  const runs: { standstill: Standstill; run: Run }[] = []
  const listed = new Set<string>()
  for (const standstill of STANDSTILLS) {
    for (const run of await runsOf(temporal, standstill, scope, now)) {
      if (!listed.has(run.runId)) runs.push({ standstill, run })
      listed.add(run.runId)
    }
  }
  const found = await inParallel(runs, LOOKS_AT_ONCE, async ({ standstill, run }) => {
    const { caseId, summary = '', trouble } = (run.memo ?? {}) as Partial<ListingCaseMemo>
    if (caseId === undefined) return []
    const { BrandId, Marketplace, Severity: severity } = SEARCH_ATTRIBUTES
    const shown = run.typedSearchAttributes
    return [
      {
        ...{ caseId, standstill, title: summary, startedAt: run.startTime },
        brandId: shown.get(BrandId) ?? '',
        marketplace: shown.get(Marketplace) ?? '',
        severity: (shown.get(severity) ?? 'S4') as Severity,
        detail: (trouble ?? (await detailOf(temporal, standstill, run))).slice(0, MAX_DETAIL),
      },
    ]
  })
  return found.flat()
}

/**
 * How many cases stand still in that way, whoever they belong to; of those whose code fails also
 * other workflows, such as a digest of mails.
 */
export async function countStanding(
  temporal: Client,
  standstill: Standstill,
  now: number,
): Promise<number> {
  const query =
    standstill === 'codeFailed'
      ? CODE_FAILED
      : standstillQuery(CASE_KIND.workflowType, standstill, now)
  const { count } = await bounded(temporal, () => temporal.workflow.count(query))
  return count
}

async function runsOf(
  temporal: Client,
  standstill: Standstill,
  { brandIds, marketplaces }: TenantScope,
  now: number,
): Promise<Run[]> {
  const query = [
    standstillQuery(CASE_KIND.workflowType, standstill, now),
    ...among('BrandId', brandIds),
    ...among('Marketplace', marketplaces),
  ].join(' AND ')
  const list = async () => {
    const runs: Run[] = []
    for await (const run of temporal.workflow.list({ query, pageSize: MAX_OF_KIND })) {
      runs.push(run)
      if (runs.length === MAX_OF_KIND) break
    }
    return runs
  }
  return whereKnown(standstill, [], () => bounded(temporal, list))
}

/** Brands and marketplaces are slugs: they hold nothing that would have to be quoted. */
function among(attribute: string, ids: readonly string[] | '*'): string[] {
  if (ids === '*') return []
  return [`${attribute} IN (${['', ...ids].map((id) => `'${id}'`).join(', ')})`]
}

async function detailOf(temporal: Client, standstill: Standstill, run: Run): Promise<string> {
  const { workflowId, runId } = run
  const reported = run.typedSearchAttributes.get(REPORTED_PROBLEMS) ?? []
  const said =
    standstill === 'codeFailed'
      ? await lastTaskFailure(temporal, run)
      : await bounded(temporal, async () => {
          const { raw } = await temporal.workflow.getHandle(workflowId, runId).describe()
          return raw.pendingActivities?.find(({ lastFailure }) => lastFailure)?.lastFailure?.message
        })
  return said || reported.join(', ') || 'no worker has got on with it yet'
}

/** Temporal keeps the first of a row of failures in the history, at its end. */
async function lastTaskFailure(
  temporal: Client,
  { workflowId, runId }: Run,
): Promise<string | null | undefined> {
  const { history } = await bounded(temporal, () =>
    temporal.workflowService.getWorkflowExecutionHistoryReverse({
      namespace: temporal.options.namespace,
      execution: { workflowId, runId },
      maximumPageSize: 10,
    }),
  )
  const failed = history?.events?.find((event) => event.workflowTaskFailedEventAttributes)
  return failed?.workflowTaskFailedEventAttributes?.failure?.message
}

function bounded<T>(temporal: Client, call: () => Promise<T>): Promise<T> {
  return temporal.withDeadline(Date.now() + CALL_MS, call)
}
