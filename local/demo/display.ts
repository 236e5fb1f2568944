import { lineProgress, type Progress } from '../provision/progress.js'

/** The live part of the demo: lines that stay, and one line that says how things stand. */
export interface Display extends Progress {
  /** How things stand now. Shown at once on a terminal, else every few seconds when it changed. */
  status(text: string): void
  /** A text of its own, after everything else. */
  print(text: string): void
}

const PLAIN_EVERY_MS = 5_000
const CLEAR_LINE = '\r\u001b[K'

/** A display on a terminal, a pipe or a file. */
export function createDisplay(output: NodeJS.WriteStream): Display {
  let shown = ''
  let shownAtMs = 0

  function line(text: string): void {
    output.write(output.isTTY ? `${CLEAR_LINE}${text}\n${fitting(shown)}` : `${text}\n`)
  }
  const fitting = (text: string) => text.slice(0, Math.max(0, output.columns - 1))
  const progress = lineProgress(line)

  return {
    report: (name, message) => progress.report(name, message),
    status(text) {
      if (text === shown) return
      if (output.isTTY) output.write(`${CLEAR_LINE}${fitting(text)}`)
      else if (performance.now() - shownAtMs < PLAIN_EVERY_MS) return
      else progress.report('cases', text)
      shown = text
      shownAtMs = performance.now()
    },
    print(text) {
      output.write(output.isTTY ? `${CLEAR_LINE}${text}\n` : `${text}\n`)
      shown = ''
    },
  }
}
