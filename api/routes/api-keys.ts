import { Type } from 'typebox'
import { isBrandRole } from '../../domain/vocabulary.js'
import { generateApiKey } from '../../platform/api-key.js'
import type { ApiKey } from '../../store/store.js'
import { covers, type KeyHolder } from '../authenticate.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem, notFound } from '../errors.js'
import { IdPageQuery, instant, PageOf, readPage } from '../schemas/common.js'
import {
  ApiKeySchema,
  CreatedApiKeySchema,
  KeyParams,
  NewApiKeySchema,
  presentKey,
} from '../schemas/people.js'
import { type App, holderOf } from './route.js'

/** Many, so that an administrator with few of many keys does not cost a query for each. */
const READ_AT_ONCE = 500

/** API keys: an operator's business; a brand's administrator handles the keys of the own brand. */
export function apiKeyRoutes(app: App, { store, now }: RouteDeps): void {
  const { admin } = store

  app.get(
    '/api-keys',
    {
      config: { scope: 'keys:manage' },
      schema: {
        operationId: 'listApiKeys',
        summary: 'List API keys, without the keys themselves',
        tags: ['People'],
        querystring: IdPageQuery,
        response: { 200: PageOf(ApiKeySchema) },
      },
    },
    async (request) => {
      const holder = holderOf(request)
      return readPage(
        request.query,
        (page) => ownKeys(holder, page),
        ({ keyId }) => keyId,
        presentKey,
      )
    },
  )

  app.post(
    '/api-keys',
    {
      config: { scope: 'keys:manage', problems: ['invalid-value', 'not-allowed-for-role'] },
      schema: {
        operationId: 'createApiKey',
        summary: 'Make an API key',
        description: 'The key is in this answer and nowhere else.',
        tags: ['People'],
        body: NewApiKeySchema,
        response: { 201: CreatedApiKeySchema },
      },
    },
    async (request, reply) => {
      const holder = holderOf(request)
      const { name, role, severityCap = 'S1' } = request.body
      const { brandIds = defaultBrands(role), marketplaces = '*', expiresAt = null } = request.body
      const { keyId, secret, hash } = generateApiKey()
      const key: ApiKey = {
        keyId,
        name,
        hash,
        role,
        brandIds,
        marketplaces,
        severityCap,
        createdAt: new Date(now()),
        createdBy: holder.keyId,
        expiresAt: expiresAt === null ? null : instant(expiresAt, 'expiresAt'),
        revokedAt: null,
        lastUsedAt: null,
      }
      checkTenants(key)
      if (!mayHandle(holder, key)) {
        throw new ApiProblem(
          'not-allowed-for-role',
          'An administrator makes keys of brand members and administrators of the own brands.',
        )
      }
      if (key.expiresAt && key.expiresAt.getTime() <= now()) {
        throw new ApiProblem('invalid-value', 'expiresAt must lie in the future.')
      }
      const created = await admin.createApiKey(key)
      return reply
        .code(201)
        .header('location', `/v1/api-keys/${keyId}`)
        .send({ ...presentKey(created), key: secret })
    },
  )

  app.get(
    '/api-keys/:keyId',
    {
      config: { scope: 'keys:manage', problems: ['not-found'] },
      schema: {
        operationId: 'getApiKey',
        summary: 'Read what an API key may do',
        tags: ['People'],
        params: KeyParams,
        response: { 200: ApiKeySchema },
      },
    },
    async (request) => presentKey(await ownKey(holderOf(request), request.params.keyId)),
  )

  app.delete(
    '/api-keys/:keyId',
    {
      config: { scope: 'keys:manage', problems: ['not-found'] },
      schema: {
        operationId: 'revokeApiKey',
        summary: 'Revoke an API key',
        description: 'It stops working within 5 seconds, for good.',
        tags: ['People'],
        params: KeyParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { keyId } = await ownKey(holderOf(request), request.params.keyId)
      await admin.revokeApiKey(keyId, new Date(now()))
      return reply.code(204).send(null)
    },
  )

  async function ownKey(holder: KeyHolder, keyId: string): Promise<ApiKey> {
    const key = await admin.apiKey(keyId)
    if (!key || !mayHandle(holder, key)) throw notFound('API key')
    return key
  }

  /** Keys have no tenant of their own to page in, so they are read and filtered until a page is full. */
  async function ownKeys(
    holder: KeyHolder,
    { limit, after }: { limit: number; after?: string },
  ): Promise<ApiKey[]> {
    const own: ApiKey[] = []
    for (let from = after; own.length < limit;) {
      const page = { limit: READ_AT_ONCE, ...(from === undefined ? {} : { after: from }) }
      const keys = await admin.apiKeys(page)
      own.push(...keys.filter((key) => mayHandle(holder, key)))
      from = keys.at(-1)?.keyId
      if (keys.length < READ_AT_ONCE) break
    }
    return own.slice(0, limit)
  }
}

function defaultBrands(role: ApiKey['role']): string[] | '*' {
  return isBrandRole(role) ? [] : '*'
}

function mayHandle(holder: KeyHolder, key: ApiKey): boolean {
  if (holder.role === 'operator') return within(key, holder)
  return isBrandRole(key.role) && within(key, holder)
}

function within(key: ApiKey, holder: KeyHolder): boolean {
  return isWithin(key.brandIds, holder.brandIds) && isWithin(key.marketplaces, holder.marketplaces)
}

function isWithin(part: string[] | '*', whole: string[] | '*'): boolean {
  if (part === '*') return whole === '*'
  return part.every((id) => covers(whole, id))
}

/** A brand's key must say which brand, a monitor's which marketplace: that is its tenant. */
function checkTenants({ role, brandIds, marketplaces }: ApiKey): void {
  if (isBrandRole(role) && (brandIds === '*' || brandIds.length === 0)) {
    throw new ApiProblem('invalid-value', `A key of a ${role} names its brandIds.`)
  }
  if (role === 'monitor' && (marketplaces === '*' || marketplaces.length === 0)) {
    throw new ApiProblem('invalid-value', 'A key of a monitor names its marketplaces.')
  }
}
