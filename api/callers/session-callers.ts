import type { FastifyBaseLogger } from 'fastify'
import { SESSION_SEEN_EVERY_MS } from '../../domain/person/session.js'
import { sha256Hex } from '../../platform/digest.js'
import type { SessionRepository } from '../../store/store.js'
import { ApiProblem } from '../errors.js'
import type { ApiCaller } from './caller.js'
import type { RecentPeople } from './recent-people.js'

/** Tells whose session a cookie names. */
export interface SessionCallers {
  /** Throws `unauthenticated`. */
  callerOf(secret: string, log: FastifyBaseLogger): Promise<ApiCaller>
  /** True if it was found lately; says nothing of its end. */
  isKnown(secret: string): boolean
}

/** Looks sessions up, and tells `sessions` of their use. */
export function createSessionCallers(
  people: Pick<RecentPeople, 'sessions' | 'persons'>,
  sessions: Pick<SessionRepository, 'touch'>,
  now: () => number,
): SessionCallers {
  return {
    isKnown: (secret) => people.sessions.seen(sha256Hex(secret)) !== null,

    async callerOf(secret, log) {
      const session = await people.sessions.get(sha256Hex(secret))
      if (!session || session.endsAt.getTime() <= now()) throw signedOut()
      const person = await people.persons.get(session.personId)
      if (!person || person.deactivatedAt) throw signedOut()
      const { hash, sessionId, membershipId, lastSeenAt } = session
      const membership = person.memberships.find((one) => one.membershipId === membershipId)
      if (!membership) throw signedOut()
      if (now() - lastSeenAt.getTime() >= SESSION_SEEN_EVERY_MS) {
        sessions
          .touch(session, new Date(now()))
          .then(() => people.sessions.forget(hash))
          .catch((err: unknown) => {
            log.warn({ err, sessionId }, 'the use of a session could not be recorded')
          })
      }
      const { role, brandIds, marketplaces } = membership
      return {
        ...{ id: person.personId, name: person.name, via: 'portal' },
        ...{ role, brandIds, marketplaces, severityCap: 'S1', expiresAt: null },
        session,
      }
    },
  }
}

function signedOut(): ApiProblem {
  return new ApiProblem('unauthenticated', 'You are not signed in any more; sign in again.')
}
