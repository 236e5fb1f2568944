import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Role } from '../domain/vocabulary.js'

/** The roles that may answer by a link in a mail. */
export const ANSWERING_ROLES = [
  'brandMember',
  'accountManager',
  'lead',
] as const satisfies readonly Role[]
export type AnsweringRole = (typeof ANSWERING_ROLES)[number]

/** What a link in a mail allows: one person, in one role, to answer one case until a moment. */
export interface AnswerClaims {
  caseId: string
  contactId: string
  role: AnsweringRole
  /** Epoch milliseconds; from this moment on the token is expired. */
  expiresAtMs: number
  /** Names this token, so that a used one can be recognised. */
  jti: string
}

export type AnswerTokenReading =
  { ok: true; claims: AnswerClaims } | { ok: false; reason: 'malformed' | 'forged' | 'expired' }

const VERSION = 'a1'
const MAX_TOKEN_LENGTH = 1024
const MIN_SECRET_BYTES = 32
const FORMAT = /^a1\.([\w-]+)\.([\w-]{43})$/

/**
 * The url-safe token `a1.<claims>.<HMAC-SHA256>`, at most 1024 characters. The same claims and
 * secret always give the same token, so a mail sent again carries the same link.
 * Throws a `RangeError` on claims that could not be read back and on a secret under 32 bytes.
 */
export function issueAnswerToken(claims: AnswerClaims, secret: string): string {
  const { caseId, contactId, role, expiresAtMs, jti } = claims
  const fields = [caseId, contactId, role, expiresAtMs, jti]
  if (claimsFrom(fields) === null) {
    throw new RangeError('answer token: caseId, contactId, role, expiresAtMs and jti are required')
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
 * `nowMs` in epoch milliseconds. Claims are looked at only after the signature was found right.
 */
export function readAnswerToken(
  token: string,
  secrets: readonly string[],
  nowMs: number,
): AnswerTokenReading {
  if (token.length > MAX_TOKEN_LENGTH) return { ok: false, reason: 'malformed' }
  const [, payload, givenMac] = FORMAT.exec(token) ?? []
  if (payload === undefined || givenMac === undefined) return { ok: false, reason: 'malformed' }

  // The texts are compared, not the decoded bytes: base64 has several spellings of the same bytes.
  const given = Buffer.from(givenMac)
  const genuine = secrets.some((secret) =>
    timingSafeEqual(given, Buffer.from(mac(`${VERSION}.${payload}`, secret))),
  )
  if (!genuine) return { ok: false, reason: 'forged' }

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
  if (!Array.isArray(fields) || fields.length !== 5) return null
  const [caseId, contactId, role, expiresAtMs, jti] = fields as unknown[]
  const answeringRole = ANSWERING_ROLES.find((known) => known === role)
  if (!isText(caseId) || !isText(contactId) || !isText(jti)) return null
  if (answeringRole === undefined) return null
  if (typeof expiresAtMs !== 'number' || !Number.isSafeInteger(expiresAtMs)) return null
  return { caseId, contactId, role: answeringRole, expiresAtMs, jti }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
