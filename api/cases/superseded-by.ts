import type { CaseRow, Store } from '../../store/store.js'

/**
 * The case of the same listing and brand that an open case waits for, or for which it was closed;
 * `null` for any other. Only the latest open case of a listing has a process.
 */
export async function supersededBy(
  store: Pick<Store, 'cases'>,
  { workflowId, marketplace, listingId, openedAt, phase, state }: CaseRow,
): Promise<string | null> {
  if (phase === 'closed') return state.ending?.supersededBy ?? null
  const open = await store.cases.openOfListing({ marketplace, listingId })
  const later = open.filter((row) => row.workflowId === workflowId && row.openedAt > openedAt)
  return later.sort((a, b) => Number(b.openedAt) - Number(a.openedAt))[0]?.caseId ?? null
}
