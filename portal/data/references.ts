import { queryOptions } from '@tanstack/react-query'
import { casePath } from '../../client/paths.js'
import type { FittingReference } from '../../contract/reference.js'
import { api } from './api.js'

const STALE_MS = 60_000

/** The genuine products that fit the listing of a case, the best first. */
export function fittingReferencesQuery(caseId: string) {
  return queryOptions({
    queryKey: ['references', 'fitting', caseId],
    queryFn: async () =>
      (await api.get<{ items: FittingReference[] }>(casePath(caseId, '/references'))).items,
    staleTime: STALE_MS,
  })
}
