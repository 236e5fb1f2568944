/**
 * Bytes as text, without a byte order mark. Throws a `TypeError` for bytes that are not of the
 * encoding, because a replacement character in their place would be kept for ever, and a
 * `RangeError` for an encoding nobody knows.
 */
export function decodeText(bytes: Uint8Array, encoding = 'utf-8'): string {
  return new TextDecoder(encoding, { fatal: true }).decode(bytes)
}
