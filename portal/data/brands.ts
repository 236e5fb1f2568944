import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type { BrandSchema } from '../../contract/brand.js'
import { api } from './api.js'
import { useSession } from './session.js'

/** A brand as the API shows it. */
export type Brand = Static<typeof BrandSchema>
/** A brand by id and name. */
export type BrandName = Pick<Brand, 'brandId' | 'name'>

const MAX_BRANDS = 2_000

const everyBrandQuery = queryOptions({
  queryKey: ['list', 'brands', 'names'],
  queryFn: async () => {
    const brands = await api.list<Brand>('/brands', {}, 'after', MAX_BRANDS)
    return brands.map(({ brandId, name }): BrandName => ({ brandId, name }))
  },
  staleTime: 60_000,
})

/** The brands that somebody acts for, as by their membership; of all brands, once they are read. */
export function useOwnBrands() {
  const { brands } = useSession().membership
  const isForAll = brands === '*'
  const every = useQuery({ ...everyBrandQuery, enabled: isForAll })
  return isForAll ? every : { ...every, data: brands, isError: false }
}
