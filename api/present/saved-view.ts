import type { PresentedView } from '../../contract/saved-view.js'
import type { SavedView } from '../../store/store.js'
import type { ApiCaller } from '../callers/caller.js'
import { mayUse } from '../callers/scopes.js'
import { iso } from './iso.js'
import type { Names } from './reader.js'

/** A view as `caller` sees it. */
export function presentView(view: SavedView, caller: ApiCaller, names: Names): PresentedView {
  const { viewId, ownerId, brandId, name, search, rev, updatedAt } = view
  return {
    viewId,
    name,
    search,
    brandId,
    isOwn: ownerId === caller.id,
    ownerName: names.get(ownerId)?.name ?? null,
    mayChange: mayChangeView(view, caller),
    rev,
    updatedAt: iso(updatedAt),
  }
}

/** Whoever saved it may, and who administers what is the brand's. */
export function mayChangeView({ ownerId }: SavedView, { id, role }: ApiCaller): boolean {
  return ownerId === id || mayUse(role, 'brands:write')
}
