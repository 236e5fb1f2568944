import type { Static } from 'typebox'
import type { ApiKeySchema } from '../../contract/people.js'
import type { ApiKey } from '../../store/store.js'
import { iso } from './iso.js'

/** A key as the API shows it: without its hash. */
export function presentKey(key: ApiKey): Static<typeof ApiKeySchema> {
  const { hash: _hash, createdAt, expiresAt, revokedAt, lastUsedAt, ...shown } = key
  return {
    ...shown,
    createdAt: iso(createdAt),
    expiresAt: expiresAt && iso(expiresAt),
    revokedAt: revokedAt && iso(revokedAt),
    lastUsedAt: lastUsedAt && iso(lastUsedAt),
  }
}
