import { continueAsNew, proxyActivities, setCurrentDetails, setHandler } from '@temporalio/workflow'
import type { Activities } from '../activities/index.js'
import {
  emptyReport,
  mergeReports,
  readReport,
  RECONCILE_START,
  type ReconcileCursor,
  type ReconcileReport,
} from '../domain/record/reconciling.js'
import { OPENING_LIMIT_MS } from '../domain/case/standstill.js'
import { checkInput } from './input.js'
import { type ReconcileInput, reconcileProgress } from './messages.js'

const { reconcileCases } = proxyActivities<Activities>({
  startToCloseTimeout: '10m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '5s', maximumAttempts: 5 },
  summary: 'compare open cases with running workflows',
})

type Slice = Awaited<ReturnType<Activities['reconcileCases']>>

const DEFAULT_MAX_SLICES = 500

/**
 * Compares open rows with running workflows and repairs or reports, slice by slice; started by a
 * Schedule. A workflow without a row, or still opening, is reported once it is `openingMs` old
 * (default: five minutes).
 */
export async function reconcile(input: ReconcileInput = {}): Promise<ReconcileReport> {
  checkInput('reconcile', input)
  const {
    openingMs = OPENING_LIMIT_MS,
    maxSlices = DEFAULT_MAX_SLICES,
    from = RECONCILE_START,
    soFar = emptyReport(),
  } = input
  let report = readReport(soFar)
  let next: ReconcileCursor | null = from
  setHandler(reconcileProgress, () => report, { description: 'What it has found so far' })
  for (let slices = 0; next; slices++) {
    if (slices >= maxSlices) {
      await continueAsNew<typeof reconcile>({ openingMs, maxSlices, from: next, soFar: report })
    }
    const slice: Slice | ReconcileReport = await reconcileCases({ openingMs, from: next })
    // A worker of version 0.1.0 does everything in one, and may answer one that was begun by it.
    if (!('report' in slice)) return readReport(slice)
    report = mergeReports(report, slice.report)
    next = slice.next
    setCurrentDetails(inWords(report, next))
  }
  return report
}

function inWords({ openRows, runningWorkflows, counts }: ReconcileReport, next: unknown): string {
  const found = Object.entries(counts).map(([drift, count]) => `${drift}: ${count}`)
  return [
    next === null ? 'Everything is compared.' : 'Comparing.',
    `Open cases: ${openRows}, running workflows: ${runningWorkflows}`,
    found.join(', '),
  ].join('\n\n')
}
