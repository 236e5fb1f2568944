import { columnsOf, fit, printable } from './terminal-text.js'

/** One column: `min` is the width it may be cut down to; without one it is never cut. */
export interface Column<Row> {
  head: string
  min?: number
  cell: (row: Row) => string
}

const GAP = '  '

/**
 * A table with a line of heads. On a terminal (`width` is known) it is as wide as that at most,
 * the widest cells being cut first; otherwise nothing is cut.
 */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width?: number,
): string {
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)))
  const lines = [columns.map(({ head }) => head), ...cells]
  const widths = columns.map((_, i) =>
    Math.max(...lines.map((line) => columnsOf(printable(line[i] ?? '')))),
  )
  if (width !== undefined) shrink(widths, columns, width)
  return lines
    .map((line) =>
      line
        .map((cell, i) => fit(cell, widths[i] ?? 0))
        .join(GAP)
        .trimEnd(),
    )
    .join('\n')
}

/** Takes columns from the widest that may give some, until the table fits or none may. */
function shrink(widths: number[], columns: readonly { min?: number }[], width: number): void {
  const total = () => widths.reduce((sum, each) => sum + each, GAP.length * (widths.length - 1))
  for (let over = total() - width; over > 0; over--) {
    const giving = columns
      .map(({ min }, i) => ({ i, own: widths[i] ?? 0, min }))
      .filter(({ own, min }) => min !== undefined && own > min)
      .toSorted((a, b) => b.own - a.own)[0]
    if (!giving) return
    widths[giving.i] = giving.own - 1
  }
}

/** Where texts are wrapped when there is no terminal to fit. */
export const UNLIMITED_WIDTH = 100

/** A name and its value; `paint` colours the value, which itself is made printable. */
export type Entry = readonly [name: string, value: string, paint?: (text: string) => string]

/** Names with their values beside them; long values go on below in their own column. */
export function details(entries: readonly Entry[], width = UNLIMITED_WIDTH): string {
  const nameWidth = Math.max(...entries.map(([name]) => columnsOf(name)))
  const indent = ' '.repeat(nameWidth + GAP.length)
  return entries
    .map(([name, value, paint = asItIs]) => {
      const wrapped = value.split('\n').flatMap((line) => wrap(line, width - indent.length))
      const lines = wrapped.map(paint)
      return `${fit(name, nameWidth)}${GAP}${lines.join(`\n${indent}`)}`
    })
    .join('\n')
}

function asItIs(text: string): string {
  return text
}

/** Lines of at most `width` columns, broken between words; a word that is longer stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of printable(text).split(/ +/)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && columnsOf(longer) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}
