import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { isDeepStrictEqual } from 'node:util'
import { Type } from 'typebox'
import { PictureSchema, PriceSchema } from '../marketplaces/contract.js'
import { LISTING_STATUSES } from '../marketplaces/marketplace.js'
import { SLUG_MAX, SLUG_PATTERN } from '../domain/case/identity.js'
import { parseListings } from './facts.js'
import { FaultSchema, type Faults } from './faults.js'
import { sendProblem } from './problems.js'
import type { Shop, ShopListing } from './shop.js'

const MAX_LOAD_BYTES = 64 * 1024 * 1024

const Slug = Type.String({ pattern: SLUG_PATTERN, maxLength: SLUG_MAX })
const OneListing = Type.Object({ marketplace: Slug, listingId: Type.String() })

/** What a listing can be changed in, as its seller would. `relisted` puts a gone one back on sale. */
export const ListingChangeSchema = Type.Object(
  {
    title: Type.Optional(Type.String()),
    price: Type.Optional(Type.Union([PriceSchema, Type.Null()])),
    sellerId: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    pictures: Type.Optional(Type.Array(PictureSchema)),
    status: Type.Optional(Type.Enum(LISTING_STATUSES)),
    relisted: Type.Optional(Type.Literal(true)),
  },
  { additionalProperties: false, minProperties: 1 },
)

const LedgerQuery = Type.Object({
  marketplace: Type.Optional(Type.String()),
  listingId: Type.Optional(Type.String()),
  key: Type.Optional(Type.String()),
  effective: Type.Optional(Type.Enum(['true', 'false'])),
})

/** Faults, the ledger, and the seller's side of the shop. */
export function adminApi({
  shop,
  faults,
}: {
  shop: Shop
  faults: Faults
}): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get('/faults', async () => ({ faults: faults.list() }))

    app.put(
      '/faults',
      { schema: { body: Type.Object({ faults: Type.Array(FaultSchema) }) } },
      async (request) => {
        faults.replace(request.body.faults)
        return { faults: faults.list() }
      },
    )

    app.delete('/faults', async (_request, reply) => {
      faults.replace([])
      return reply.code(204).send()
    })

    app.get('/ledger', { schema: { querystring: LedgerQuery } }, async (request, reply) => {
      const { marketplace, listingId, key, effective } = request.query
      const entries = shop
        .ledger()
        .filter(
          (entry) =>
            (marketplace === undefined || entry.marketplace === marketplace) &&
            (listingId === undefined || entry.listingId === listingId) &&
            (key === undefined || entry.key === key) &&
            (effective === undefined || String(entry.effective) === effective),
        )
      if (request.headers.accept !== 'application/x-ndjson') return { entries }
      const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`)
      return reply.type('application/x-ndjson').send(lines.join(''))
    })

    app.addContentTypeParser(
      'application/x-ndjson',
      { parseAs: 'string', bodyLimit: MAX_LOAD_BYTES },
      (_request, body, done) => done(null, body),
    )

    app.put(
      '/m/:marketplace/listings',
      {
        bodyLimit: MAX_LOAD_BYTES,
        schema: { params: Type.Object({ marketplace: Slug }), body: Type.String() },
      },
      async (request) => {
        const { marketplace } = request.params
        const rows = parseListings(request.body, marketplace)
        const fresh = rows.filter((row) => !isSame(row, shop.listing(marketplace, row.listingId)))
        await shop.list(
          fresh.map((row) => {
            const gone = shop.listing(marketplace, row.listingId)?.gone
            return gone ? { ...row, gone } : row
          }),
        )
        return { loaded: rows.length, changed: fresh.length }
      },
    )

    app.patch(
      '/m/:marketplace/listings/:listingId',
      { schema: { params: OneListing, body: ListingChangeSchema } },
      async (request, reply) => {
        const { marketplace, listingId } = request.params
        const listing = shop.listing(marketplace, listingId)
        if (!listing) return sendProblem(reply, 'listingNotFound')
        const { sellerId, relisted, ...change } = request.body
        const { gone, ...rest } = listing
        await shop.list([
          {
            ...rest,
            ...change,
            ...(sellerId === undefined ? {} : { seller: { id: sellerId } }),
            ...(gone && !relisted ? { gone } : {}),
          },
        ])
        return reply.send(shop.listing(marketplace, listingId))
      },
    )

    app.delete(
      '/m/:marketplace/listings/:listingId',
      { schema: { params: OneListing } },
      async (request, reply) => {
        const { marketplace, listingId } = request.params
        const listing = shop.listing(marketplace, listingId)
        if (!listing) return sendProblem(reply, 'listingNotFound')
        if (!listing.gone) await shop.withdraw(marketplace, listingId)
        return reply.code(204).send()
      },
    )
  }
}

/** True when loading `row` again would change nothing. A listing that is gone stays gone. */
function isSame(row: ShopListing, known: ShopListing | undefined): boolean {
  if (!known) return false
  const { gone: _gone, ...rest } = known
  return isDeepStrictEqual(row, rest)
}
