import type { FastifyBaseLogger } from 'fastify'
import type { Caller } from '../../domain/case/message/caller.js'
import type { Role, Severity, Via } from '../../domain/vocabulary.js'
import { matchesHash, parseApiKey } from '../../platform/api-key.js'
import type { ApiKeyRepository, TenantScope } from '../../store/store.js'
import { ApiProblem } from '../errors.js'
import type { RecentPeople } from './recent-people.js'

/** Who is calling, as their key says. */
export interface KeyHolder extends TenantScope {
  keyId: string
  name: string
  role: Role
  brandIds: string[] | '*'
  marketplaces: string[] | '*'
  severityCap: Severity
  /** The monitor the key was made for; reports count as its own, whichever key it uses. */
  monitorName?: string
  /** When the key ends; no key that it makes lives longer. */
  expiresAt: Date | null
}

const TOUCH_EVERY_MS = 60_000

/** Tells who calls. */
export interface Authenticator {
  /** The holder of the key in an `Authorization: Bearer …` header. Throws `unauthenticated`. */
  authenticate(authorization: string | undefined, log: FastifyBaseLogger): Promise<KeyHolder>
  /** True if the header holds a key that was found genuine lately; says nothing of its end. */
  isKnown(authorization: string | undefined): boolean
}

/** Looks keys up, and tells `apiKeys` of their use, at most once a minute each. */
export function createAuthenticator(
  { keys }: Pick<RecentPeople, 'keys'>,
  apiKeys: Pick<ApiKeyRepository, 'touch'>,
  now: () => number,
): Authenticator {
  const touchedAt = new Map<string, number>()

  const touch = (keyId: string, log: FastifyBaseLogger) => {
    const at = now()
    if (at - (touchedAt.get(keyId) ?? 0) < TOUCH_EVERY_MS) return
    touchedAt.set(keyId, at)
    apiKeys.touch(keyId, new Date(at)).catch((err: unknown) => {
      log.warn({ err, keyId }, 'the use of a key could not be recorded')
    })
  }

  return {
    async authenticate(authorization, log) {
      const given = keyIn(authorization)
      if (!given) {
        throw new ApiProblem('unauthenticated', 'Send "Authorization: Bearer <API key>".')
      }
      const key = await keys.get(given.keyId)
      if (!key || !matchesHash(given.secret, key.hash)) {
        throw new ApiProblem('unauthenticated', 'This API key is not known.')
      }
      if (key.revokedAt) throw new ApiProblem('unauthenticated', 'This API key was revoked.')
      if (key.expiresAt && key.expiresAt.getTime() <= now()) {
        throw new ApiProblem('unauthenticated', 'This API key has expired; ask for a new one.')
      }
      touch(key.keyId, log)
      const { keyId, name, role, brandIds, marketplaces, severityCap, expiresAt } = key
      const { monitorName } = key
      return {
        ...{ keyId, name, role, brandIds, marketplaces, severityCap, expiresAt },
        ...(monitorName === undefined ? {} : { monitorName }),
      }
    },
    isKnown(authorization) {
      const given = keyIn(authorization)
      const key = given && keys.seen(given.keyId)
      return !!key && matchesHash(given.secret, key.hash)
    },
  }
}

/** The well-formed key of an `Authorization: Bearer …` header, if it holds one. */
function keyIn(authorization = ''): { keyId: string; secret: string } | null {
  const secret = /^Bearer (\S+)$/i.exec(authorization)?.[1]
  const parsed = secret === undefined ? null : parseApiKey(secret)
  return secret === undefined || parsed === null ? null : { ...parsed, secret }
}

/** The key's holder as the sender of a message to a case. */
export function callerOf(holder: KeyHolder, via: Via = 'api'): Caller {
  const { role, keyId, brandIds, marketplaces, monitorName } = holder
  return {
    ...{ role, id: keyId, via, brandIds, marketplaces },
    ...(monitorName === undefined ? {} : { monitorName }),
  }
}
