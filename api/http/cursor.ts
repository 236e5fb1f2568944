import { sha256Hex } from '../../platform/digest.js'
import type { CasePosition } from '../../store/store.js'
import type { CaseSort } from '../../domain/case/sorts.js'
import { ApiProblem } from '../errors.js'

const FORMAT = /^[\w-]{1,800}$/
const FINGERPRINT_LENGTH = 16

/** The cursor after `position` in the list made with `filter`, its order in it; opaque to clients. */
export function writeCursor({ value, caseId }: CasePosition, filter: object): string {
  const fields = [fingerprint(filter), value instanceof Date ? value.getTime() : value, caseId]
  return Buffer.from(JSON.stringify(fields)).toString('base64url')
}

/**
 * The place that `writeCursor` was given with the same filter and order. Throws `invalid-cursor` for
 * any other text.
 */
export function readCursor(cursor: string, filter: object & { sort: CaseSort }): CasePosition {
  const [print, written, caseId] = FORMAT.test(cursor) ? fieldsOf(cursor) : []
  const value = typeof written === 'number' ? new Date(written) : written
  const isDated = value instanceof Date && !Number.isNaN(value.getTime())
  const isPlace = filter.sort === 'severity' ? typeof value === 'string' : isDated
  if (isPlace && typeof caseId === 'string' && print === fingerprint(filter)) {
    return { value: value as Date | string, caseId }
  }
  throw new ApiProblem(
    'invalid-cursor',
    'Send the "next" of a page of this very list and filter, or leave the cursor out.',
  )
}

/** What a cursor of ours holds; nothing, if it is none. */
export function fieldsOf(cursor: string): unknown[] {
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
