import { queryOptions } from '@tanstack/react-query'
import type { Static } from 'typebox'
import { brandPath } from '../../../client/paths.js'
import type { PolicyVersionSchema } from '../../../contract/brand.js'
import type { WindowCalendars } from '../../../domain/brand/window-calendars.js'
import { api } from '../../data/api.js'

/** A policy as it was saved. */
export type PolicyVersion = Static<typeof PolicyVersionSchema>

/** The policy that new cases of a brand get. */
export function policyQuery(brandId: string) {
  return queryOptions({
    queryKey: ['policy', brandId],
    queryFn: () => api.get<PolicyVersion>(brandPath(brandId, '/policy')),
  })
}

/** Every version there was, the first first. */
export function versionsQuery(brandId: string) {
  return queryOptions({
    queryKey: ['policy', brandId, 'versions'],
    queryFn: async () =>
      (await api.get<{ items: PolicyVersion[] }>(brandPath(brandId, '/policy/versions'))).items,
  })
}

/** In whose working days its windows are counted. */
export function windowCalendarsQuery(brandId: string) {
  return queryOptions({
    queryKey: ['policy', brandId, 'calendars'],
    queryFn: () => api.get<WindowCalendars>(brandPath(brandId, '/policy/calendars')),
  })
}
