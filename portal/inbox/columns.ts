/** What a row can show below its title and the time left, in the order in which it is offered. */
export const COLUMNS = [
  ...(['marketplace', 'seller', 'price', 'severity', 'turn', 'silence'] as const),
  ...(['listing', 'brand', 'opened', 'units', 'rules', 'accountManager'] as const),
]
export type Column = (typeof COLUMNS)[number]

/** What it shows unless told. */
export const USUAL_COLUMNS: readonly Column[] = COLUMNS.slice(0, 6)

/** The columns that a text of an address names, each once; `null` for the usual ones, and for none at all. */
export function columnsOf(text: string | undefined): readonly Column[] | null {
  const named = (text ?? '').split(',')
  const known = named.flatMap((name) => COLUMNS.find((column) => column === name) ?? [])
  const chosen = [...new Set(known)]
  return chosen.length === 0 || chosen.join() === USUAL_COLUMNS.join() ? null : chosen
}

/** How an address names them; `undefined` for the usual ones. */
export function textOfColumns(columns: readonly Column[]): string | undefined {
  return columnsOf(columns.join(','))?.join(',')
}

/** With one column further up or down. */
export function withMoved(columns: readonly Column[], column: Column, by: 1 | -1): Column[] {
  const place = columns.indexOf(column)
  const other = place + by
  if (place < 0 || other < 0 || other >= columns.length) return [...columns]
  const rest = columns.filter((each) => each !== column)
  return [...rest.slice(0, other), column, ...rest.slice(other)]
}
