import { Type } from 'typebox'
import { PERSON_ROLES } from '../domain/vocabulary.js'
import { Email, Locale } from './brand.js'
import { closed, Instant, Named, Nullable, Slug, Text, Word } from './common.js'

const tenants = Type.Union([Type.Array(Slug, { maxItems: 1000 }), Type.Literal('*')])

const membershipFields = {
  role: Word(PERSON_ROLES),
  brandIds: Type.Optional(tenants),
  marketplaces: Type.Optional(tenants),
}

const NewMembershipSchema = Named('NewMembership', Type.Object(membershipFields, closed))
/** A membership somebody is to have; one they have is named by its id. */
export const MembershipChangeSchema = Named(
  'MembershipChange',
  Type.Object(
    { membershipId: Type.Optional(Type.String({ maxLength: 100 })), ...membershipFields },
    closed,
  ),
)

/** Somebody to be invited. */
export const NewPersonSchema = Named(
  'NewPerson',
  Type.Object(
    {
      name: Text(200),
      email: Email,
      locale: Locale,
      memberships: Type.Array(NewMembershipSchema, { minItems: 1, maxItems: 50 }),
      accountManagerId: Type.Optional(Nullable(Slug)),
    },
    closed,
  ),
)

/** What to change of a person; what is absent stays. */
export const PersonChangesSchema = Named(
  'PersonChanges',
  Type.Partial(
    Type.Object({
      name: Text(200),
      email: Email,
      locale: Locale,
      memberships: Type.Array(MembershipChangeSchema, { maxItems: 50 }),
      accountManagerId: Nullable(Slug),
    }),
    { ...closed, minProperties: 1 },
  ),
)

const MembershipSchema = Named(
  'Membership',
  Type.Object({
    membershipId: Type.String(),
    role: Word(PERSON_ROLES),
    brandIds: Type.Union([Type.Array(Type.String()), Type.Literal('*')]),
    marketplaces: Type.Union([Type.Array(Type.String()), Type.Literal('*')]),
  }),
)

/** A person as whoever asks may see them: of their memberships, those within the own reach. */
export const PersonSchema = Named(
  'Person',
  Type.Object({
    personId: Type.String(),
    name: Type.String(),
    email: Type.String(),
    locale: Locale,
    memberships: Type.Array(MembershipSchema),
    accountManagerId: Nullable(Type.String()),
    invitation: Nullable(
      Type.Object({ expiresAt: Instant, mailedAt: Nullable(Instant) }),
      'Until when and since when they are invited; `null` once they have signed in.',
    ),
    joinedAt: Nullable(Instant),
    deactivatedAt: Nullable(Instant),
    createdAt: Instant,
    createdBy: Type.String(),
    rev: Type.Integer(),
  }),
)
export const PersonParams = Type.Object({ personId: Type.String({ maxLength: 100 }) })
