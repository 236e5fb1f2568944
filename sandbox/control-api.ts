import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import {
  KeySchema,
  RestorationBodySchema,
  TakedownBodySchema,
  type WireListing,
  type WireTakedown,
} from '../marketplaces/contract.js'
import { type Fault, faultOf, type Faults } from './faults.js'
import { problem } from './problems.js'
import type { LedgerEntry, Shop, ShopListing, Takedown } from './shop.js'
import { ruleRestoration, type Ruling, ruleTakedown } from './takedowns.js'

/** What the API works on. */
export interface ControlApiDeps {
  shop: Shop
  faults: Faults
  /** Address of a listing's page. */
  urlOf: (marketplace: string, listingId: string) => string
  /** Told about every takedown that is to be settled later. */
  settleLater: (takedown: Takedown) => void
  /** Aborted when the sandbox stops. */
  stopping: AbortSignal
}

type Subject = Pick<LedgerEntry, 'marketplace' | 'operation' | 'listingId' | 'key'>

interface Result extends Pick<LedgerEntry, 'effective' | 'removedBy'> {
  status: number
  body: object
  retryAfterS?: number
  takedown?: Takedown
}

const Marketplace = Type.Object({ marketplace: Type.String() })
const ByListing = Type.Object({ marketplace: Type.String(), listingId: Type.String() })
const ByKey = Type.Object({ marketplace: Type.String(), key: KeySchema })

/** The published listing-control API, served as `/m/<marketplace>/v1/…`, with faults on demand. */
export function controlApi(deps: ControlApiDeps): FastifyPluginAsyncTypebox {
  const { shop, faults, urlOf, settleLater, stopping } = deps

  /** Applies the faults that are on, acts, writes the ledger, and only then answers. */
  async function serve(
    request: FastifyRequest,
    reply: FastifyReply,
    subject: Subject,
    act: (active: readonly Fault[]) => Result,
  ): Promise<FastifyReply> {
    const active = faults.take(subject)
    const slow = faultOf(active, 'slow')
    if (slow) await delay(slow.delayMs, undefined, { signal: stopping })

    const acted = hindered(active) ?? act(active)
    const answer = faultOf(active, 'serverErrorAfter') ? failure('internalError') : acted
    const cut =
      faultOf(active, 'dropReply') !== undefined || faultOf(active, 'down')?.connection === 'reset'
    await shop.record(
      {
        ...subject,
        effective: acted.effective,
        removedBy: acted.removedBy,
        status: cut ? null : answer.status,
        faults: active.map((fault) => fault.kind),
      },
      acted.takedown,
    )
    if (acted.takedown?.settling) settleLater(acted.takedown)

    if (cut) {
      reply.hijack()
      request.raw.socket.resetAndDestroy()
      return reply
    }
    if (answer.retryAfterS !== undefined) void reply.header('retry-after', answer.retryAfterS)
    const type = answer.status >= 400 ? 'application/problem+json' : 'application/json'
    return reply.code(answer.status).type(type).send(JSON.stringify(answer.body))
  }

  return async (app) => {
    app.get('/listings/:listingId', { schema: { params: ByListing } }, (request, reply) => {
      const { marketplace, listingId } = request.params
      const subject: Subject = { marketplace, operation: 'readListing', listingId, key: null }
      return serve(request, reply, subject, () => {
        const listing = shop.listing(marketplace, listingId)
        if (!listing) return failure('listingNotFound')
        if (listing.gone) return failure('listingGone', goneWords(listing.gone))
        return found(toWire(listing, urlOf(marketplace, listingId)))
      })
    })

    app.put(
      '/takedowns/:key',
      { schema: { params: ByKey, body: TakedownBodySchema } },
      (request, reply) => {
        const { params, body } = request
        const { marketplace, key } = params
        const { listingId } = body
        const subject: Subject = { marketplace, operation: 'requestTakedown', listingId, key }
        return serve(request, reply, subject, (active) => {
          const refusal = faultOf(active, 'refuse')
          const pending = faultOf(active, 'pending')
          const ruling = ruleTakedown(
            shop,
            {
              marketplace,
              key,
              body,
              ignoreKey: faultOf(active, 'ignoreKey') !== undefined,
              ...(refusal ? { refusal: { code: refusal.code, detail: refusal.detail } } : {}),
              ...(pending ? { pending } : {}),
            },
            Date.now(),
          )
          return resultOf(ruling)
        })
      },
    )

    app.get('/takedowns/:key', { schema: { params: ByKey } }, (request, reply) => {
      const { marketplace, key } = request.params
      const listingId = shop.takedownByKey(marketplace, key)?.answer.listingId ?? null
      const subject: Subject = { marketplace, operation: 'findTakedown', listingId, key }
      return serve(request, reply, subject, () => {
        const takedown = shop.takedownByKey(marketplace, key)
        return takedown ? found(takedown.answer) : failure('takedownNotFound')
      })
    })

    app.get(
      '/takedowns',
      { schema: { params: Marketplace, querystring: Type.Object({ listingId: Type.String() }) } },
      (request, reply) => {
        const { marketplace } = request.params
        const { listingId } = request.query
        const subject: Subject = { marketplace, operation: 'findTakedown', listingId, key: null }
        return serve(request, reply, subject, () =>
          found({ takedowns: shop.takedownsOf(marketplace, listingId).map((t) => t.answer) }),
        )
      },
    )

    app.put(
      '/takedowns/:key/restoration',
      { schema: { params: ByKey, body: RestorationBodySchema } },
      (request, reply) => {
        const { marketplace, key } = request.params
        const { takedownId } = request.body
        const listingId = shop.takedownByKey(marketplace, key)?.answer.listingId ?? null
        const subject: Subject = { marketplace, operation: 'restore', listingId, key }
        return serve(request, reply, subject, (active) => {
          const refusal = faultOf(active, 'refuse')
          if (refusal) {
            const { code: refusalCode, detail } = refusal
            return failure('refused', { refusalCode, detail })
          }
          return resultOf(ruleRestoration(shop, { marketplace, key, takedownId }, Date.now()))
        })
      },
    )
  }
}

