/** Where a command writes. `columns`: of a terminal, 0 where it does not tell; absent off one. */
export interface Output {
  write(text: string): unknown
  columns?: number | undefined
}

const USUAL_WIDTH = 80

/** The width to write for, in columns; `undefined` for a pipe or file, where nothing is cut. */
export function widthOf({ columns }: Output): number | undefined {
  return columns === 0 ? USUAL_WIDTH : columns
}
