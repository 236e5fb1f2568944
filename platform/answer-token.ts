import { createHmac, timingSafeEqual } from 'node:crypto'
import { ANSWERING_ROLES, type AnsweringRole } from '../domain/vocabulary.js'
import { base32Sha256 } from './digest.js'

/** What a link in a mail allows: one person, in one role, to answer one case until a moment. */
export interface AnswerClaims {
  caseId: string
  contactId: string
  role: AnsweringRole
  /** The address it is sent to, as `addressDigest` has it: at another one the link is worth nothing. */
  address: string
  /** Epoch milliseconds; from this moment on the token is expired. */
  expiresAtMs: number
  /** Names this token, so that a used one can be recognised. */
  jti: string
}

export type AnswerTokenReading =
  | { ok: true; claims: AnswerClaims }
  | { ok: false; reason: 'malformed' | 'forged' | 'expired' | 'outdated' }

const VERSION = 'a2'
/** Bound to a contact only, whatever became of their address. */
const UNBOUND = 'a1'
const MAX_TOKEN_LENGTH = 1024
const MIN_SECRET_BYTES = 32
const FORMAT = /^(a[12])\.([\w-]+)\.([\w-]{43})$/

/** A mail address as tokens carry it: comparable, and readable by nobody. */
export function addressDigest(address: string): string {
  return base32Sha256(address.trim().toLowerCase()).slice(0, 26)
}

/**
 * The url-safe token `a2.<claims>.<HMAC-SHA256>`, at most 1024 characters. The same claims and
 * secret always give the same token, so a mail sent again carries the same link.
 * Throws a `RangeError` on claims that could not be read back and on a secret under 32 bytes.
 */
export function issueAnswerToken(claims: AnswerClaims, secret: string): string {
  const { caseId, contactId, role, expiresAtMs, jti, address } = claims
  const fields = [caseId, contactId, role, expiresAtMs, jti, address]
  if (claimsFrom(fields) === null) {
    throw new RangeError(
      'answer token: all of caseId, contactId, role, address, expiresAtMs and jti are required',
    )
  }
  const signed = `${VERSION}.${Buffer.from(JSON.stringify(fields)).toString('base64url')}`
  const token = `${signed}.${mac(signed, secret)}`
  if (token.length > MAX_TOKEN_LENGTH) {
    throw new RangeError(`answer token: over ${MAX_TOKEN_LENGTH} characters; shorten the ids`)
  }
  return token
}

/**
 * Reads a token signed with any of `secrets` (the current one and those being rotated out), at
 * `nowMs` in epoch milliseconds. `outdated` are genuine ones of an earlier kind. Claims are looked at only after the signature was found right.
 */
export function readAnswerToken(
  token: string,
  secrets: readonly string[],
  nowMs: number,
): AnswerTokenReading {
  if (token.length > MAX_TOKEN_LENGTH) return { ok: false, reason: 'malformed' }
  const [, version, payload, givenMac] = FORMAT.exec(token) ?? []
  if (version === undefined || payload === undefined || givenMac === undefined)
    return { ok: false, reason: 'malformed' }

  // The texts are compared, not the decoded bytes: base64 has several spellings of the same bytes.
  const given = Buffer.from(givenMac)
  const genuine = secrets.some((secret) =>
    timingSafeEqual(given, Buffer.from(mac(`${version}.${payload}`, secret))),
  )
  if (!genuine) return { ok: false, reason: 'forged' }

  if (version === UNBOUND) return { ok: false, reason: 'outdated' }
  const claims = claimsFrom(JSON.parse(Buffer.from(payload, 'base64url').toString()))
  if (claims === null) return { ok: false, reason: 'malformed' }
  return nowMs < claims.expiresAtMs ? { ok: true, claims } : { ok: false, reason: 'expired' }
}

function mac(signed: string, secret: string): string {
  if (Buffer.byteLength(secret) < MIN_SECRET_BYTES) {
    throw new RangeError(`answer token: the secret needs at least ${MIN_SECRET_BYTES} bytes`)
  }
  return createHmac('sha256', secret).update(`answer-token:${signed}`).digest('base64url')
}

function claimsFrom(fields: unknown): AnswerClaims | null {
  if (!Array.isArray(fields) || fields.length !== 6) return null
  const [caseId, contactId, role, expiresAtMs, jti, address] = fields as unknown[]
  const answeringRole = ANSWERING_ROLES.find((known) => known === role)
  if (!isText(caseId) || !isText(contactId) || !isText(jti) || !isText(address)) return null
  if (answeringRole === undefined) return null
  if (typeof expiresAtMs !== 'number' || !Number.isSafeInteger(expiresAtMs)) return null
  return { caseId, contactId, role: answeringRole, expiresAtMs, jti, address }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
