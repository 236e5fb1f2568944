import { forSpreadsheet } from '../../domain/form/spreadsheet-cell.js'

/** Rows as CSV text (RFC 4180) with a header, no cell of which a spreadsheet takes for a formula. */
export function csvText(
  columns: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  const cell = (value: string | number | null) => {
    const text = typeof value === 'string' ? forSpreadsheet(value) : String(value ?? '')
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}
