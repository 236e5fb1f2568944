import { readFile } from 'node:fs/promises'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { SafeHtml } from '../notifications/html.js'
import { drawPicture } from './drawing.js'
import type { Shop, ShopListing } from './shop.js'
import { listingPage, overviewPage, shelfPage, unknownPage } from './shop-pages.js'

const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

/** A page is drawn anew with each change of the shop; its pictures stay. */
const PICTURE_CACHE = 'private, max-age=600'

const ShelfQuery = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 200 })),
  page: Type.Optional(Type.String({ pattern: '^[0-9]{1,6}$' })),
})

/** The pages a person looks at. They follow the shop by themselves (`assets/shop.js`). */
export function shopWindow(shop: Shop): FastifyPluginAsyncTypebox {
  return async (app) => {
    for (const [file, type] of [
      ['shop.css', 'text/css; charset=utf-8'],
      ['shop.js', 'text/javascript; charset=utf-8'],
    ] as const) {
      const content = await readFile(new URL(`./assets/${file}`, import.meta.url))
      app.get(`/assets/${file}`, (_request, reply) =>
        reply.header('x-content-type-options', 'nosniff').type(type).send(content),
      )
    }

    app.get('/', (_request, reply) => reply.redirect('/shop'))

    app.get('/shop', (request, reply) =>
      send(request, reply, 200, () =>
        overviewPage(
          shop.marketplaces().map((marketplace) => ({
            marketplace,
            forSale: shop.listings(marketplace).filter(isForSale).length,
          })),
        ),
      ),
    )

    app.get(
      '/shop/:marketplace',
      { schema: { params: Type.Object({ marketplace: Type.String() }), querystring: ShelfQuery } },
      (request, reply) => {
        const { marketplace } = request.params
        const { q = '', page = '1' } = request.query
        if (!shop.marketplaces().includes(marketplace))
          return send(request, reply, 404, unknownPage)
        return send(request, reply, 200, () => {
          const all = shop.listings(marketplace)
          const forSale = all.filter(isForSale)
          return shelfPage({
            marketplace,
            query: q,
            page: Number(page),
            matching: forSale.filter(matcher(q)),
            forSale: forSale.length,
            takenDown: all.filter((listing) => listing.gone?.by === 'takedown').length,
            withdrawn: all.filter((listing) => listing.gone?.by === 'seller').length,
          })
        })
      },
    )

    app.get(
      '/shop/:marketplace/:listingId',
      { schema: { params: Type.Object({ marketplace: Type.String(), listingId: Type.String() }) } },
      (request, reply) => {
        const { marketplace, listingId } = request.params
        const listing = shop.listing(marketplace, listingId)
        if (!listing) return send(request, reply, 404, unknownPage)
        return send(request, reply, listing.gone ? 410 : 200, () => listingPage(listing))
      },
    )

    // As elsewhere, a picture stays at its address when its listing has gone.
    app.get(
      '/shop/:marketplace/:listingId/picture.png',
      { schema: { params: Type.Object({ marketplace: Type.String(), listingId: Type.String() }) } },
      async (request, reply) => {
        const { marketplace, listingId } = request.params
        const listing = shop.listing(marketplace, listingId)
        if (!listing) return send(request, reply, 404, unknownPage)
        const picture = Buffer.from(await drawPicture(listing))
        return reply
          .headers({ 'x-content-type-options': 'nosniff', 'cache-control': PICTURE_CACHE })
          .type('image/png')
          .send(picture)
      },
    )
  }

  /** Sends a page, or 304 when the reader's copy shows the shop as it still is. */
  function send(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    render: () => SafeHtml,
  ): FastifyReply {
    const etag = `"${STARTED}-${shop.revision()}"`
    void reply.headers({
      etag,
      'cache-control': 'no-cache',
      'content-security-policy': POLICY,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    return reply.code(status).type('text/html; charset=utf-8').send(render().markup)
  }
}

/** Pages of an earlier run of this program may look different. */
const STARTED = Date.now().toString(36)

function isForSale(listing: ShopListing): boolean {
  return !listing.gone
}

/** Every word of the query stands in the title, the seller, or is the listing's id. */
function matcher(query: string): (listing: ShopListing) => boolean {
  const words = folded(query).split(/\s+/).filter(Boolean)
  return ({ title, seller, listingId }) => {
    const text = folded([title, seller.id, seller.name ?? '', listingId].join(' '))
    return words.every((word) => text.includes(word))
  }
}

/** Without case and accents. */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
