import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type { MarketplacesSchema } from '../../contract/marketplace.js'
import { api } from './api.js'

/** The marketplaces that whoever asks may act on. */
export const marketplacesQuery = queryOptions({
  queryKey: ['marketplaces'],
  queryFn: async () => (await api.get<Static<typeof MarketplacesSchema>>('/marketplaces')).items,
  staleTime: 60_000,
})

/** What a marketplace is called; its id while that is not known. */
export function useMarketplaceName(): (id: string) => string {
  const { data = [] } = useQuery(marketplacesQuery)
  return (id) => data.find(({ marketplace }) => marketplace === id)?.name ?? id
}
