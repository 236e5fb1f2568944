// Without schemas, so that clients that only count need not carry them.

/** Reports of one request, at most. */
export const MAX_REPORTS = 1000

/** As many cases that are like one are counted, of each kind. */
export const MAX_SIMILAR = 1000

/** Decisions of one request, at most. */
export const MAX_DECISIONS = 300

/** Authorised sellers of one import, at most. */
export const MAX_SELLERS = 1000
