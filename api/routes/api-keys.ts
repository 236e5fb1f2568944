import { isBrandRole } from '../../domain/vocabulary.js'
import { generateApiKey } from '../../platform/api-key.js'
import type { ApiKey } from '../../store/store.js'
import type { ApiCaller } from '../callers/caller.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem, notFound } from '../errors.js'
import { IdPageQuery, PageOf } from '../../contract/common.js'
import { instant } from '../http/instant.js'
import { readPage } from '../http/page.js'
import {
  ApiKeySchema,
  CreatedApiKeySchema,
  KeyParams,
  NewApiKeySchema,
  RevokedKeysSchema,
  RevokeQuery,
} from '../../contract/people.js'
import { presentKey } from '../present/api-key.js'
import { MAKES } from '../callers/scopes.js'
import { type App, callerOf } from './route.js'
import { mayHandle } from '../callers/reach.js'

/** Working keys of brand roles a brand may have: enough for its people, few enough to be looked after. */
const LIVE_KEYS_OF_BRAND = 100
/** Many, so that an administrator with few of many keys does not cost a query for each. */
const READ_AT_ONCE = 500

/** API keys: an operator's business; a brand's administrator handles the keys of the own brand. */
export function apiKeyRoutes(app: App, { store, now, standing, people }: RouteDeps): void {
  const { apiKeys } = store

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
      const caller = callerOf(request)
      return readPage(
        request.query,
        (page) => ownKeys(caller, page),
        ({ keyId }) => keyId,
        presentKey,
      )
    },
  )

  app.post(
    '/api-keys',
    {
      config: {
        scope: 'keys:manage',
        problems: ['invalid-value', 'not-allowed-for-role', 'too-many-keys'],
      },
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
      const caller = callerOf(request)
      const { name, role, severityCap = 'S1', monitorName } = request.body
      const { brandIds = defaultBrands(role), marketplaces = '*', expiresAt = null } = request.body
      const { keyId, secret, hash } = generateApiKey()
      const own = expiresAt === null ? caller.expiresAt : instant(expiresAt, 'expiresAt')
      const key: ApiKey = {
        keyId,
        name,
        hash,
        role,
        brandIds,
        marketplaces,
        severityCap,
        ...(monitorName === undefined ? {} : { monitorName }),
        createdAt: new Date(now()),
        createdBy: caller.id,
        expiresAt: own,
        revokedAt: null,
        lastUsedAt: null,
      }
      checkTenants(key)
      if (!mayHandle(caller, key)) {
        throw new ApiProblem(
          'not-allowed-for-role',
          `A ${caller.role} makes keys of ${MAKES[caller.role]?.join(', ') ?? 'nobody'}, ` +
            'for brands and marketplaces of their own.',
        )
      }
      await standing.checkActing(caller.role, brandIds === '*' ? [] : brandIds)
      if (key.expiresAt && caller.expiresAt && key.expiresAt > caller.expiresAt) {
        throw new ApiProblem(
          'invalid-value',
          `No key lives longer than the one that makes it: ${caller.expiresAt.toISOString()}.`,
        )
      }
      if (key.expiresAt && key.expiresAt.getTime() <= now()) {
        throw new ApiProblem('invalid-value', 'expiresAt must lie in the future.')
      }
      const created = await apiKeys.create(
        key,
        isBrandRole(role) ? { liveKeysOfBrand: LIVE_KEYS_OF_BRAND } : undefined,
      )
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
    async (request) => presentKey(await ownKey(callerOf(request), request.params.keyId)),
  )

  app.delete(
    '/api-keys/:keyId',
    {
      config: {
        scope: 'keys:manage',
        problems: ['not-found', 'last-operator', 'not-allowed-for-role'],
      },
      schema: {
        operationId: 'revokeApiKey',
        summary: 'Revoke an API key, and those it made',
        description:
          'They stop working within 5 seconds, for good. The key you call with is left, with what ' +
          'it made. An operator may keep the made keys.',
        tags: ['People'],
        params: KeyParams,
        querystring: RevokeQuery,
        response: { 200: RevokedKeysSchema },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { keyId } = await ownKey(caller, request.params.keyId)
      const keepMade = request.query.made === 'keep'
      if (keepMade && caller.role !== 'operator') {
        throw new ApiProblem('not-allowed-for-role', 'Only an operator keeps what a key made.')
      }
      const options = { at: new Date(now()), by: caller.id, keepMade }
      const revoked = await apiKeys.revoke(keyId, options)
      for (const id of revoked) people.keys.forget(id)
      return { revoked }
    },
  )

  async function ownKey(caller: ApiCaller, keyId: string): Promise<ApiKey> {
    const key = await apiKeys.find(keyId)
    if (!key || !mayHandle(caller, key)) throw notFound('API key')
    return key
  }

  /** Keys have no tenant of their own to page in, so they are read and filtered until a page is full. */
  async function ownKeys(
    caller: ApiCaller,
    { limit, after }: { limit: number; after?: string },
  ): Promise<ApiKey[]> {
    const own: ApiKey[] = []
    for (let from = after; own.length < limit;) {
      const page = { limit: READ_AT_ONCE, ...(from === undefined ? {} : { after: from }) }
      const keys = await apiKeys.list(page)
      own.push(...keys.filter((key) => mayHandle(caller, key)))
      from = keys.at(-1)?.keyId
      if (keys.length < READ_AT_ONCE) break
    }
    return own.slice(0, limit)
  }
}

function defaultBrands(role: ApiKey['role']): string[] | '*' {
  return isBrandRole(role) ? [] : '*'
}

/** A brand's key must say which brand, a monitor's which marketplace: that is its tenant. */
function checkTenants({ role, brandIds, marketplaces, monitorName }: ApiKey): void {
  if (isBrandRole(role) && (brandIds === '*' || brandIds.length === 0)) {
    throw new ApiProblem('invalid-value', `A key of a ${role} names its brandIds.`)
  }
  if (role === 'monitor' && (marketplaces === '*' || marketplaces.length === 0)) {
    throw new ApiProblem('invalid-value', 'A key of a monitor names its marketplaces.')
  }
  if (role !== 'monitor' && monitorName !== undefined) {
    throw new ApiProblem('invalid-value', 'Only a key of a monitor has a monitorName.')
  }
}
