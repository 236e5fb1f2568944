import type { Static } from 'typebox'
import type { PersonSchema } from '../../contract/person.js'
import type { Person } from '../../store/store.js'
import type { ApiCaller } from '../callers/caller.js'
import { mayHandle } from '../callers/reach.js'
import { iso } from './iso.js'

/** A person without the memberships that lie outside the caller's reach. */
export function presentPerson(person: Person, caller: ApiCaller): Static<typeof PersonSchema> {
  const {
    memberships,
    identities: _identities,
    invitation,
    joinedAt,
    deactivatedAt,
    createdAt,
    ...shown
  } = person
  return {
    ...shown,
    memberships: memberships.filter((membership) => mayHandle(caller, membership)),
    invitation: invitation && {
      expiresAt: iso(invitation.expiresAt),
      mailedAt: invitation.mailedAt && iso(invitation.mailedAt),
    },
    joinedAt: joinedAt && iso(joinedAt),
    deactivatedAt: deactivatedAt && iso(deactivatedAt),
    createdAt: iso(createdAt),
  }
}
