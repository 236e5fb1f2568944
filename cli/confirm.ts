import { createInterface } from 'node:readline/promises'
import { printable } from '../platform/terminal-text.js'
import { usageError } from './exit.js'
import type { Io } from './io.js'

/**
 * Asks before something that cannot be undone; `yes` answers beforehand. Throws a usage error when
 * the answer is no, or when there is nobody to ask.
 */
export async function confirm(io: Io, question: string, yes: boolean): Promise<void> {
  if (yes) return
  if (!io.stdin.isTTY || io.stderr.columns === undefined) {
    throw usageError(`${question} There is no terminal to ask on: add --yes if you mean it.`)
  }
  const lines = createInterface({
    input: io.stdin,
    output: io.stderr as NodeJS.WritableStream,
    terminal: true,
  })
  try {
    // Ctrl-C and Ctrl-D reject.
    const answer = await lines.question(`${printable(question)} [y/N] `).catch(() => '')
    if (/^y(es)?$/i.test(answer.trim())) return
  } finally {
    lines.close()
  }
  throw usageError('Nothing was done.')
}
