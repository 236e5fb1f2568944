import { randomBytes, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { base32, sha256Hex } from './digest.js'

/**
 * `jf_live_<key id: 8 of a-z2-7>_<secret: 43 of base62><checksum: 6 of base62>`. The prefix lets
 * secret scanners find a leaked key; the checksum (CRC-32 of everything before it) lets us refuse a
 * mistyped one without asking the database.
 */
const PREFIX = 'jf_live_'
const FORMAT = /^jf_live_([a-z2-7]{8})_[0-9A-Za-z]{43}([0-9A-Za-z]{6})$/
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const SECRET_BYTES = 32
const SECRET_LENGTH = 43
const CHECKSUM_LENGTH = 6

/** A new key. `secret` is the whole text, shown once; `keyId` and `hash` are what is stored. */
export interface GeneratedApiKey {
  keyId: string
  secret: string
  hash: string
}

/** Makes a key with 256 random bits. */
export function generateApiKey(): GeneratedApiKey {
  const keyId = base32(randomBytes(5))
  const random = BigInt(`0x${randomBytes(SECRET_BYTES).toString('hex')}`)
  const body = `${PREFIX}${keyId}_${base62(random, SECRET_LENGTH)}`
  const secret = body + checksum(body)
  return { keyId, secret, hash: hashApiKey(secret) }
}

/** The id inside a well-formed key with a right checksum; `null` for any other text. */
export function parseApiKey(text: string): { keyId: string } | null {
  const [, keyId, givenChecksum] = FORMAT.exec(text) ?? []
  if (keyId === undefined || givenChecksum === undefined) return null
  return checksum(text.slice(0, -CHECKSUM_LENGTH)) === givenChecksum ? { keyId } : null
}

/** What is stored of a key: SHA-256 in hex. No slow hash: the key has 256 random bits. */
export function hashApiKey(text: string): string {
  return sha256Hex(text)
}

/** True when `text` is the key behind a stored hash; takes the same time wherever they differ. */
export function matchesHash(text: string, hash: string): boolean {
  const given = Buffer.from(hashApiKey(text))
  const stored = Buffer.from(hash)
  return given.length === stored.length && timingSafeEqual(given, stored)
}

function checksum(body: string): string {
  return base62(BigInt(crc32(body)), CHECKSUM_LENGTH)
}

function base62(number: bigint, length: number): string {
  let text = ''
  for (let rest = number; text.length < length; rest /= 62n) {
    text = BASE62.charAt(Number(rest % 62n)) + text
  }
  return text
}
