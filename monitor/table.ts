import { columnsOf, fit } from '../platform/terminal-text.js'
import type { ReportedCase } from './new-case.js'

const GAP = '  '
/** Below this a table says nothing; it is then drawn this wide and the terminal wraps it. */
const MIN_WIDTH = 60

/** Suspicious listings as a table of `width` columns, most suspicious first. */
export function tableOf(cases: readonly ReportedCase[], width: number): string {
  const rows = cases
    .toSorted((a, b) => b.score - a.score)
    .map(({ listing, suspectedSeverity, score, signals }) => [
      listing.listingId,
      listing.seller.id,
      suspectedSeverity,
      String(score),
      signals
        .filter(({ weight }) => weight > 0)
        .map(({ ruleId }) => ruleId)
        .join(' '),
      listing.title,
    ])
  const head = ['listing', 'seller', 'sev', 'score', 'signals', 'title']
  const widths = columnWidths([head, ...rows], Math.max(width, MIN_WIDTH))
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, i) => fit(cell, widths[i] ?? 0))
        .join(GAP)
        .trimEnd(),
    )
    .join('\n')
}

/** Ids and figures get what they need within reason; signals and title share the rest. */
function columnWidths(rows: string[][], width: number): number[] {
  const needed = (i: number, max: number) =>
    Math.min(max, Math.max(...rows.map((row) => columnsOf(row[i] ?? ''))))
  const fixed = [needed(0, 16), needed(1, 16), needed(2, 3), needed(3, 5)]
  const rest = width - fixed.reduce((sum, each) => sum + each + GAP.length, 0) - GAP.length
  const signals = needed(4, Math.ceil(rest * 0.6))
  return [...fixed, signals, rest - signals]
}
