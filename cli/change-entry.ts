import type { ApiClient } from './api-client.js'
import { CommandError, EXIT } from './exit.js'

/** Changes something as it is now: refused when somebody else changes it in the same moment. */
export async function changeEntry<T>(api: ApiClient, path: string, changes: object): Promise<T> {
  const { etag } = await api.request('GET', path)
  if (etag === null) {
    throw new CommandError(EXIT.failed, `${path}: the API names no revision (ETag) to change`)
  }
  return (await api.request<T>('PATCH', path, { body: changes, ifMatch: etag })).body
}
