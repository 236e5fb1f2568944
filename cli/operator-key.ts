import { generateApiKey } from '../platform/api-key.js'
import type { ApiKey, Store } from '../store/store.js'

const PAGE = 200

/**
 * Makes an operator's key directly in the database: the first one cannot be made through the API,
 * which asks for an operator's key. `secret` is the key, kept nowhere else.
 */
export async function createOperatorKey(
  { apiKeys }: Pick<Store, 'apiKeys'>,
  { name, createdBy }: { name: string; createdBy: string },
): Promise<{ key: ApiKey; secret: string }> {
  const { keyId, secret, hash } = generateApiKey()
  const key = await apiKeys.create({
    keyId,
    hash,
    name,
    createdBy,
    role: 'operator',
    brandIds: '*',
    marketplaces: '*',
    severityCap: 'S1',
    createdAt: new Date(),
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
  })
  return { key, secret }
}

/** An operator's key that works at `now`, if there is one. */
export async function findOperatorKey(
  { apiKeys }: Pick<Store, 'apiKeys'>,
  now: Date,
): Promise<ApiKey | null> {
  for (let after: string | undefined; ;) {
    const keys = await apiKeys.list({ limit: PAGE, ...(after === undefined ? {} : { after }) })
    const found = keys.find(
      ({ role, revokedAt, expiresAt }) =>
        role === 'operator' && !revokedAt && (!expiresAt || expiresAt > now),
    )
    if (found || keys.length < PAGE) return found ?? null
    after = keys.at(-1)?.keyId
  }
}
