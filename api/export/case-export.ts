import { EXPORT_COLUMNS, type ExportFormat } from '../../contract/case-export.js'
import type { CaseSummary } from '../../contract/case.js'
import type { CaseSort } from '../../domain/case/sorts.js'
import { csvLine } from '../../platform/csv-line.js'
import type { CaseFilter, CasePosition, Store, TenantScope } from '../../store/store.js'
import { presentSummary } from '../present/case.js'

/** So many cases are in memory at a time, whatever there are. */
const PAGE = 200

interface Writing {
  /** What stands before the first case, */
  begin: string
  /** each case, */
  item: (one: CaseSummary, isFirst: boolean) => string
  /** and after the last: a text without it is not whole. */
  end: string
}

const WRITINGS: Record<ExportFormat, Writing> = {
  csv: {
    // Spreadsheets know by the byte order mark that it is UTF-8.
    begin: `\ufeff${csvLine(EXPORT_COLUMNS)}`,
    item: (one) => csvLine(EXPORT_COLUMNS.map((column) => String(one[column] ?? ''))),
    end: '',
  },
  json: {
    begin: '[',
    item: (one, isFirst) => `${isFirst ? '' : ','}\n${JSON.stringify(one)}`,
    end: '\n]\n',
  },
}

/**
 * All cases of a list as text, a page at a time: the next is read once the one before is taken, so
 * that a slow reader costs no memory and holds nothing open in the database. What changes meanwhile
 * may be shown as it was or as it is; no case that stays in the list is left out or shown twice, unless
 * its place in the order moves.
 */
export async function* exportedCases(
  { cases }: Pick<Store, 'cases'>,
  scope: TenantScope,
  { filter, sort, format }: { filter: CaseFilter; sort: CaseSort; format: ExportFormat },
): AsyncGenerator<string> {
  const { begin, item, end } = WRITINGS[format]
  yield begin
  let isFirst = true
  for (let after: CasePosition | null | undefined; after !== null;) {
    const page = await cases.list(scope, filter, { limit: PAGE, sort, ...(after ? { after } : {}) })
    let text = ''
    for (const row of page.items) {
      text += item(presentSummary(row), isFirst)
      isFirst = false
    }
    if (text !== '') yield text
    after = page.next
  }
  yield end
}
