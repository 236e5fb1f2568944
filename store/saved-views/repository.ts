import type { TenantScope } from '../tenant-scope.js'

/** A list of cases under a name: of one person or key, or shared within a brand. `rev` makes its ETag. */
export interface SavedView {
  viewId: string
  /** Who saved it. */
  ownerId: string
  /** The brand within which it is shared; `null`: only its owner sees it. */
  brandId: string | null
  name: string
  /** The query of its address. */
  search: string
  rev: number
  updatedAt: Date
}

/** What of a view is changed. */
export type SavedViewChanges = Partial<Pick<SavedView, 'name' | 'search' | 'brandId'>>

/** Whose views: their own, and those shared within a brand of theirs. */
export interface ViewReader extends Pick<TenantScope, 'brandIds'> {
  id: string
}

/** Views that were saved. One that is not the reader's is as if absent. */
export interface SavedViews {
  /** By name; own ones and shared ones. */
  list(reader: ViewReader, limit: number): Promise<SavedView[]>
  find(reader: ViewReader, viewId: string): Promise<SavedView | null>
  /** False, and nothing is kept, when the owner has `most` already. */
  add(view: SavedView, most: number): Promise<boolean>
  /** Throws `StaleRevision`; `null` where there is none. */
  update(
    reader: ViewReader,
    viewId: string,
    rev: number,
    changes: SavedViewChanges & Pick<SavedView, 'updatedAt'>,
  ): Promise<SavedView | null>
  remove(reader: ViewReader, viewId: string): Promise<boolean>
}
