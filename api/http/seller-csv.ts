import { SELLER_COLUMNS } from '../../contract/seller-import.js'
import { MAX_SELLERS } from '../../contract/limits.js'
import { endOfDay, startOfDay } from '../../domain/brand/local-day.js'
import { fromSpreadsheet } from '../../domain/form/spreadsheet-cell.js'
import { ApiProblem } from '../errors.js'
import { CsvError, parseCsv } from './csv.js'

/** A line of a table of authorised sellers: its cells, and what they ask for, not yet checked. */
export interface SellerLine {
  line: number
  cells: Record<string, string>
  fields: Record<string, string>
}

/** Reads them; dates are days in `timeZone`. Throws `malformed-body`. */
export async function sellersOfCsv(
  text: string,
  timeZone: string,
): Promise<{ lines: SellerLine[]; ignoredColumns: string[] }> {
  const { records, ignored } = await read(text)
  if (records.length === 0 || records.length > MAX_SELLERS) {
    throw unreadable(`there are ${records.length} sellers; send between 1 and ${MAX_SELLERS}`)
  }
  const lines = records.map(({ line, fields }) => {
    const cells = Object.entries(fields).map(
      ([name, cell]) => [name, fromSpreadsheet(cell)] as const,
    )
    const given = cells.filter(([, cell]) => cell !== '')
    const asked = given.map(([name, cell]) => [name, momentOf(name, cell, timeZone)])
    return {
      line,
      cells: Object.fromEntries(given),
      fields: Object.fromEntries(asked) as Record<string, string>,
    }
  })
  return { lines, ignoredColumns: ignored }
}

async function read(text: string): ReturnType<typeof parseCsv> {
  try {
    return await parseCsv(text, SELLER_COLUMNS)
  } catch (error) {
    throw error instanceof CsvError ? unreadable(error.message) : error
  }
}

function unreadable(detail: string): ApiProblem {
  return new ApiProblem('malformed-body', `The CSV cannot be used: ${detail}.`)
}

/** A date as the moment its day begins or has ended; anything else stays, for the schema to judge. */
function momentOf(column: string, cell: string, timeZone: string): string {
  const dayOf = { validFrom: startOfDay, validUntil: endOfDay }[column]
  const atMs = dayOf?.(cell, timeZone) ?? null
  return atMs === null ? cell : new Date(atMs).toISOString()
}
