import { MINUTE_MS } from '../brand/calendar.js'

/** The longest a marketplace may be given to answer one request; its `timeoutMs` is at most this. */
export const LONGEST_CALL_MS = 2 * MINUTE_MS

/** Requests of one look-up: by key, by listing, and the listing itself. */
const CALLS_PER_LOOKUP = 3

/**
 * How long one look-up can take at most, each of its requests within its own limit. A worker that
 * dies is noticed by its heartbeat, not by this.
 */
export const LONGEST_LOOKUP_MS = CALLS_PER_LOOKUP * LONGEST_CALL_MS

/** The same for one attempt at a takedown: a look-up, the listing, and a look-up or the removal. */
export const LONGEST_ATTEMPT_MS = 2 * LONGEST_LOOKUP_MS + LONGEST_CALL_MS
