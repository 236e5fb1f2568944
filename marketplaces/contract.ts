import { type Static, Type } from 'typebox'
import { parseInstant } from '../domain/form/instants.js'
import { BASES, INFRINGING_VERDICTS, SEVERITIES } from '../domain/vocabulary.js'
import { LISTING_STATUSES } from './marketplace.js'

/** The listing-control API on the wire, version 1; described for implementers in `docs/marketplace-api.md`. */

const Id = Type.String({ minLength: 1, maxLength: 256 })
/** RFC 3339, with seconds, of a moment that exists. */
const Instant = Type.Refine(
  Type.String({ pattern: '^[^ ]{10}[Tt]\\d\\d:\\d\\d:\\d\\d' }),
  (text) => parseInstant(text) !== null,
)

/** An idempotency key. All its characters may stand in a URL path as they are. */
export const KeySchema = Type.String({ pattern: '^[A-Za-z0-9._~:-]{1,300}$' })

/** Money in major units, by ISO 4217. */
export const PriceSchema = Type.Object({
  amount: Type.Number({ minimum: 0 }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
})

const SellerSchema = Type.Object({
  id: Id,
  name: Type.Optional(Type.String()),
  reputation: Type.Optional(Type.String()),
  transactions: Type.Optional(Type.Number()),
  region: Type.Optional(Type.String()),
  officialStore: Type.Optional(Type.Boolean()),
})

/** A picture, known by the SHA-256 of its bytes. */
export const PictureSchema = Type.Object({
  url: Type.Optional(Type.String()),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  phash: Type.Optional(Type.String()),
})

/** Answer of `GET /v1/listings/{listingId}`. */
export const ListingSchema = Type.Object({
  listingId: Id,
  url: Type.String(),
  status: Type.Enum(LISTING_STATUSES),
  title: Type.String(),
  price: Type.Union([PriceSchema, Type.Null()]),
  seller: SellerSchema,
  pictures: Type.Array(PictureSchema),
  capturedAt: Instant,
})
export type WireListing = Static<typeof ListingSchema>

/** Body of `PUT /v1/takedowns/{key}`. */
export const TakedownBodySchema = Type.Object({
  caseId: Id,
  listingId: Id,
  verdict: Type.Enum(INFRINGING_VERDICTS),
  basis: Type.Enum(BASES),
  severity: Type.Enum(SEVERITIES),
  reasonCode: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  statement: Type.Optional(Type.String({ maxLength: 4000 })),
})
export type WireTakedownBody = Static<typeof TakedownBodySchema>

/** The part of a takedown that every state has. `key` is null in removals of other callers. */
const takedownBase = {
  takedownId: Id,
  key: Type.Union([KeySchema, Type.Null()]),
  listingId: Id,
  requestedAt: Instant,
}

/** A takedown, and what became of it. */
export const TakedownSchema = Type.Union([
  Type.Object({ ...takedownBase, state: Type.Literal('pending') }),
  Type.Object({ ...takedownBase, state: Type.Literal('removed'), removedAt: Instant }),
  Type.Object({
    ...takedownBase,
    state: Type.Literal('alreadyGone'),
    removedBy: Type.Enum(['other', 'seller']),
    removedAt: Type.Optional(Instant),
  }),
  Type.Object({
    ...takedownBase,
    state: Type.Literal('refused'),
    refusal: Type.Object({ code: Id, detail: Type.String() }),
  }),
  Type.Object({
    ...takedownBase,
    state: Type.Literal('restored'),
    removedAt: Instant,
    restoredAt: Instant,
  }),
])
export type WireTakedown = Static<typeof TakedownSchema>

/** Answer of `GET /v1/takedowns?listingId=…`, newest first. */
export const TakedownListSchema = Type.Object({ takedowns: Type.Array(TakedownSchema) })

/** Body of `PUT /v1/takedowns/{key}/restoration`. */
export const RestorationBodySchema = Type.Object({
  takedownId: Id,
  reason: Type.String({ minLength: 1, maxLength: 1000 }),
})

/** An error by RFC 9457. `refusalCode` says why, where `code` is `refused`. */
export const ProblemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.Optional(Type.String()),
  refusalCode: Type.Optional(Type.String()),
})
export type WireProblem = Static<typeof ProblemSchema>

/** Every error code of the API and the status it comes with. */
export const PROBLEM_STATUS = {
  invalidRequest: 400,
  unauthenticated: 401,
  forbidden: 403,
  listingNotFound: 404,
  takedownNotFound: 404,
  keyReused: 409,
  notRestorable: 409,
  listingGone: 410,
  refused: 422,
  rateLimited: 429,
  internalError: 500,
  unavailable: 503,
} as const
export type ProblemCode = keyof typeof PROBLEM_STATUS
