import type { Static } from 'typebox'
import type { PersonSchema } from '../../../contract/person.js'
import { BRAND_ROLES, type PersonRole, PERSON_ROLES } from '../../../domain/vocabulary.js'
import { pagesQuery } from '../../data/pages.js'

/** Somebody as the API shows them to whoever looks after them. */
export type Person = Static<typeof PersonSchema>

/** What somebody is to the service at `nowMs`. */
export type Standing = 'active' | 'invited' | 'invitationOver' | 'former'

/** Everybody whom whoever asks looks after. */
export const peopleQuery = pagesQuery<Person>(['people'], '/people')

/** Whether somebody signs in, is yet to, or may no longer. */
export function standingOf(
  { deactivatedAt, joinedAt, invitation }: Person,
  nowMs: number,
): Standing {
  if (deactivatedAt !== null) return 'former'
  if (joinedAt !== null) return 'active'
  return invitation && Date.parse(invitation.expiresAt) > nowMs ? 'invited' : 'invitationOver'
}

/** The roles that somebody of a role may give; the API says the last word (`MAKES`). */
export function rolesGivenBy(role: PersonRole): readonly PersonRole[] {
  return role === 'operator' ? PERSON_ROLES : BRAND_ROLES
}
