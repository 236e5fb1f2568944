import type { ReportedCase } from './new-case.js'

const GAP = '  '
/** Below this a table says nothing; it is then drawn this wide and the terminal wraps it. */
const MIN_WIDTH = 60
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

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
    Math.min(max, Math.max(...rows.map((row) => columns(row[i] ?? ''))))
  const fixed = [needed(0, 16), needed(1, 16), needed(2, 3), needed(3, 5)]
  const rest = width - fixed.reduce((sum, each) => sum + each + GAP.length, 0) - GAP.length
  const signals = needed(4, Math.ceil(rest * 0.6))
  return [...fixed, signals, rest - signals]
}

/** The text in exactly `width` columns, cut with an ellipsis or filled with spaces. */
function fit(text: string, width: number): string {
  const safe = printable(text)
  const missing = width - columns(safe)
  if (missing >= 0) return safe + ' '.repeat(missing)
  let cut = ''
  let used = 0
  for (const character of safe) {
    const next = used + columns(character)
    if (next > width - 1) break
    cut += character
    used = next
  }
  return `${cut}…${' '.repeat(Math.max(0, width - used - 1))}`
}

/** Sellers write these texts; control characters in them must not reach a terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, ' ')
}

/** Columns a terminal uses; East Asian wide characters take two. */
function columns(text: string): number {
  let total = 0
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue
    total += WIDE.test(character) ? 2 : 1
  }
  return total
}
