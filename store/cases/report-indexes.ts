/** The fields of an open case that a report reads; an index has them all. */
export const OPEN_CASE_INDEX = {
  open: 1,
  brandId: 1,
  marketplace: 1,
  phase: 1,
  accountManagerId: 1,
  dueAt: 1,
  openedAt: 1,
} as const

const DIMENSIONS = { brandId: 1, marketplace: 1, accountManagerId: 1 } as const
/** What a report reads of the cases of a period; indexes have it all. */
export const PERIOD_INDEXES = {
  openedAt: { openedAt: 1, ...DIMENSIONS },
  decidedAt: { decidedAt: 1, ...DIMENSIONS, openedAt: 1 },
  removedAt: { removedAt: 1, ...DIMENSIONS, openedAt: 1, decidedAt: 1 },
} as const
