import type { Readable } from 'node:stream'

/** Where a command writes. `columns`: of a terminal, 0 where it does not tell; absent off one. */
export interface Output {
  write(text: string): unknown
  columns?: number | undefined
}

/** What a command gets from its process; `process` itself fits. */
export interface Io {
  stdin: Readable & { isTTY?: boolean }
  /** The result, and nothing else. */
  stdout: Output
  /** Progress, questions and errors. */
  stderr: Output
  env: Readonly<Record<string, string | undefined>>
}

const USUAL_WIDTH = 80

/** The width to write for, in columns; `undefined` for a pipe or file, where nothing is cut. */
export function widthOf({ columns }: Output): number | undefined {
  return columns === 0 ? USUAL_WIDTH : columns
}

export type Colour = 'bold' | 'dim' | 'red' | 'yellow' | 'green'

const SEQUENCES: Record<Colour, readonly [on: number, off: number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
}

/** Colours text for `output`; leaves it as it is off a terminal and where NO_COLOR is set. */
export function painter({ env }: Pick<Io, 'env'>, output: Output) {
  const isPlain = output.columns === undefined || Boolean(env['NO_COLOR'])
  return (colour: Colour, text: string): string => {
    const [on, off] = SEQUENCES[colour]
    return isPlain ? text : `\u001b[${on}m${text}\u001b[${off}m`
  }
}
export type Paint = ReturnType<typeof painter>
