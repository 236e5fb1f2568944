import { Type } from 'typebox'
import { PERSON_ROLES } from '../domain/vocabulary.js'
import { Email, Locale } from './brand.js'
import { closed, Instant, Named, Nullable, Word } from './common.js'

/** How people can sign in, besides by a link in a mail. */
export const SignInWaysSchema = Named(
  'SignInWays',
  Type.Object({
    provider: Nullable(
      Type.Object({ name: Type.String() }),
      'A provider of OpenID Connect; `null` where there is none.',
    ),
  }),
)

/** Who wants a link to sign in. */
export const NewSignInLinkSchema = Named('NewSignInLink', Type.Object({ email: Email }, closed))
/** The same for everybody who asks, whether somebody has the address or not. */
export const AskedLinkSchema = Named(
  'AskedLink',
  Type.Object({
    code: Type.String({
      description:
        'Show it: when the link is opened in another browser, that browser asks for these digits.',
    }),
    expiresAt: Type.String({ ...Instant, description: 'Until when a link can be used.' }),
  }),
)

/** What a link holds, and the code where it is opened in another browser. */
export const SignInSchema = Named(
  'SignIn',
  Type.Object(
    {
      token: Type.String({ minLength: 1, maxLength: 200 }),
      code: Type.Optional(
        Type.String({
          pattern: '^[0-9]{6}$',
          description: 'As it is shown where it was asked for.',
        }),
      ),
    },
    closed,
  ),
)

const SessionMembership = Named(
  'SessionMembership',
  Type.Object({
    membershipId: Type.String(),
    role: Word(PERSON_ROLES),
    brands: Type.Union(
      [Type.Array(Type.Object({ brandId: Type.String(), name: Type.String() })), Type.Literal('*')],
      { description: 'The brands it is for; `*`: all of them.' },
    ),
  }),
)

/** Who is signed in, and as what they act. */
export const SessionSchema = Named(
  'Session',
  Type.Object({
    person: Named(
      'SignedInPerson',
      Type.Object({
        personId: Type.String(),
        name: Type.String(),
        email: Type.String(),
        locale: Locale,
        accountManagerId: Nullable(Type.String()),
      }),
    ),
    memberships: Type.Array(SessionMembership),
    membershipId: Type.String(),
    expiresAt: Instant,
  }),
)

/** As what somebody wants to act. */
export const ActAsSchema = Named(
  'ActAs',
  Type.Object({ membershipId: Type.String({ maxLength: 100 }) }, closed),
)

/** The sessions of whoever asks. */
export const OwnSessionsSchema = Named(
  'OwnSessions',
  Type.Object({
    items: Type.Array(
      Named(
        'OwnSession',
        Type.Object({
          sessionId: Type.String(),
          current: Type.Boolean(),
          membershipId: Type.String(),
          createdAt: Instant,
          lastSeenAt: Instant,
          expiresAt: Instant,
          userAgent: Type.String(),
        }),
      ),
    ),
  }),
)
export const SessionParams = Type.Object({ sessionId: Type.String({ maxLength: 100 }) })
