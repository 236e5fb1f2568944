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
/** Who was reminded and has not answered; of cases that wait for their brand. */
export const REMINDED_INDEX = {
  of: { open: true, phase: 'awaitingBrand' },
  fields: { brandId: 1, marketplace: 1, 'state.wait.remindersSent': 1 },
} as const
/** Open cases of which a mail was refused for good. */
export const UNDELIVERED_INDEX = {
  of: { open: true, 'state.failedNotices.contactId': { $exists: true } },
  fields: { 'state.failedNotices.contactId': 1, brandId: 1 },
} as const
