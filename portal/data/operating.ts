import { queryOptions } from '@tanstack/react-query'
import type { MarketplaceHealth } from '../../contract/marketplace.js'
import type { ShownStanding } from '../../contract/standstill.js'
import { api } from './api.js'

const AGAIN_MS = 20_000

/** How the marketplaces do, for operators. */
export const healthQuery = queryOptions({
  queryKey: ['marketplaces', 'health'],
  queryFn: async () =>
    (await api.get<{ items: MarketplaceHealth[] }>('/marketplaces/health')).items,
  refetchInterval: AGAIN_MS,
})

/** Cases whose process stands still, for staff. */
export const standstillsQuery = queryOptions({
  queryKey: ['desk', 'standstills'],
  queryFn: async () => (await api.get<{ items: ShownStanding[] }>('/standstills')).items,
  refetchInterval: AGAIN_MS,
})
