import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Dashboard } from '../../contract/dashboard.js'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { api } from './api.js'

const FRESH_MS = 60_000
const AGAIN_MS = 5 * FRESH_MS

/** How so many days up to now went, of one brand where it is named. */
export function dashboardQuery(days: number, brandId?: string) {
  return queryOptions({
    queryKey: ['dashboard', days, brandId ?? ''],
    queryFn: () => {
      const from = new Date(Date.now() - days * DAY_MS).toISOString()
      const query = new URLSearchParams({ from, ...(brandId ? { brandId } : {}) })
      return api.get<Dashboard>(`/stats/dashboard?${query.toString()}`)
    },
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
    refetchInterval: AGAIN_MS,
  })
}
