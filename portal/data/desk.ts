import { queryOptions } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type { Desk, LeadDesk } from '../../contract/desk.js'
import type { AccountManagerSchema } from '../../contract/people.js'
import { api } from './api.js'

/** Somebody who looks after brands, or a lead. */
export type AccountManager = Static<typeof AccountManagerSchema>

const AGAIN_MS = 20_000
const MAX_PEOPLE = 200

/** The desk of an account manager; of whoever is signed in where nobody is named. */
export function deskQuery(accountManagerId?: string) {
  const query = accountManagerId ? `?accountManagerId=${encodeURIComponent(accountManagerId)}` : ''
  return queryOptions({
    queryKey: ['desk', accountManagerId ?? ''],
    queryFn: () => api.get<Desk>(`/desk${query}`),
    refetchInterval: AGAIN_MS,
  })
}

/** What needs a lead. */
export const leadDeskQuery = queryOptions({
  queryKey: ['desk', 'lead', ''],
  queryFn: () => api.get<LeadDesk>('/desk/lead'),
  refetchInterval: AGAIN_MS,
})

/** Account managers and leads, by their ids. */
export const accountManagersQuery = queryOptions({
  queryKey: ['accountManagers'],
  queryFn: async () =>
    (await api.get<{ items: AccountManager[] }>(`/account-managers?limit=${MAX_PEOPLE}`)).items,
  staleTime: 60_000,
})
