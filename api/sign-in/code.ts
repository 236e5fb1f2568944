import { sha256Hex } from '../../platform/digest.js'

const CODES = 1_000_000

/**
 * The six digits that a browser shows which asked for links, the same for all that it asks for while
 * it has this secret: whichever of their mails is opened elsewhere, the code on the screen fits.
 */
export function codeOf(browserSecret: string): string {
  const number = Number.parseInt(sha256Hex(`code of ${browserSecret}`).slice(0, 12), 16)
  return String(number % CODES).padStart(6, '0')
}
