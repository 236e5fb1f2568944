import { createHash, randomBytes } from 'node:crypto'

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** SHA-256 of text (as UTF-8) or bytes, as 64 lower-case hex digits. */
export function sha256Hex(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/**
 * SHA-256 of text as 52 lower-case base32 characters (RFC 4648 alphabet, no padding): safe in
 * workflow ids, URLs and file names that ignore case.
 */
export function base32Sha256(text: string): string {
  return base32(createHash('sha256').update(text).digest())
}

/** 13 random characters of `[a-z2-7]`, 64 bits: makes an id unique without asking a database. */
export function randomSuffix(): string {
  return base32(randomBytes(8))
}

/** SHA-256 of text as 43 characters that fit URLs. */
export function sha256Base64Url(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** A secret of 256 random bits, as 43 characters that fit URLs and cookies; `sha256Hex` of it is kept. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** RFC 4648 base32 of any bytes, lower-case, without padding. */
export function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let bitCount = 0
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff
    bitCount += 8
    while (bitCount >= 5) {
      bitCount -= 5
      text += BASE32.charAt((bits >> bitCount) & 31)
    }
  }
  return bitCount > 0 ? text + BASE32.charAt((bits << (5 - bitCount)) & 31) : text
}
