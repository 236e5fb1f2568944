import { createHmac, timingSafeEqual } from 'node:crypto'
import {
  ANSWERING_ROLES,
  type AnsweringRole,
  type Verdict,
  VERDICTS,
} from '../domain/vocabulary.js'
import { base32Sha256 } from './digest.js'

/** What a link in a mail allows one person, in one role, until a moment. */
interface LinkClaims {
  contactId: string
  role: AnsweringRole
  /** The address it is sent to, as `addressDigest` has it: at another one the link is worth nothing. */
  address: string
  /** The answers that can be given by it. */
  verdicts: readonly Verdict[]
  /** Epoch milliseconds; from this moment on the token is expired. */
  expiresAtMs: number
  /** Names this token, so that a used one can be recognised. */
  jti: string
}

/** A link that answers one case. */
export interface AnswerClaims extends LinkClaims {
  caseId: string
  /** The mail it stands in (`store/mails/`), whose other cases its reader may answer, too. */
  mailId?: string
}

/** A link that answers all cases of one mail. */
export interface ListClaims extends LinkClaims {
  mailId: string
}

export type AnswerTokenReading =
  | { ok: true; claims: AnswerClaims | ListClaims }
  | { ok: false; reason: 'malformed' | 'forged' | 'expired' | 'outdated' }

const OF_CASE = 'a3'
const OF_LIST = 'l3'
/** Bound to less than they should be. */
const OUTDATED = ['a1', 'a2']
const MAX_TOKEN_LENGTH = 1024
const MIN_SECRET_BYTES = 32
const FORMAT = /^(a[123]|l3)\.([\w-]+)\.([\w-]{43})$/

/** A mail address as tokens carry it: comparable, and readable by nobody. */
export function addressDigest(address: string): string {
  return base32Sha256(address.trim().toLowerCase()).slice(0, 26)
}

/** Names the link of one mail to one of its cases, or to all: the same wherever it is made. */
export function answerJti(mailId: string, caseId = ''): string {
  return base32Sha256(`${mailId} ${caseId}`).slice(0, 26)
}

/**
 * The url-safe token `<kind>.<claims>.<HMAC-SHA256>`, at most 1024 characters. The same claims and
 * secret always give the same token, so a mail sent again carries the same link.
 * Throws a `RangeError` on claims that could not be read back and on a secret under 32 bytes.
 */
export function issueAnswerToken(claims: AnswerClaims | ListClaims, secret: string): string {
  const { contactId, role, expiresAtMs, jti, address, verdicts } = claims
  const [kind, ...subject] =
    'caseId' in claims
      ? ([OF_CASE, claims.caseId, claims.mailId ?? ''] as const)
      : ([OF_LIST, '', claims.mailId] as const)
  const fields = [...subject, contactId, role, expiresAtMs, jti, address, verdicts.join(' ')]
  if (claimsFrom(kind, fields) === null) {
    throw new RangeError(
      'answer token: all of caseId or mailId, contactId, role, address, verdicts, expiresAtMs and jti are required',
    )
  }
  const signed = `${kind}.${Buffer.from(JSON.stringify(fields)).toString('base64url')}`
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
  const [, kind, payload, givenMac] = FORMAT.exec(token) ?? []
  if (kind === undefined || payload === undefined || givenMac === undefined)
    return { ok: false, reason: 'malformed' }

  // The texts are compared, not the decoded bytes: base64 has several spellings of the same bytes.
  const given = Buffer.from(givenMac)
  const genuine = secrets.some((secret) =>
    timingSafeEqual(given, Buffer.from(mac(`${kind}.${payload}`, secret))),
  )
  if (!genuine) return { ok: false, reason: 'forged' }

  if (OUTDATED.includes(kind)) return { ok: false, reason: 'outdated' }
  const claims = claimsFrom(kind, JSON.parse(Buffer.from(payload, 'base64url').toString()))
  if (claims === null) return { ok: false, reason: 'malformed' }
  return nowMs < claims.expiresAtMs ? { ok: true, claims } : { ok: false, reason: 'expired' }
}

function mac(signed: string, secret: string): string {
  if (Buffer.byteLength(secret) < MIN_SECRET_BYTES) {
    throw new RangeError(`answer token: the secret needs at least ${MIN_SECRET_BYTES} bytes`)
  }
  return createHmac('sha256', secret).update(`answer-token:${signed}`).digest('base64url')
}

function claimsFrom(kind: string, fields: unknown): AnswerClaims | ListClaims | null {
  if (!Array.isArray(fields) || fields.length !== 8) return null
  const [caseId, mailId, contactId, role, expiresAtMs, jti, address, allowed] = fields as unknown[]
  const answeringRole = ANSWERING_ROLES.find((known) => known === role)
  if (!isText(contactId) || !isText(jti) || !isText(address)) return null
  if (answeringRole === undefined || typeof allowed !== 'string') return null
  if (typeof expiresAtMs !== 'number' || !Number.isSafeInteger(expiresAtMs)) return null
  const names = allowed.split(' ')
  const verdicts = VERDICTS.filter((verdict) => names.includes(verdict))
  const claims = { contactId, role: answeringRole, expiresAtMs, jti, address, verdicts }
  if (kind === OF_LIST) return isText(mailId) ? { ...claims, mailId } : null
  if (!isText(caseId)) return null
  return { ...claims, caseId, ...(isText(mailId) ? { mailId } : {}) }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
