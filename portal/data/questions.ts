import { queryOptions } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type { BrandManagerSchema } from '../../contract/people.js'
import type { Question } from '../../contract/question.js'
import { api } from './api.js'

export type { Question }
/** Who looks after a brand now. */
export type BrandManager = Static<typeof BrandManagerSchema>

const AGAIN_MS = 20_000
const PAGE = 100

/** Questions, the latest first: all of them, those without an answer, or those about a case. */
export function questionsQuery(which: { open?: boolean; caseId?: string } = {}) {
  const { open, caseId } = which
  const query = new URLSearchParams({ limit: String(PAGE) })
  if (open !== undefined) query.set('open', String(open))
  if (caseId !== undefined) query.set('caseId', caseId)
  return queryOptions({
    queryKey: ['questions', open ?? 'all', caseId ?? ''],
    queryFn: async () =>
      (await api.get<{ items: Question[] }>(`/questions?${query.toString()}`)).items,
    refetchInterval: AGAIN_MS,
  })
}

/** Who looks after a brand now: its account manager, or who covers. */
export function brandManagerQuery(brandId: string) {
  return queryOptions({
    queryKey: ['brandManager', brandId],
    queryFn: () => api.get<BrandManager>(`/brands/${encodeURIComponent(brandId)}/account-manager`),
    staleTime: 5 * 60_000,
  })
}
