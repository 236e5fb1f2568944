import type { Static } from 'typebox'
import { DEFAULT_LIMIT, type IdPageQuery } from '../../contract/common.js'

/**
 * One page of a list that pages on an id. `read` is asked for one item more than is shown, which
 * says that there is a next page.
 */
export async function readPage<T, Shown>(
  { limit = DEFAULT_LIMIT, after }: Static<typeof IdPageQuery>,
  read: (page: { limit: number; after?: string }) => Promise<T[]>,
  idOf: (item: T) => string,
  present: (item: T) => Shown,
): Promise<{ items: Shown[]; next: string | null }> {
  const items = await read({ limit: limit + 1, ...(after === undefined ? {} : { after }) })
  const shown = items.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(present), next: items.length > limit && last ? idOf(last) : null }
}
