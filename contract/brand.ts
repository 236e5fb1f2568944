import { Type } from 'typebox'
import { BRAKE_LIMITS } from '../domain/brand/brake.js'
import { DAY_MS, MINUTE_MS } from '../domain/brand/calendar.js'
import { SILENCE_POLICIES } from '../domain/vocabulary.js'
import { LOCALES } from '../wording/vocabulary.js'
import { closed, Id, Instant, Named, Nullable, Slug, Text, Word } from './common.js'

/** The languages we write mails in. */
export const Locale = Word(LOCALES)
export const Email = Type.String({ format: 'email', maxLength: 254 })

const LocalDate = Type.String({ format: 'date' })
const LocalTime = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$' })

/** When somebody works: zone, weekdays, and the days that are not as those say. */
export const CalendarSchema = Named(
  'Calendar',
  Type.Object(
    {
      timeZone: Text(64),
      weekdays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7 }),
      holidays: Type.Array(LocalDate, { maxItems: 400, description: 'Dates that are not worked.' }),
      workdays: Type.Optional(
        Type.Array(LocalDate, {
          maxItems: 400,
          description: 'Dates that are worked all the same, like a made-up Saturday.',
        }),
      ),
      country: Type.Optional(
        Type.String({
          pattern: '^[A-Z]{2}(-[A-Z0-9]{1,3})?$',
          description:
            'Whose public holidays are not worked, and days made up for them are: ISO 3166, like CN or DE-BY.',
        }),
      ),
      partDays: Type.Optional(
        Type.Array(Type.Object({ date: LocalDate, from: LocalTime, to: LocalTime }, closed), {
          maxItems: 400,
          description: 'Dates worked from one local time to another only, like half days.',
        }),
      ),
    },
    { ...closed, description: 'Weekdays are ISO numbers, 1 = Monday.' },
  ),
)

const ContactSchema = Named(
  'Contact',
  Type.Object({ contactId: Slug, name: Text(200), email: Email, locale: Locale }, closed),
)

const durationMs = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum })
const WindowSchema = Named(
  'Window',
  Type.Object(
    {
      windowMs: durationMs(1, 60 * DAY_MS),
      time: Word(['clock', 'working']),
      remindersMs: Type.Array(durationMs(1, 60 * DAY_MS), { maxItems: 20 }),
    },
    closed,
  ),
)
const SeverityPolicySchema = Named(
  'SeverityPolicy',
  Type.Object(
    {
      brand: WindowSchema,
      accountManager: WindowSchema,
      lead: Nullable(WindowSchema),
      silence: Word(SILENCE_POLICIES),
    },
    closed,
  ),
)

/** A brand's rules for its cases, by severity; all times in ms. `policyProblems` checks the rest. */
export const PolicySchema = Named(
  'Policy',
  Type.Object(
    {
      severities: Type.Object(
        {
          S1: SeverityPolicySchema,
          S2: SeverityPolicySchema,
          S3: SeverityPolicySchema,
          S4: SeverityPolicySchema,
        },
        closed,
      ),
      coolingOffMs: Type.Object(
        { single: durationMs(0, DAY_MS), bulk: durationMs(0, DAY_MS) },
        closed,
      ),
      extensionMs: durationMs(0, 60 * DAY_MS),
      staffExtensionMs: Type.Optional(durationMs(0, 60 * DAY_MS)),
      longestExtensionMs: Type.Optional(durationMs(0, 60 * DAY_MS)),
      takedownBudgetMs: durationMs(1_000, 10 * MINUTE_MS),
      takedownRetryMs: durationMs(1_000, 7 * DAY_MS),
      attentionReminderMs: durationMs(1_000, 60 * DAY_MS),
    },
    closed,
  ),
)

/** A policy as it is kept. */
export const PolicyVersionSchema = Named(
  'PolicyVersion',
  Type.Object({
    version: Type.Integer(),
    policy: PolicySchema,
    savedAt: Type.Optional(Instant),
    savedBy: Type.Optional(Type.String()),
  }),
)

const BrakeSchema = Named(
  'Brake',
  Type.Object(
    {
      perHour: Type.Integer({
        minimum: BRAKE_LIMITS.perHour.min,
        maximum: BRAKE_LIMITS.perHour.max,
        description: 'Confirmations of the brand within an hour; those beyond it are held.',
      }),
      holdMs: Type.Integer({
        minimum: BRAKE_LIMITS.holdMs.min,
        maximum: BRAKE_LIMITS.holdMs.max,
        description: 'How long they can be stopped, at least.',
      }),
    },
    { ...closed, description: 'Set by an operator; no policy loosens it.' },
  ),
)

const contacts = Type.Array(ContactSchema, { minItems: 1, maxItems: 50 })

/** A brand to be added; calendar and policy are the defaults where absent. */
export const NewBrandSchema = Named(
  'NewBrand',
  Type.Object(
    {
      brandId: Slug,
      name: Text(200),
      active: Type.Optional(Type.Boolean({ default: true })),
      contacts,
      accountManagerId: Type.Optional(Nullable(Slug)),
      calendar: Type.Optional(CalendarSchema),
      brake: Type.Optional(BrakeSchema),
      policy: Type.Optional(PolicySchema),
    },
    closed,
  ),
)

/** What to change of a brand; what is absent stays. */
export const BrandChangesSchema = Named(
  'BrandChanges',
  Type.Object(
    {
      name: Type.Optional(Text(200)),
      active: Type.Optional(Type.Boolean()),
      contacts: Type.Optional(contacts),
      accountManagerId: Type.Optional(Nullable(Slug)),
      calendar: Type.Optional(CalendarSchema),
      brake: Type.Optional(BrakeSchema),
    },
    { ...closed, minProperties: 1 },
  ),
)

const brandFields = {
  brandId: Type.String(),
  name: Type.String(),
  active: Type.Boolean(),
  contacts: Type.Array(ContactSchema),
  accountManagerId: Nullable(Type.String()),
  calendar: CalendarSchema,
  brake: BrakeSchema,
  policyVersion: Type.Integer(),
  rev: Type.Integer(),
  createdAt: Instant,
  updatedAt: Instant,
}

/** A brand; `rev` is its ETag. Its policy is read by itself. */
export const BrandSchema = Named('Brand', Type.Object(brandFields))
/** After a change; `sweepId` when its open cases go to its new account manager. */
export const ChangedBrandSchema = Named(
  'ChangedBrand',
  Type.Object({ ...brandFields, sweepId: Type.Optional(Type.String()) }),
)

/** A seller to be authorised: from now and without end where the moments are absent. */
export const NewAuthorisedSellerSchema = Named(
  'NewAuthorisedSeller',
  Type.Object(
    {
      marketplace: Slug,
      sellerId: Id(200),
      sku: Type.Optional(Nullable(Id(200))),
      validFrom: Type.Optional(Instant),
      validUntil: Type.Optional(Nullable(Instant)),
    },
    closed,
  ),
)

/** An entry of a brand's list; `caseId` names the case it came from, if any. */
export const AuthorisedSellerSchema = Named(
  'AuthorisedSeller',
  Type.Object({
    entryId: Type.String(),
    brandId: Type.String(),
    marketplace: Type.String(),
    sellerId: Type.String(),
    sku: Nullable(Type.String()),
    validFrom: Instant,
    validUntil: Nullable(Instant),
    caseId: Nullable(Type.String()),
    createdBy: Type.String(),
    createdAt: Instant,
  }),
)
