import type { ApiClient } from '../client/client.js'
import { CommandError, EXIT } from './exit.js'

/**
 * Changes something as it is now, by what `changesOf` makes of it: refused when somebody else changes
 * it in the same moment.
 */
export async function changeEntry<T>(
  api: ApiClient,
  path: string,
  changesOf: (present: T) => object,
): Promise<T> {
  const { etag, body } = await api.request<T>('GET', path)
  if (etag === null) {
    throw new CommandError(EXIT.failed, `${path}: the API names no revision (ETag) to change`)
  }
  return (await api.request<T>('PATCH', path, { body: changesOf(body), ifMatch: etag })).body
}
