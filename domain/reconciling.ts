/** What a comparison of cases with their workflows can find. */
export const DRIFTS = ['restarted', 'superseded', 'unreadable', 'withoutRow'] as const
export type Drift = (typeof DRIFTS)[number]

/** So many case ids of each kind are named in a report; its counts have all. */
const MAX_NAMED = 50

/** Result of `reconcile`: what it found and did. Ids only, and of each kind the first few. */
export interface ReconcileReport {
  openRows: number
  runningWorkflows: number
  /** How many of each kind there were, also those not named below. */
  counts: Record<Drift, number>
  /** Cases whose workflow had ended (terminated, reset, failed) and was started again. */
  restarted: string[]
  /** Cases that could not be repaired, because another case of the listing is running. */
  superseded: string[]
  /** Open rows whose events do not begin with "opened"; `joint-force audit verify` says more. */
  unreadable: string[]
  /** Running workflows without a row, although they have had time to open it. */
  withoutRow: string[]
}

/** Where a comparison goes on; it walks the open rows, the running workflows, then the ended ones. */
export type ReconcileCursor =
  | { stage: 'open'; after: string | null }
  /** `before`: epoch ms of the start of a workflow. */
  | { stage: 'running'; before: number }
  /** `before`: epoch ms of the end of a workflow. */
  | { stage: 'ended'; before: number }

/** The beginning of a comparison. */
export const RECONCILE_START: ReconcileCursor = { stage: 'open', after: null }

/** A report of nothing. */
export function emptyReport(): ReconcileReport {
  return {
    openRows: 0,
    runningWorkflows: 0,
    counts: { restarted: 0, superseded: 0, unreadable: 0, withoutRow: 0 },
    restarted: [],
    superseded: [],
    unreadable: [],
    withoutRow: [],
  }
}

/** Adds a finding to the report. */
export function addDrift(report: ReconcileReport, drift: Drift, caseId: string): void {
  report.counts[drift]++
  if (report[drift].length < MAX_NAMED) report[drift].push(caseId)
}

/** Both in one; the sizes of both are bounded, and so is that of the result. */
export function mergeReports(one: ReconcileReport, other: ReconcileReport): ReconcileReport {
  const merged = emptyReport()
  merged.openRows = one.openRows + other.openRows
  merged.runningWorkflows = one.runningWorkflows + other.runningWorkflows
  for (const drift of DRIFTS) {
    merged.counts[drift] = one.counts[drift] + other.counts[drift]
    merged[drift] = [...one[drift], ...other[drift]].slice(0, MAX_NAMED)
  }
  return merged
}

/** Is there anything in it that the service had to repair, or could not? */
export function hasDrift({ counts }: ReconcileReport): boolean {
  return DRIFTS.some((drift) => counts[drift] > 0)
}

/** A report as it came from Temporal, perhaps from a version that counted only what it named. */
export function readReport(
  given: Omit<ReconcileReport, 'counts'> & Partial<ReconcileReport>,
): ReconcileReport {
  const { restarted, superseded, unreadable, withoutRow } = given
  const lengths = { restarted, superseded, unreadable, withoutRow }
  const counted = Object.entries(lengths).map(([drift, ids]) => [drift, ids.length])
  return {
    ...given,
    counts: given.counts ?? (Object.fromEntries(counted) as Record<Drift, number>),
  }
}
