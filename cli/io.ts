import type { Readable } from 'node:stream'
import type { Output } from '../platform/terminal-output.js'

/** What a command gets from its process; `process` itself fits. */
export interface Io {
  stdin: Readable & { isTTY?: boolean }
  /** The result, and nothing else. */
  stdout: Output
  /** Progress, questions and errors. */
  stderr: Output
  env: Readonly<Record<string, string | undefined>>
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
