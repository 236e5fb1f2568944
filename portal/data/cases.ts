import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { casePath } from '../../client/paths.js'
import type { Case, CaseSummary } from '../../contract/case.js'
import type { CaseMail } from '../../contract/case-mails.js'
import type { CaseListQuery } from '../../contract/case-list.js'
import type { Similar } from '../../contract/similar.js'
import type { PresentedEvent } from '../../contract/event.js'
import { api } from './api.js'
import { isFollowing } from './sync.js'

const PAGE = 200
const OF_LISTING_MAX = 20
/** How often what is shown is asked for again while nothing tells that it changed, and while something does. */
const AGAIN_MS = 20_000
const SELDOM_MS = 5 * 60_000
const again = () => (isFollowing() ? SELDOM_MS : AGAIN_MS)

interface Page {
  items: CaseSummary[]
  next: string | null
}

/** Cases of a list, page by page. */
export function casesQuery(query: CaseListQuery) {
  return infiniteQueryOptions({
    queryKey: ['cases', query],
    queryFn: ({ pageParam, signal }) => readPage(query, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }: Page) => next ?? undefined,
    refetchInterval: again,
  })
}

/** One case in full. */
export function caseQuery(caseId: string) {
  return queryOptions({
    queryKey: ['case', caseId],
    queryFn: async ({ signal }) =>
      (await api.request<Case>('GET', casePath(caseId), { signal })).body,
    refetchInterval: again,
  })
}

/** The latest cases about the listing of a case, that one among them, as of its revision. */
export function ofListingQuery({
  caseId,
  rev,
  marketplace,
  listingId,
}: Pick<Case, 'caseId' | 'rev' | 'marketplace' | 'listingId'>) {
  const params = new URLSearchParams({ marketplace, listingId, limit: String(OF_LISTING_MAX) })
  return queryOptions({
    queryKey: ['case', caseId, 'ofListing', rev],
    queryFn: async () => (await api.get<Page>(`/cases?${params.toString()}`)).items,
    placeholderData: ofSameCase(caseId),
  })
}

/** What can be answered together with a case, as of its revision `rev`. */
export function similarQuery(caseId: string, rev: number) {
  return queryOptions({
    queryKey: ['case', caseId, 'similar', rev],
    queryFn: async ({ signal }) =>
      (
        await api.request<{ items: Similar[] }>('GET', casePath(caseId, '/similar'), {
          signal,
        })
      ).body.items,
  })
}

/** The record of a case as of its revision `rev`, with which it grows. */
export function eventsQuery(caseId: string, rev: number) {
  return queryOptions({
    queryKey: ['case', caseId, 'events', rev],
    queryFn: async ({ signal }) =>
      (
        await api.request<{ items: PresentedEvent[] }>('GET', casePath(caseId, '/events'), {
          signal,
        })
      ).body.items,
    placeholderData: ofSameCase(caseId),
  })
}

/** What was shown of a case stays while its later revision is on its way. */
function ofSameCase(caseId: string) {
  return <T>(shown: T | undefined, before?: { queryKey: readonly unknown[] }): T | undefined =>
    before?.queryKey[1] === caseId ? shown : undefined
}

/** The mails about a case as of its revision `rev`. */
export function mailsQuery(caseId: string, rev: number) {
  return queryOptions({
    queryKey: ['case', caseId, 'mails', rev],
    queryFn: async () => (await api.get<{ items: CaseMail[] }>(casePath(caseId, '/mails'))).items,
    placeholderData: ofSameCase(caseId),
  })
}

/**
 * Shows at once, in every list that holds the case, what is known to have become of it; the other
 * rows stay the same objects, so that lists need not look at them.
 */
export function patchRow(client: QueryClient, caseId: string, change: Partial<CaseSummary>): void {
  client.setQueriesData<{ pages: Page[]; pageParams: unknown[] }>(
    { queryKey: ['cases'] },
    (lists) =>
      lists && {
        ...lists,
        pages: lists.pages.map((page) =>
          page.items.some((row) => row.caseId === caseId)
            ? {
                ...page,
                items: page.items.map((row) =>
                  row.caseId === caseId ? { ...row, ...change } : row,
                ),
              }
            : page,
        ),
      },
  )
}

/** The revision of each case as it is shown: in a list, or by itself where that is older. */
export function shownRevisions(client: QueryClient): Map<string, number> {
  const shown = new Map<string, number>()
  const note = ({ caseId, rev }: Pick<CaseSummary, 'caseId' | 'rev'>) =>
    shown.set(caseId, Math.min(rev, shown.get(caseId) ?? rev))
  for (const [, lists] of client.getQueriesData<{ pages: Page[] }>({ queryKey: ['cases'] })) {
    for (const { items } of lists?.pages ?? []) items.forEach(note)
  }
  for (const [key, one] of client.getQueriesData<Case>({ queryKey: ['case'] })) {
    if (one && key.length === 2) note(one)
  }
  return shown
}

async function readPage(query: CaseListQuery, cursor: string, signal: AbortSignal): Promise<Page> {
  const parameters = new URLSearchParams({ limit: String(PAGE) })
  for (const [name, value] of Object.entries({ ...query, ...(cursor ? { cursor } : {}) })) {
    parameters.set(name, String(value))
  }
  return (await api.request<Page>('GET', `/cases?${parameters.toString()}`, { signal })).body
}
