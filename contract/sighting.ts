import { type Static, Type } from 'typebox'
import { SEVERITIES } from '../domain/vocabulary.js'
import {
  closed,
  HttpUrl,
  Id,
  Instant,
  Named,
  Nullable,
  SENT_AS,
  ShownText,
  Slug,
  Word,
} from './common.js'
import { MAX_REPORTS } from './limits.js'
import { ProblemSchema } from './problem-schema.js'
import { forTextFacts } from '../domain/listing/listing.js'

const AMOUNT_MAX = 1e12

/** A price as it is sent; in major units. */
export const PriceSchema = Type.Object(
  {
    amount: Type.Number({ minimum: 0, maximum: AMOUNT_MAX }),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  },
  closed,
)

const SellerSchema = Type.Object(
  {
    id: Id(200),
    name: Type.Optional(ShownText(300)),
    reputation: Type.Optional(ShownText(100)),
    transactions: Type.Optional(Type.Integer({ minimum: 0, maximum: 1e9 })),
    region: Type.Optional(ShownText(200)),
    officialStore: Type.Optional(Type.Boolean()),
    since: Type.Optional(
      Type.String({
        pattern: '^\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?$',
      }),
    ),
  },
  closed,
)

const PictureSchema = Type.Object(
  {
    url: Type.Optional(HttpUrl),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    phash: Type.Optional(ShownText(200)),
  },
  closed,
)

/** How a listing looked when it was captured; money in major units. */
export const ListingSchema = Named(
  'Listing',
  Type.Object(
    {
      marketplace: Slug,
      listingId: Id(200),
      url: HttpUrl,
      title: ShownText(1000),
      capturedAt: Instant,
      price: Nullable(PriceSchema),
      suggestedPrice: Type.Optional(PriceSchema),
      units: Type.Optional(Type.Integer({ minimum: 0, maximum: 1e9 })),
      sku: Type.Optional(Id(200)),
      ...forTextFacts((maxLength) => Type.Optional(ShownText(maxLength))),
      seller: SellerSchema,
      pictures: Type.Array(PictureSchema, { maxItems: 30 }),
    },
    closed,
  ),
)

/** A price as it is shown; in major units. */
export const ShownPriceSchema = Type.Object({ amount: Type.Number(), currency: Type.String() })

/**
 * A listing as it is shown, by the hash a decision names it by: all of a capture, or what the
 * marketplace told of a listing that changed. No limits, because nobody sends it.
 */
export const ShownSchema = Named(
  'ShownListing',
  Type.Object({
    hash: Type.String({ description: 'SHA-256 of its canonical JSON (RFC 8785).' }),
    title: Type.String(),
    price: Nullable(ShownPriceSchema),
    seller: Type.Object({
      id: Type.String(),
      name: Type.Optional(Type.String()),
      reputation: Type.Optional(Type.String()),
      transactions: Type.Optional(Type.Number()),
      region: Type.Optional(Type.String()),
      officialStore: Type.Optional(Type.Boolean()),
      since: Type.Optional(Type.String()),
    }),
    pictures: Type.Array(
      Type.Object({
        url: Type.Optional(Type.String()),
        sha256: Type.String(),
        phash: Type.Optional(Type.String()),
      }),
    ),
    marketplace: Type.Optional(Type.String()),
    listingId: Type.Optional(Type.String()),
    url: Type.Optional(Type.String()),
    capturedAt: Type.Optional(Type.String()),
    suggestedPrice: Type.Optional(ShownPriceSchema),
    units: Type.Optional(Type.Integer()),
    sku: Type.Optional(Type.String()),
    ...forTextFacts(() => Type.Optional(Type.String())),
  }),
)

/** One rule that held, and what it saw. */
export const SignalSchema = Type.Object(
  {
    ruleId: Id(100),
    weight: Type.Number({ minimum: 0, maximum: 1e6, description: '0 = shown, not counted.' }),
    observed: ShownText(1000, 0),
  },
  closed,
)

/** A sighting as a monitor sends it. */
export const NewCaseSchema = Named(
  'NewCase',
  Type.Object(
    {
      externalId: Type.Optional(
        Id(200, "The monitor's own id of this report: sending it again opens nothing new."),
      ),
      brandId: Slug,
      suspectedSeverity: Word(SEVERITIES, 'S1 is the most severe; capped by the key.'),
      monitor: Type.Object({ name: ShownText(100), version: ShownText(100) }, closed),
      score: Type.Number({ minimum: 0, maximum: 1e6 }),
      signals: Type.Array(SignalSchema, { minItems: 1, maxItems: 50 }),
      whyUnverifiable: ShownText(2000),
      listing: ListingSchema,
    },
    closed,
  ),
)
export type NewCase = Static<typeof NewCaseSchema>

const INTAKE_RESULTS = ['opened', 'duplicate', 'alreadyAnswered'] as const

/** What became of a report. */
export const IntakeSchema = Named(
  'Intake',
  Type.Object({
    result: Word(INTAKE_RESULTS),
    caseId: Type.String({ description: 'The new case, or the one that answers the report.' }),
    alreadyAnswered: Type.Boolean(),
    previousCaseId: Type.Optional(Type.String()),
  }),
)
export type Intake = Static<typeof IntakeSchema>

/** Many reports; each is checked by itself. */
export const IntakeBatchSchema = Named(
  'IntakeBatch',
  Type.Object(
    {
      cases: Type.Array(Type.Unknown({ [SENT_AS]: NewCaseSchema }), {
        minItems: 1,
        maxItems: MAX_REPORTS,
        description: 'The reports; one that does not fit is rejected alone.',
      }),
    },
    closed,
  ),
)

const IntakeResultSchema = Named(
  'IntakeResult',
  Type.Object({
    index: Type.Integer(),
    result: Word([...INTAKE_RESULTS, 'rejected']),
    caseId: Type.Optional(Type.String()),
    previousCaseId: Type.Optional(Type.String()),
    problem: Type.Optional(ProblemSchema),
  }),
)

/** What became of each report of a batch, in their order. */
export const IntakeBatchResultSchema = Named(
  'IntakeBatchResult',
  Type.Object({
    results: Type.Array(IntakeResultSchema),
    counts: Type.Object({
      opened: Type.Integer(),
      duplicate: Type.Integer(),
      alreadyAnswered: Type.Integer(),
      rejected: Type.Integer(),
    }),
  }),
)
export type IntakeBatchResult = Static<typeof IntakeBatchResultSchema>
