import type { Static } from 'typebox'
import type { OwnSessionsSchema, SessionSchema } from '../../contract/session.js'
import type { Person, Session } from '../../store/store.js'
import { iso } from './iso.js'

/** Who is signed in; `names` are those of brands, by id. */
export function presentSession(
  { membershipId, endsAt }: Session,
  { personId, name, email, locale, accountManagerId, memberships }: Person,
  names: ReadonlyMap<string, string>,
): Static<typeof SessionSchema> {
  return {
    person: { personId, name, email, locale, accountManagerId },
    memberships: memberships.map(({ membershipId: id, role, brandIds }) => ({
      ...{ membershipId: id, role },
      brands:
        brandIds === '*'
          ? '*'
          : brandIds.map((brandId) => ({ brandId, name: names.get(brandId) ?? brandId })),
    })),
    membershipId,
    expiresAt: iso(endsAt),
  }
}

/** A session as its person sees it; `current` is the one they ask by. */
export function presentOwnSession(
  { sessionId, membershipId, createdAt, lastSeenAt, endsAt, userAgent }: Session,
  current: Session,
): Static<typeof OwnSessionsSchema>['items'][number] {
  return {
    ...{ sessionId, current: sessionId === current.sessionId, membershipId, userAgent },
    createdAt: iso(createdAt),
    lastSeenAt: iso(lastSeenAt),
    expiresAt: iso(endsAt),
  }
}
