import { type Column, table } from '../platform/terminal-table.js'
import type { ReportedCase } from './new-case.js'

/** Below this a table says nothing; it is then drawn this wide and the terminal wraps it. */
const MIN_WIDTH = 60

const COLUMNS: readonly Column<ReportedCase>[] = [
  { head: 'listing', min: 16, cell: ({ listing }) => listing.listingId },
  { head: 'seller', min: 16, cell: ({ listing }) => listing.seller.id },
  { head: 'sev', cell: ({ suspectedSeverity }) => suspectedSeverity },
  { head: 'score', cell: ({ score }) => String(score) },
  { head: 'signals', min: 7, cell: signalsOf },
  { head: 'title', min: 7, cell: ({ listing }) => listing.title },
]

/** Suspicious listings as a table of `width` columns, most suspicious first. */
export function tableOf(cases: readonly ReportedCase[], width: number): string {
  const sorted = cases.toSorted((a, b) => b.score - a.score)
  return table(COLUMNS, sorted, Math.max(width, MIN_WIDTH))
}

function signalsOf({ signals }: ReportedCase): string {
  const counted = signals.filter(({ weight }) => weight > 0)
  return counted.map(({ ruleId }) => ruleId).join(' ')
}
