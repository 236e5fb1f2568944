import { Type } from 'typebox'
import { ROLES, SEVERITIES, STAFF_ROLES } from '../domain/vocabulary.js'
import { CalendarSchema, Email, Locale } from './brand.js'
import { closed, Instant, Named, Nullable, Slug, Text, Word } from './common.js'

const managerFields = {
  name: Text(200),
  email: Email,
  locale: Locale,
  role: Word(STAFF_ROLES),
}

/** Somebody of the platform to be added; the calendar is the default where absent. */
export const NewAccountManagerSchema = Named(
  'NewAccountManager',
  Type.Object(
    {
      accountManagerId: Slug,
      ...managerFields,
      leadId: Type.Optional(Nullable(Slug)),
      calendar: Type.Optional(CalendarSchema),
      active: Type.Optional(Type.Boolean({ default: true })),
      substituteId: Type.Optional(Nullable(Slug)),
    },
    closed,
  ),
)

/** What to change of them; what is absent stays. */
export const AccountManagerChangesSchema = Named(
  'AccountManagerChanges',
  Type.Partial(
    Type.Object({
      ...managerFields,
      leadId: Nullable(Slug),
      calendar: CalendarSchema,
      active: Type.Boolean(),
      substituteId: Nullable(Slug),
      reassignTo: Type.String({
        ...Slug,
        description:
          'Who gets their brands, account managers and open cases, when they leave or change role.',
      }),
    }),
    { ...closed, minProperties: 1 },
  ),
)

const shownFields = {
  accountManagerId: Type.String(),
  ...managerFields,
  leadId: Nullable(Type.String()),
  calendar: CalendarSchema,
  active: Type.Boolean(),
  substituteId: Nullable(Type.String()),
  absence: Nullable(
    Named('Absence', Type.Object({ from: Instant, until: Instant, coverId: Type.String() })),
    'The present or next absence, and who covers meanwhile; `null` where none is known.',
  ),
  rev: Type.Integer(),
}

/** An account manager or lead; `rev` is their ETag. */
export const AccountManagerSchema = Named('AccountManager', Type.Object(shownFields))
/** After a change; `sweepId` when their open cases go to somebody else. */
export const ChangedAccountManagerSchema = Named(
  'ChangedAccountManager',
  Type.Object({ ...shownFields, sweepId: Type.Optional(Type.String()) }),
)
/** When somebody is away, and who covers meanwhile; the substitute where nobody is named. */
export const NewAbsenceSchema = Named(
  'NewAbsence',
  Type.Object({ from: Instant, until: Instant, coverId: Type.Optional(Slug) }, closed),
)
/** Who looks after a brand now, as the brand may know it. */
export const BrandManagerSchema = Named(
  'BrandManager',
  Type.Object({
    name: Nullable(Type.String()),
    coversFor: Nullable(Type.String()),
    until: Nullable(Instant),
  }),
)
export const ManagerParams = Type.Object({ accountManagerId: Type.String({ maxLength: 100 }) })

const tenants = Type.Union([Type.Array(Slug, { maxItems: 1000 }), Type.Literal('*')])

/** A key to be made. Brand roles name their brands, monitors their marketplaces. */
export const NewApiKeySchema = Named(
  'NewApiKey',
  Type.Object(
    {
      name: Text(200),
      role: Word(ROLES),
      brandIds: Type.Optional(tenants),
      marketplaces: Type.Optional(tenants),
      severityCap: Type.Optional(Word(SEVERITIES)),
      monitorName: Type.Optional(Slug),
      expiresAt: Type.Optional(Nullable(Instant)),
    },
    closed,
  ),
)

const keyFields = {
  keyId: Type.String(),
  name: Type.String(),
  role: Word(ROLES),
  brandIds: Type.Union([Type.Array(Type.String()), Type.Literal('*')]),
  marketplaces: Type.Union([Type.Array(Type.String()), Type.Literal('*')]),
  severityCap: Word(SEVERITIES),
  monitorName: Type.Optional(Type.String()),
  createdAt: Instant,
  createdBy: Type.String(),
  expiresAt: Nullable(Instant),
  revokedAt: Nullable(Instant),
  lastUsedAt: Nullable(Instant),
}

/** What a key may do; never the key. */
export const ApiKeySchema = Named('ApiKey', Type.Object(keyFields))
/** The only time the key itself is shown. */
export const CreatedApiKeySchema = Named(
  'CreatedApiKey',
  Type.Object({
    ...keyFields,
    key: Type.String({ description: 'Shown this once; we keep only a hash of it.' }),
  }),
)
export const KeyParams = Type.Object({ keyId: Type.String({ maxLength: 100 }) })

/** What becomes of the keys that a revoked key made. */
export const RevokeQuery = Type.Object(
  { made: Type.Optional(Word(['revoke', 'keep'], 'What becomes of the keys it made.')) },
  closed,
)
/** Which keys stopped working. */
export const RevokedKeysSchema = Named(
  'RevokedKeys',
  Type.Object({ revoked: Type.Array(Type.String(), { description: 'Ids of the keys.' }) }),
)
