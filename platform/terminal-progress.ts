import { printable } from './terminal-text.js'
import { type Output, widthOf } from './terminal-output.js'

const CLEAR_LINE = '\r\u001b[K'
const MOVING_EVERY_MS = 100
const PLAIN_EVERY_MS = 5_000

/** How far a long command is, beside its result. */
export interface Progress {
  /** Shown as one moving line on a terminal, else every few seconds as a line of its own. */
  show(text: string): void
  /** A line that stays, such as a problem; it takes the place of the moving one. */
  line(text: string): void
  /** Clears the moving line. */
  end(): void
}

/** Progress on `output`, shown anew after `everyMs` at the earliest. */
export function createProgress(
  output: Output,
  everyMs = widthOf(output) === undefined ? PLAIN_EVERY_MS : MOVING_EVERY_MS,
): Progress {
  let shownAtMs = performance.now()
  const columns = widthOf(output)
  const end = () => {
    if (columns !== undefined) output.write(CLEAR_LINE)
  }
  return {
    show(text) {
      if (performance.now() - shownAtMs < everyMs) return
      shownAtMs = performance.now()
      const isMoving = columns !== undefined
      output.write(isMoving ? `${CLEAR_LINE}${text.slice(0, columns - 1)}` : `${text}\n`)
    },
    line(text) {
      end()
      output.write(`${printable(text)}\n`)
    },
    end,
  }
}
