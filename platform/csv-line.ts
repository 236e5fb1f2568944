import { printable } from './terminal-text.js'

/** What spreadsheets take for the beginning of a formula. */
const FORMULA = /^[=+\-@]/

/**
 * A line of CSV (RFC 4180) that a spreadsheet shows as it is: what it would take for a formula, and a
 * seller may write into a title, gets an apostrophe in front. The API takes it off again.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(text: string): string {
  const safe = printable(text)
  const shown = FORMULA.test(safe) ? `'${safe}` : safe
  return /[",;]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown
}
