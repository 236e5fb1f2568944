import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { ADDRESS_PATTERN, ID_PATTERN, SHOWN_PATTERN, tidied } from '../domain/form/given-text.js'
import { SLUG_MAX, SLUG_PATTERN } from '../domain/case/identity.js'

/** A year, month or day. */
const SINCE = '^\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?$'
const MAX_REASONS = 3
const MAX_REASON_CHARS = 300

const Id = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: ID_PATTERN })
const Address = Type.String({ pattern: ADDRESS_PATTERN, maxLength: 2000 })
const Required = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: SHOWN_PATTERN })
const Nullable = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) =>
  Type.Optional(Type.Union([schema, Type.Null()]))
const Known = (maxLength: number) => Nullable(Type.String({ maxLength, pattern: SHOWN_PATTERN }))

/**
 * A line of a listings file (`samples/README.md`). The limits are those of the API, so that what
 * passes here is not refused there; fields that are not named here are passed over.
 */
const ScannedListingSchema = Type.Object({
  marketplace: Type.String({ pattern: SLUG_PATTERN, maxLength: SLUG_MAX }),
  listingId: Id(200),
  url: Type.Optional(Address),
  capturedAt: Type.Optional(Type.String({ format: 'date-time' })),
  title: Required(1000),
  price: Nullable(
    Type.Object({
      amount: Type.Union([Type.Number({ minimum: 0, maximum: 1e12 }), Type.Null()]),
      currency: Type.String({ pattern: '^[A-Z]{3}$' }),
    }),
  ),
  suggestedRetailPrice: Nullable(Type.Number({ minimum: 0 })),
  unitsPerListing: Nullable(Type.Integer({ minimum: 1, maximum: 1e9 })),
  condition: Known(100),
  category: Known(300),
  description: Nullable(Type.String()),
  seller: Type.Object({
    id: Id(200),
    name: Known(300),
    reputation: Known(100),
    transactions: Nullable(Type.Integer({ minimum: 0, maximum: 1e9 })),
    region: Known(200),
    officialStore: Nullable(Type.Boolean()),
    since: Nullable(Type.String({ pattern: SINCE })),
  }),
  attributes: Nullable(
    Type.Intersect([
      Type.Object({
        brand: Known(200),
        partNumber: Nullable(Type.String({ maxLength: 200, pattern: ID_PATTERN })),
      }),
      Type.Record(Type.String(), Type.Unknown()),
    ]),
  ),
  descriptionSignals: Nullable(Type.Record(Type.String(), Type.Unknown())),
  pictures: Type.Optional(
    Type.Array(
      Type.Object({
        url: Type.Optional(Address),
        sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
        phash: Type.Optional(Required(200)),
      }),
      { maxItems: 30 },
    ),
  ),
})

/** A listing as a marketplace's crawl or export gives it. Prices are in major units. */
export type ScannedListing = Static<typeof ScannedListingSchema>

export type ParsedListing = { listing: ScannedListing } | { reason: string }

const scannedListing = Compile(ScannedListingSchema)

/** The listing of one line, or in words what is wrong with it. Never throws. */
export function parseListing(line: string): ParsedListing {
  let value: unknown
  try {
    value = tidied(JSON.parse(line))
  } catch {
    return { reason: 'not a JSON object; write one listing a line' }
  }
  if (scannedListing.Check(value)) return { listing: value }
  const reasons = scannedListing
    .Errors(value)
    .map(({ instancePath, message }) => `${instancePath || 'the line'} ${message}`)
  return {
    reason: [...new Set(reasons)].slice(0, MAX_REASONS).join('; ').slice(0, MAX_REASON_CHARS),
  }
}
