import { queryOptions } from '@tanstack/react-query'
import type { PresentedView } from '../../contract/saved-view.js'
import { api } from './api.js'

/** A view that was saved. */
export type SavedView = PresentedView

/** One's own views and those shared within one's brands, by name. */
export const savedViewsQuery = queryOptions({
  queryKey: ['savedViews'],
  queryFn: async () => (await api.get<{ items: SavedView[] }>('/views')).items,
})

/** Changes of a view, on the revision it was read at. */
export function changeView(
  { viewId, rev }: Pick<SavedView, 'viewId' | 'rev'>,
  changes: Partial<Pick<SavedView, 'name' | 'search' | 'brandId'>>,
): Promise<unknown> {
  return api.request('PATCH', `/views/${viewId}`, { body: changes, ifMatch: `"${rev}"` })
}
