import { MINUTE_MS } from '../brand/calendar.js'
import type { Standstill } from '../vocabulary.js'

/** Those a process knows of itself, and says in its search attribute `Trouble`. */
export type Trouble = Exclude<Standstill, 'codeFailed'>

/** A case that has been opening for so long is reported: with a database it takes a moment. */
export const OPENING_LIMIT_MS = 5 * MINUTE_MS
