import { sha256Hex } from '../platform/digest.js'
import { ApiProblem } from './errors.js'

/** A place in a list of cases. */
export interface CaseKeyset {
  openedAt: Date
  caseId: string
}

const FORMAT = /^[\w-]{1,800}$/
const FINGERPRINT_LENGTH = 16

/** The cursor after `keyset` in the list made with `filter`; opaque to clients. */
export function writeCursor(keyset: CaseKeyset, filter: object): string {
  const fields = [fingerprint(filter), keyset.openedAt.getTime(), keyset.caseId]
  return Buffer.from(JSON.stringify(fields)).toString('base64url')
}

/** Throws `invalid-cursor` for a cursor of another filter and for anything else. */
export function readCursor(cursor: string, filter: object): CaseKeyset {
  const [print, openedAtMs, caseId] = FORMAT.test(cursor) ? fieldsOf(cursor) : []
  const openedAt = new Date(typeof openedAtMs === 'number' ? openedAtMs : Number.NaN)
  const wellFormed = typeof caseId === 'string' && !Number.isNaN(openedAt.getTime())
  if (wellFormed && print === fingerprint(filter)) return { openedAt, caseId }
  throw new ApiProblem(
    'invalid-cursor',
    'Send the "next" of a page of this very list and filter, or leave the cursor out.',
  )
}

function fieldsOf(cursor: string): unknown[] {
  try {
    const fields: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(fields) ? (fields as unknown[]) : []
  } catch {
    return []
  }
}

function fingerprint(filter: object): string {
  const entries = Object.entries(filter).filter(([, value]) => value !== undefined)
  return sha256Hex(JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)))).slice(
    0,
    FINGERPRINT_LENGTH,
  )
}
