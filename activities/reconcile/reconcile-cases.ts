import { activityInfo, cancellationSignal, heartbeat, log } from '@temporalio/activity'
import {
  emptyReport,
  hasDrift,
  mergeReports,
  RECONCILE_START,
  type ReconcileCursor,
  type ReconcileReport,
} from '../../domain/record/reconciling.js'
import type { ReconcileSlice } from '../../workflows/messages.js'
import type { ActivityDependencies } from '../dependencies.js'
import { paced } from '../paced.js'
import { createComparison } from './compare-kind.js'
import type { ReconciledKind } from './kind.js'

/** A slice ends after the page in which it has lasted so long. */
const SLICE_MS = 5_000

/** What a retry of the activity goes on from. */
interface Standing {
  cursor: ReconcileCursor
  report: ReconcileReport
}

/**
 * Compares open rows with running workflows, kind by kind, a slice at a time. A row whose workflow has
 * ended is started again from the record, a workflow that had ended before there was a row from its
 * own input, at most `restartsPerSecond`; a workflow that is older than `openingMs` and has no row,
 * and any that stands still, is reported. Running it twice, or two at once, changes nothing more. A
 * retry goes on after the last page that was finished.
 */
export function createReconcileCases({
  temporal,
  restartsPerSecond,
  kinds,
}: Pick<ActivityDependencies, 'temporal' | 'restartsPerSecond'> & {
  /** The table of recorded processes; the first is that of a cursor that names none. */
  kinds: readonly [ReconciledKind, ...ReconciledKind[]]
}) {
  const mayRestart = paced(restartsPerSecond)
  const [first] = kinds
  const typeOf = ({ names }: ReconciledKind) => names.workflowType
  const comparisons = kinds.map((kind) => createComparison({ temporal, kind, mayRestart }))

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
    { kind = typeOf(first), ...at }: ReconcileCursor,
    openingMs: number,
    page: ReconcileReport,
    beat: () => void,
  ): Promise<ReconcileCursor | null> {
    const index = kinds.findIndex((one) => typeOf(one) === kind)
    // A version that knew the kind began the comparison; the rest is its own to compare.
    const next = (await comparisons[index]?.(at, openingMs, page, beat)) ?? null
    if (next) return index === 0 ? next : { ...next, kind }
    const following = index < 0 ? undefined : kinds[index + 1]
    return following ? { ...RECONCILE_START, kind: typeOf(following) } : null
  }
}
