import { type Drift, DRIFTS, type Standstill } from '../vocabulary.js'

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
  /** Running cases that have not opened, although they have had time to. */
  notOpened: string[]
  /** Running cases whose record takes nothing more. */
  recordRefused: string[]
  /** Running cases whose code fails on their history, again and again. */
  codeFailed: string[]
}

/** A report as a version wrote it that looked for less, or counted only what it named. */
type EarlierReport = Pick<ReconcileReport, 'openRows' | 'runningWorkflows'> &
  Partial<Omit<ReconcileReport, 'counts'>> & { counts?: Partial<Record<Drift, number>> }

/** Where a comparison goes on, and with which kind of process; absent: the first, cases. */
export type ReconcileCursor = ReconcileStage & { kind?: string }

/** Of each kind it walks the open rows, the running workflows, the ended ones, then those standing still. */
export type ReconcileStage =
  | { stage: 'open'; after: string | null }
  /** `before`: epoch ms of the start of a workflow. */
  | { stage: 'running'; before: number }
  /** `before`: epoch ms of the end of a workflow. */
  | { stage: 'ended'; before: number }
  /** `before`: epoch ms of the start of a workflow. */
  | { stage: 'standing'; standstill: Standstill; before: number }

/** The beginning of a comparison. */
export const RECONCILE_START: ReconcileCursor = { stage: 'open', after: null }

/** A report of nothing. */
export function emptyReport(): ReconcileReport {
  return readReport({ openRows: 0, runningWorkflows: 0 })
}

/** Adds a finding to the report. */
export function addDrift(report: ReconcileReport, drift: Drift, caseId: string): void {
  report.counts[drift]++
  if (report[drift].length < MAX_NAMED) report[drift].push(caseId)
}

/** Both in one; the sizes of both are bounded, and so is that of the result. */
export function mergeReports(one: EarlierReport, other: EarlierReport): ReconcileReport {
  const [merged, added] = [readReport(one), readReport(other)]
  merged.openRows += added.openRows
  merged.runningWorkflows += added.runningWorkflows
  for (const drift of DRIFTS) {
    merged.counts[drift] += added.counts[drift]
    merged[drift] = [...merged[drift], ...added[drift]].slice(0, MAX_NAMED)
  }
  return merged
}

/** Is there anything in it that the service had to repair, or could not? */
export function hasDrift({ counts }: ReconcileReport): boolean {
  return DRIFTS.some((drift) => counts[drift] > 0)
}

/** A report as it came from Temporal, perhaps from an earlier version. */
export function readReport(given: EarlierReport): ReconcileReport {
  const { openRows, runningWorkflows } = given
  const named = byDrift((drift) => [...(given[drift] ?? [])])
  const counts = byDrift((drift) => given.counts?.[drift] ?? named[drift].length)
  return { openRows, runningWorkflows, counts, ...named }
}

function byDrift<T>(of: (drift: Drift) => T): Record<Drift, T> {
  return Object.fromEntries(DRIFTS.map((drift) => [drift, of(drift)])) as Record<Drift, T>
}
