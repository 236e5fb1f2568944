import { SESSION_IDLE_MS } from '../../domain/person/session.js'
import type { Membership } from '../../domain/person/memberships.js'
import { personIdOf } from '../../domain/person/identity.js'
import { randomSecret, randomSuffix, sha256Hex } from '../../platform/digest.js'
import type { Person, Session } from '../../store/store.js'

/** A member of the brand northwind who has joined. */
export function buildPerson(overrides: Partial<Person> = {}): Omit<Person, 'rev'> {
  const suffix = randomSuffix()
  return {
    personId: personIdOf(suffix),
    name: 'Mei Lin',
    email: `Mei.Lin.${suffix}@northwind.example`,
    locale: 'en',
    memberships: [buildMembership()],
    identities: [],
    accountManagerId: null,
    invitation: null,
    joinedAt: new Date('2026-03-01T00:00:00Z'),
    deactivatedAt: null,
    createdAt: new Date('2026-03-01T00:00:00Z'),
    createdBy: 'operator',
    ...overrides,
  }
}

/** A membership of a brand's member, for northwind. */
export function buildMembership(overrides: Partial<Membership> = {}): Membership {
  return {
    membershipId: `m-${randomSuffix()}`,
    role: 'brandMember',
    brandIds: ['northwind'],
    marketplaces: '*',
    ...overrides,
  }
}

/** A session that was opened just now. */
export function buildSession(overrides: Partial<Session> = {}): Session {
  const at = new Date()
  return {
    hash: sha256Hex(randomSecret()),
    sessionId: `s-${randomSuffix()}`,
    personId: personIdOf(randomSuffix()),
    membershipId: 'm-1',
    createdAt: at,
    lastSeenAt: at,
    endsAt: new Date(at.getTime() + SESSION_IDLE_MS),
    userAgent: 'a browser',
    ...overrides,
  }
}
