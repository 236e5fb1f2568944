import type { FastifyBaseLogger } from 'fastify'
import { matchesHash, parseApiKey } from '../../platform/api-key.js'
import type { ApiKeyRepository, SessionRepository } from '../../store/store.js'
import { ApiProblem } from '../errors.js'
import type { ApiCaller } from './caller.js'
import type { RecentPeople } from './recent-people.js'
import { createSessionCallers } from './session-callers.js'

const TOUCH_EVERY_MS = 60_000

/** What a request says about who sends it. */
export interface Credentials {
  /** The `Authorization` header. */
  authorization: string | undefined
  /** What the cookie of a session holds. */
  sessionSecret: string | undefined
}

/** Tells who calls. A key goes before a session: it was sent on purpose, the cookie by itself. */
export interface Authenticator {
  /**
   * Whose key an `Authorization: Bearer …` header holds; without such a header, whose session it is.
   * Throws `unauthenticated`.
   */
  authenticate(credentials: Credentials, log: FastifyBaseLogger): Promise<ApiCaller>
  /** True if the key or session was found genuine lately; says nothing of its end. */
  isKnown(credentials: Credentials): boolean
}

/** Looks keys and sessions up, and tells the store of their use, at most once a minute each. */
export function createAuthenticator(
  people: Pick<RecentPeople, 'keys' | 'sessions' | 'persons'>,
  store: { apiKeys: Pick<ApiKeyRepository, 'touch'>; sessions: Pick<SessionRepository, 'touch'> },
  now: () => number,
): Authenticator {
  const { keys } = people
  const touchedAt = new Map<string, number>()
  const sessionCallers = createSessionCallers(people, store.sessions, now)

  const touch = (keyId: string, log: FastifyBaseLogger) => {
    const at = now()
    if (at - (touchedAt.get(keyId) ?? 0) < TOUCH_EVERY_MS) return
    touchedAt.set(keyId, at)
    store.apiKeys.touch(keyId, new Date(at)).catch((err: unknown) => {
      log.warn({ err, keyId }, 'the use of a key could not be recorded')
    })
  }

  async function keyCaller(authorization: string, log: FastifyBaseLogger): Promise<ApiCaller> {
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
      ...{ id: keyId, name, role, brandIds, marketplaces, severityCap, expiresAt, via: 'api' },
      ...(monitorName === undefined ? {} : { monitorName }),
    }
  }

  return {
    async authenticate({ authorization, sessionSecret }, log) {
      if (authorization !== undefined) return keyCaller(authorization, log)
      if (sessionSecret !== undefined) return sessionCallers.callerOf(sessionSecret, log)
      throw new ApiProblem('unauthenticated', 'Send "Authorization: Bearer <API key>", or sign in.')
    },
    isKnown({ authorization, sessionSecret }) {
      if (authorization === undefined) {
        return sessionSecret !== undefined && sessionCallers.isKnown(sessionSecret)
      }
      const given = keyIn(authorization)
      const key = given && keys.seen(given.keyId)
      return !!key && matchesHash(given.secret, key.hash)
    },
  }
}

/** The well-formed key of an `Authorization: Bearer …` header, if it holds one. */
function keyIn(authorization: string): { keyId: string; secret: string } | null {
  const secret = /^Bearer (\S+)$/i.exec(authorization)?.[1]
  const parsed = secret === undefined ? null : parseApiKey(secret)
  return secret === undefined || parsed === null ? null : { ...parsed, secret }
}
