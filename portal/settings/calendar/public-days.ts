import { queryOptions } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type { PublicDaysSchema } from '../../../contract/public-days.js'
import { api } from '../../data/api.js'

/** The countries whose public holidays are known, and those of one; it has many, and few change. */
export function publicDaysQuery(country: string | undefined) {
  const query = country === undefined ? '' : `?country=${encodeURIComponent(country)}`
  return queryOptions({
    queryKey: ['publicDays', country ?? null],
    queryFn: () => api.get<Static<typeof PublicDaysSchema>>(`/public-days${query}`),
    staleTime: Infinity,
  })
}
