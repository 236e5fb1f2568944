import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type { CaseSummary } from '../../contract/case.js'
import type { MarketplacesSchema, ShownMarketplace } from '../../contract/marketplace.js'
import { api } from './api.js'

/** The marketplaces that whoever asks may act on. */
export const marketplacesQuery = queryOptions({
  queryKey: ['marketplaces'],
  queryFn: async () => (await api.get<Static<typeof MarketplacesSchema>>('/marketplaces')).items,
  staleTime: 20_000,
})

/** What a marketplace is called; its id while that is not known. */
export function useMarketplaceName(): (id: string) => string {
  const { data = [] } = useQuery(marketplacesQuery)
  return (id) => data.find(({ marketplace }) => marketplace === id)?.name ?? id
}

/** The pause of a marketplace that a case waits for to end; `null` where it waits for none. */
export function useWhyItWaits({
  marketplace,
  phase,
}: Pick<CaseSummary, 'marketplace' | 'phase'>): ShownMarketplace['pause'] {
  const { data = [] } = useQuery(marketplacesQuery)
  if (phase !== 'takingDown' && phase !== 'restoring') return null
  return data.find((one) => one.marketplace === marketplace)?.pause ?? null
}
