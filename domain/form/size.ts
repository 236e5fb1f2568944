/**
 * Size of `value` in bytes as Temporal and the record carry it: JSON in UTF-8, in which a control
 * character takes six bytes. `undefined` takes none.
 */
export function jsonBytes(value: unknown): number {
  const json = JSON.stringify(value) as string | undefined
  if (json === undefined) return 0
  let sizeBytes = json.length
  for (let i = 0; i < json.length; i++) {
    const unit = json.charCodeAt(i)
    if (unit >= 0x80) sizeBytes++
    // Each half of a surrogate pair is two of its four bytes.
    if (unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff)) sizeBytes++
  }
  return sizeBytes
}

/** The first items of a list that take at most `maxBytes` together, but at least one. */
export function firstWithin<T>(items: readonly T[], maxBytes: number): T[] {
  let sizeBytes = 0
  const end = items.findIndex((item, index) => {
    sizeBytes += jsonBytes(item)
    return index > 0 && sizeBytes > maxBytes
  })
  return end === -1 ? [...items] : items.slice(0, end)
}

/** The same of the last items, which may be none. */
export function lastWithin<T>(items: readonly T[], maxBytes: number): T[] {
  let sizeBytes = 0
  const end = items.findLastIndex((item) => {
    sizeBytes += jsonBytes(item)
    return sizeBytes > maxBytes
  })
  return items.slice(end + 1)
}

/** The beginning of a text, as much of it as takes at most `maxBytes`. */
export function textWithin(text: string, maxBytes: number): string {
  // No character takes more than six.
  if (text.length * 6 + 2 <= maxBytes) return text
  let sizeBytes = 2
  let end = 0
  for (const character of text) {
    sizeBytes += jsonBytes(character) - 2
    if (sizeBytes > maxBytes) break
    end += character.length
  }
  return text.slice(0, end)
}