/** The answer of a fault that keeps the request from being looked at. */
function hindered(active: readonly Fault[]): Result | undefined {
  const limited = faultOf(active, 'rateLimited')
  if (limited) return { ...failure('rateLimited'), retryAfterS: limited.retryAfterS }
  if (faultOf(active, 'down')) return failure('unavailable')
  if (faultOf(active, 'serverError')) return failure('internalError')
  return undefined
}

function found(body: WireListing | WireTakedown | { takedowns: WireTakedown[] }): Result {
  return { status: 200, body, effective: false, removedBy: null }
}

function failure(...args: Parameters<typeof problem>): Result {
  const body = problem(...args)
  return { status: body.status, body, effective: false, removedBy: null }
}

function resultOf({ takedown, changed, effective, removedBy, problem: refused }: Ruling): Result {
  const kept = takedown && changed ? { takedown } : {}
  if (refused) {
    const { code, ...more } = refused
    return { ...failure(code, more), effective, removedBy, ...kept }
  }
  if (!takedown) throw new Error('a ruling without a problem names its takedown')
  const status = takedown.answer.state === 'pending' ? 202 : 200
  return { status, body: takedown.answer, effective, removedBy, ...kept }
}

function goneWords(gone: NonNullable<ShopListing['gone']>): { detail: string } {
  const how = gone.by === 'seller' ? 'withdrawn by its seller' : 'removed after a takedown request'
  return { detail: `${how} at ${gone.at}` }
}

function toWire(listing: ShopListing, url: string): WireListing {
  const { listingId, status, title, price, seller, pictures } = listing
  const capturedAt = new Date().toISOString()
  return { listingId, url, status, title, price, seller, pictures, capturedAt }
}
