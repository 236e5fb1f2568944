const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

/** Sellers write these texts; control characters in them must not reach a terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, ' ')
}

/** A value as JSON in which whatever a terminal could obey is escaped; it is read back as it was. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, escaped)
}

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}

/** Columns a terminal uses for printable text; East Asian wide characters take two. */
export function columnsOf(text: string): number {
  let total = 0
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue
    total += WIDE.test(character) ? 2 : 1
  }
  return total
}

/** The text, made printable, in exactly `width` columns: cut with an ellipsis or filled with spaces. */
export function fit(text: string, width: number): string {
  const safe = printable(text)
  const missing = width - columnsOf(safe)
  if (missing >= 0) return safe + ' '.repeat(missing)
  let cut = ''
  let used = 0
  for (const character of safe) {
    const next = used + columnsOf(character)
    if (next > width - 1) break
    cut += character
    used = next
  }
  return `${cut}…${' '.repeat(Math.max(0, width - used - 1))}`
}
