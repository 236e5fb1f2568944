import { setImmediate as turn } from 'node:timers/promises'
import { pipeline } from 'node:stream/promises'
import { CsvError as LibraryError, parse } from 'csv-parse'
import { trimmed } from '../../domain/form/given-text.js'

/** A record of a CSV text by column name, and the line it starts on (the header is line 1). */
export interface CsvRecord {
  line: number
  fields: Record<string, string>
}

/** The text is not CSV, or too much of it; the message names the line. */
export class CsvError extends Error {
  override readonly name = 'CsvError'
}

interface Row {
  line: number
  cells: string[]
}

const MAX_COLUMNS = 200
const MAX_LINES = 10_000
const MAX_RECORD_BYTES = 64 * 1024
/** So much is read before other requests get their turn. */
const CHUNK_BYTES = 64 * 1024

const REASONS: Partial<Record<LibraryError['code'], string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is not closed',
  CSV_INVALID_CLOSING_QUOTE: 'a quote stands inside a field',
  INVALID_OPENING_QUOTE: 'a quote stands inside a field',
  CSV_MAX_RECORD_SIZE: `longer than ${MAX_RECORD_BYTES / 1024} KiB`,
}

/**
 * Reads RFC 4180 text with a header row, as spreadsheets write it: fields are separated by commas or
 * semicolons, whichever the header has more of; quoted fields may hold both, line breaks and doubled
 * quotes; blank lines and rows of empty cells are skipped, and cells come without the white space
 * around them. Columns that are not `known` are `ignored`. Throws a `CsvError`, before any work is
 * done with them, for more columns, lines or bytes in a line than anybody needs, and when no record
 * could be told from the next.
 */
export async function parseCsv(
  text: string,
  known: readonly string[],
): Promise<{ records: CsvRecord[]; ignored: string[] }> {
  const [header, ...rows] = await rowsOf(text)
  if (!header) throw new CsvError('the text is empty; the first line names the columns')
  const columns = new Map<string, number>()
  const ignored = new Set<string>()
  for (const [place, name] of header.cells.entries()) {
    if (columns.has(name)) throw new CsvError(`line 1: the column "${name}" is there twice`)
    if (known.includes(name)) columns.set(name, place)
    else if (name !== '') ignored.add(name)
  }
  if (columns.size === 0) {
    throw new CsvError(`line 1 names none of the columns ${known.join(', ')}`)
  }
  const records = rows.map(({ line, cells }) => {
    const { length } = header.cells
    if (cells.length < length || cells.slice(length).some((cell) => cell !== '')) {
      throw new CsvError(`line ${line}: ${cells.length} fields instead of ${length}`)
    }
    const fields = [...columns].map(([name, place]) => [name, cells[place] ?? ''] as const)
    return { line, fields: Object.fromEntries(fields) }
  })
  return { records, ignored: [...ignored] }
}

async function rowsOf(text: string): Promise<Row[]> {
  const rows: Row[] = []
  let line = 1
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(text),
    relax_column_count: true,
    max_record_size: MAX_RECORD_BYTES,
    cast(cell, { index, lines }) {
      if (index >= MAX_COLUMNS)
        throw new CsvError(`line ${lines}: more than ${MAX_COLUMNS} columns`)
      return trimmed(cell)
    },
    on_record(cells: string[], { lines }) {
      if (lines > MAX_LINES) throw new CsvError(`there are more than ${MAX_LINES} lines`)
      if (cells.some((cell) => cell !== '')) rows.push({ line, cells })
      line = lines + 1
      return null
    },
  })
  // Everything was taken by `on_record`; nothing is left to be read from it.
  parser.resume()
  try {
    await pipeline(chunksOf(Buffer.from(text)), parser)
  } catch (error) {
    if (!(error instanceof LibraryError)) throw error
    const reason = REASONS[error.code] ?? error.message
    throw new CsvError(`line ${line}: ${reason}`, { cause: error })
  }
  return rows
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    yield bytes.subarray(start, start + CHUNK_BYTES)
    await turn()
  }
}

/** Spreadsheets separate by semicolons where people write decimals with a comma. */
function delimiterOf(text: string): ',' | ';' {
  const [header = ''] = text
    .slice(0, MAX_RECORD_BYTES)
    .trimStart()
    .split(/[\r\n]/, 1)
  return header.split(';').length > header.split(',').length ? ';' : ','
}
