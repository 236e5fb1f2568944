import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { PictureSchema } from '../marketplaces/contract.js'
import type { ShopListing } from './shop.js'

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Optional(Type.Union([schema, Type.Null()]))

/** A row of a listings file (`samples/*.ndjson`). Fields the shop has no use for may be there too. */
const RowSchema = Type.Object({
  marketplace: Type.String(),
  listingId: Type.String({ minLength: 1, maxLength: 256 }),
  title: Type.String(),
  price: Type.Union([
    Type.Object({
      amount: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
      currency: Type.String({ pattern: '^[A-Z]{3}$' }),
    }),
    Type.Null(),
  ]),
  unitsPerListing: nullable(Type.Integer({ minimum: 1 })),
  condition: nullable(Type.String()),
  category: nullable(Type.String()),
  seller: Type.Object({
    id: Type.String({ minLength: 1, maxLength: 256 }),
    name: nullable(Type.String()),
    reputation: nullable(Type.String()),
    transactions: nullable(Type.Number()),
    region: nullable(Type.String()),
    officialStore: nullable(Type.Boolean()),
  }),
  attributes: nullable(
    Type.Object({ brand: nullable(Type.String()), partNumber: nullable(Type.String()) }),
  ),
  pictures: nullable(Type.Array(PictureSchema)),
})
type Row = Static<typeof RowSchema>

const row = Compile(RowSchema)

/** A line of a listings file cannot be used. The message names the line. */
export class ListingsFileError extends Error {
  override readonly name = 'ListingsFileError'
}

/** The listings of a file of JSON lines, all of which must belong to `marketplace`. */
export function parseListings(ndjson: string, marketplace: string): ShopListing[] {
  return ndjson.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    const value = parseLine(line, index + 1)
    if (value.marketplace !== marketplace) {
      throw new ListingsFileError(
        `line ${index + 1} is of marketplace ${value.marketplace}; load it under that name`,
      )
    }
    return [toListing(value)]
  })
}

function parseLine(line: string, number: number): Row {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new ListingsFileError(`line ${number} is not JSON`, { cause })
  }
  if (row.Check(value)) return value
  const problems = row.Errors(value).map((error) => `${error.instancePath} ${error.message}`)
  throw new ListingsFileError(`line ${number}: ${problems.join('; ')}`)
}

function toListing(value: Row): ShopListing {
  const { marketplace, listingId, title, price, seller, attributes } = value
  const { id, name, reputation, transactions, region, officialStore } = seller
  return {
    marketplace,
    listingId,
    title,
    status: 'active',
    price:
      price === null || price.amount === null
        ? null
        : { amount: price.amount, currency: price.currency },
    ...present({
      units: value.unitsPerListing,
      sku: attributes?.partNumber,
      brandClaimed: attributes?.brand,
      category: value.category,
      condition: value.condition,
    }),
    seller: { id, ...present({ name, reputation, transactions, region, officialStore }) },
    pictures: value.pictures ?? [],
  }
}

type Present<T> = { [K in keyof T]?: NonNullable<T[K]> }

/** Without the fields that are null or absent. */
function present<T extends object>(fields: T): Present<T> {
  const known = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(known) as Present<T>
}
