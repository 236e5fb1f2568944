import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type { SessionSchema, SignInWaysSchema } from '../../contract/session.js'
import { isBrandRole } from '../../domain/vocabulary.js'
import { api } from './api.js'

/** Who is signed in, and as which of their memberships. */
export type Session = Static<typeof SessionSchema>
/** One place where a person may act, and as what. */
export type Membership = Session['memberships'][number]

/** The session of this browser; refused with 401 where nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => api.get<Session>('/session'),
  staleTime: 60_000,
})

/** How people can sign in, besides by mail. */
export const signInWaysQuery = queryOptions({
  queryKey: ['signInWays'],
  queryFn: () => api.get<Static<typeof SignInWaysSchema>>('/sign-in'),
  staleTime: Infinity,
})

/** Who is signed in, below what waits until that is known. */
export function useSession(): Session & { membership: Membership; isBrand: boolean } {
  const { data } = useSuspenseQuery(sessionQuery)
  const membership = data.memberships.find(({ membershipId }) => membershipId === data.membershipId)
  if (!membership) throw new Error('the session names none of its memberships')
  return { ...data, membership, isBrand: isBrandRole(membership.role) }
}
