/** A record of a CSV text by column name, and the line it starts on (the header is line 1). */
export interface CsvRecord {
  line: number
  fields: Record<string, string>
}

/** The text is not CSV; the message names the line. */
export class CsvError extends Error {
  override readonly name = 'CsvError'
}

interface Row {
  line: number
  cells: string[]
}

/**
 * Reads RFC 4180 text with a header row: quoted fields may hold commas, line breaks and doubled
 * quotes; lines end with CRLF or LF; a byte order mark and blank lines are skipped.
 * Throws a `CsvError` when no record could be told from the next.
 */
export function parseCsv(text: string): { columns: string[]; records: CsvRecord[] } {
  const [header, ...rows] = rowsOf(text.replace(/^\uFEFF/, ''))
  if (!header) throw new CsvError('the text is empty; the first line names the columns')
  const columns = header.cells.map((cell) => cell.trim())
  const twice = columns.find((column, i) => columns.indexOf(column) !== i)
  if (twice !== undefined) throw new CsvError(`line 1: the column "${twice}" is there twice`)
  const records = rows.map(({ line, cells }) => {
    if (cells.length !== columns.length) {
      throw new CsvError(`line ${line}: ${cells.length} fields instead of ${columns.length}`)
    }
    return { line, fields: Object.fromEntries(columns.map((c, i) => [c, cells[i] ?? ''])) }
  })
  return { columns, records }
}

// One alternative per token: a quoted field, a bare field; each with what ends it.
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/y

function rowsOf(text: string): Row[] {
  const rows: Row[] = []
  let line = 1
  let row: Row = { line, cells: [] }
  FIELD.lastIndex = 0
  while (FIELD.lastIndex < text.length || row.cells.length > 0) {
    const match = FIELD.exec(text)
    if (!match) throw new CsvError(`line ${line}: a quote is not closed or stands inside a field`)
    const [whole, quoted, bare = '', end] = match
    row.cells.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'))
    line += whole.split('\n').length - 1
    if (end === ',') continue
    if (row.cells.length > 1 || row.cells[0] !== '') rows.push(row)
    row = { line, cells: [] }
    if (end === '') break
  }
  return rows
}
