import type { Static, TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { parseInstant } from '../domain/form/instants.js'
import { retryAfterMs } from '../domain/form/retry-after.js'
import {
  ListingSchema,
  ProblemSchema,
  TakedownListSchema,
  TakedownSchema,
  type WireProblem,
  type WireTakedown,
} from './contract.js'
import { type Call, changesSomething, createExchange, type Reply } from './exchange.js'
import {
  type Marketplace,
  MarketplaceError,
  type MarketplaceFailure,
  type ObservedListing,
  type TakedownAnswer,
  type TakedownFinding,
  type TakedownRequest,
} from './marketplace.js'

/** How a marketplace is reached. */
export interface HttpMarketplaceOptions {
  id: string
  name: string
  /** Where the marketplace serves `/v1/…`. */
  baseUrl: string
  token: string
  timeoutMs: number
}

const MIN_RETRY_AFTER_MS = 1000
const MAX_RETRY_AFTER_MS = 60 * 60 * 1000
const MAX_DETAIL_CHARS = 300

const isListing = Compile(ListingSchema)
const isTakedown = Compile(TakedownSchema)
const isTakedownList = Compile(TakedownListSchema)
const isProblem = Compile(ProblemSchema)

/** A client of our published listing-control API (`docs/marketplace-api.md`). */
export function createHttpMarketplace(options: HttpMarketplaceOptions): Marketplace {
  const { id, name } = options
  const exchange = createExchange(options)

  async function readListing(
    listingId: string,
    signal: AbortSignal,
  ): Promise<ObservedListing | null> {
    const call: Call = { method: 'GET', path: `/v1/listings/${segment(listingId)}` }
    const reply = await exchange.send(call, signal)
    if (isCode(reply, 410, 'listingGone')) return null
    const listing = expectBody(call, reply, isListing)
    if (listing.listingId !== listingId) throw badReply(call, `answered for another listing`)
    const { url, status, title, price, seller, pictures, capturedAt } = listing
    return {
      marketplace: id,
      listingId,
      url,
      status,
      title,
      price: price && { amount: price.amount, currency: price.currency },
      seller,
      pictures,
      capturedAt,
    }
  }

  async function requestTakedown(
    { key, ...body }: TakedownRequest,
    signal: AbortSignal,
  ): Promise<TakedownAnswer> {
    const call: Call = { method: 'PUT', path: `/v1/takedowns/${segment(key)}`, body }
    const takedown = expectBody(call, await exchange.send(call, signal), isTakedown)
    if (takedown.listingId !== body.listingId || takedown.key !== key) {
      throw badReply(call, 'answered for another takedown')
    }
    const { takedownId } = takedown
    switch (takedown.state) {
      case 'pending':
        return { state: 'pending', takedownId }
      case 'removed':
        return { state: 'removed', takedownId, removedAt: instantOf(takedown.removedAt) }
      case 'alreadyGone': {
        const { removedBy, removedAt } = takedown
        return { state: 'alreadyGone', takedownId, removedBy, ...instant(removedAt) }
      }
      case 'refused': {
        const { code, detail } = takedown.refusal
        throw definite(refusalMessage(code, detail), 'refused')
      }
      case 'restored':
        throw definite(
          `${name} removed the listing under this request and restored it at ` +
            `${takedown.restoredAt}; retrying by hand sends a new request`,
          'takedownRestored',
        )
    }
  }

  async function findTakedown(
    { key, listingId }: { key: string; listingId: string },
    signal: AbortSignal,
  ): Promise<TakedownFinding> {
    const byKey: Call = { method: 'GET', path: `/v1/takedowns/${segment(key)}` }
    const reply = await exchange.send(byKey, signal)
    if (!isCode(reply, 404, 'takedownNotFound')) {
      const takedown = expectBody(byKey, reply, isTakedown)
      if (takedown.key !== key) throw badReply(byKey, 'answered for another takedown')
      return ownFinding(takedown)
    }
    const query = new URLSearchParams({ listingId })
    const byListing: Call = { method: 'GET', path: `/v1/takedowns?${query.toString()}` }
    const listReply = await exchange.send(byListing, signal)
    const { takedowns } = expectBody(byListing, listReply, isTakedownList)
    if (takedowns.some((takedown) => takedown.listingId !== listingId)) {
      throw badReply(byListing, 'answered for another listing')
    }
    const own = takedowns.find((takedown) => takedown.key === key)
    if (own) return ownFinding(own)
    const other = takedowns.find((takedown) => takedown.state === 'removed')
    // A seller can put a listing on sale again; the removal before that says nothing of today.
    if (!other || (await readListing(listingId, signal))) return null
    const { takedownId, removedAt } = other
    return { removedBy: 'other', takedownId, removedAt: instantOf(removedAt) }
  }

  async function restore(
    { key, takedownId, reason }: { key: string; takedownId: string; reason: string },
    signal: AbortSignal,
  ): Promise<{ restoredAt: number }> {
    const path = `/v1/takedowns/${segment(key)}/restoration`
    const call: Call = { method: 'PUT', path, body: { takedownId, reason } }
    const takedown = expectBody(call, await exchange.send(call, signal), isTakedown)
    if (takedown.takedownId !== takedownId || takedown.state !== 'restored') {
      throw badReply(call, 'did not say that the listing was restored')
    }
    return { restoredAt: instantOf(takedown.restoredAt) }
  }

  /** One path segment. `.` and `..` would change the path, so no marketplace can own such an id. */
  function segment(text: string): string {
    if (text === '.' || text === '..' || text === '') {
      throw definite(`"${text}" cannot be the id of anything at ${name}`, 'invalidId')
    }
    return encodeURIComponent(text)
  }

  function expectBody<Schema extends TSchema>(
    call: Call,
    reply: Reply,
    schema: Validator<Record<never, never>, Schema>,
  ): Static<Schema> {
    if (reply.status >= 200 && reply.status < 300) {
      if (schema.Check(reply.json)) return reply.json
      throw badReply(call, `sent an answer (${reply.status}) that is not in the agreed form`)
    }
    throw errorOf(call, reply)
  }

  /** The failure a reply other than 2xx stands for. */
  function errorOf(call: Call, reply: Reply): MarketplaceError {
    const { status } = reply
    const problem = problemOf(reply)
    const detail = plain(problem?.detail ?? problem?.title ?? '')
    if (status >= 300 && status < 400) {
      return new MarketplaceError(
        `${name} answered with a redirect (${status}), which is not followed. ` +
          'Set baseUrl in the marketplaces file to the final address.',
        { kind: 'retry', code: 'redirected', outcomeUnknown: changesSomething(call) },
      )
    }
    if (status === 401 || status === 403) {
      const code = problem?.code ?? (status === 401 ? 'unauthenticated' : 'forbidden')
      return definite(
        `${name} does not accept our access token (${status}). An operator renews the token in ` +
          'the marketplaces file and restarts the worker; then retry the takedown.',
        code,
      )
    }
    if (status === 429 || status === 503) {
      const code = problem?.code ?? (status === 429 ? 'rateLimited' : 'unavailable')
      const askedMs = retryAfterMs(reply.retryAfter, Date.now(), MAX_RETRY_AFTER_MS)
      const what = status === 429 ? 'asks us to slow down' : 'is unavailable'
      return new MarketplaceError(
        `${name} ${what} (${status}); it is tried again later. ${detail}`.trim(),
        {
          // A gateway's own 503 says nothing about what happened behind it.
          outcomeUnknown: status === 503 && !problem && changesSomething(call),
          code,
          ...(askedMs === undefined
            ? { kind: 'retry' }
            : { kind: 'retryAfter', retryAfterMs: Math.max(askedMs, MIN_RETRY_AFTER_MS) }),
        },
      )
    }
    if (status >= 500 || status === 408) {
      return new MarketplaceError(
        `${name} failed (${status}); it is looked up and tried again. ${detail}`.trim(),
        {
          kind: 'retry',
          code: problem?.code ?? 'internalError',
          outcomeUnknown: changesSomething(call),
        },
      )
    }
    if (!problem) return badReply(call, `answered ${status} without saying why in the agreed form`)
    if (problem.code === 'refused') {
      const what = call.path.endsWith('/restoration') ? 'to put the listing back' : 'the takedown'
      return definite(refusalMessage(problem.refusalCode, problem.detail, what), 'refused')
    }
    return definite(`${name} did not accept the request (${problem.code}): ${detail}`, problem.code)
  }

  function badReply(call: Call, what: string): MarketplaceError {
    const failure: MarketplaceFailure = {
      kind: 'retry',
      code: 'badReply',
      outcomeUnknown: changesSomething(call),
    }
    return new MarketplaceError(`${name} ${what}; it is tried again.`, failure)
  }

  function refusalMessage(
    code: string | undefined,
    detail: string | undefined,
    what = 'the takedown',
  ): string {
    return `${name} refused ${what} (${plain(code ?? 'no code')}): ${plain(detail ?? 'no reason given')}`
  }

  return {
    id,
    name,
    readListing,
    requestTakedown,
    findTakedown,
    restore,
    close: () => exchange.close(),
  }
}

function ownFinding(takedown: WireTakedown): TakedownFinding {
  const { takedownId } = takedown
  switch (takedown.state) {
    case 'removed':
      return { removedBy: 'key', takedownId, removedAt: instantOf(takedown.removedAt) }
    case 'alreadyGone':
      return { removedBy: 'other', takedownId, ...instant(takedown.removedAt) }
    case 'pending':
      return { state: 'pending', takedownId }
    case 'refused':
    case 'restored':
      return null
  }
}

/** Epoch ms of an instant that the schema has checked. */
function instantOf(text: string): number {
  const at = parseInstant(text)
  if (at === null) throw new RangeError(`"${text}" was not checked to be an instant`)
  return at
}

function instant(removedAt: string | undefined): { removedAt?: number } {
  return removedAt === undefined ? {} : { removedAt: instantOf(removedAt) }
}

function problemOf(reply: Reply): WireProblem | undefined {
  return isProblem.Check(reply.json) && reply.json.status === reply.status ? reply.json : undefined
}

function isCode(reply: Reply, status: number, code: string): boolean {
  return reply.status === status && problemOf(reply)?.code === code
}

function definite(message: string, code: string): MarketplaceError {
  return new MarketplaceError(message, { kind: 'never', code, outcomeUnknown: false })
}

/** A marketplace's words on one line, short enough for a case and free of control characters. */
function plain(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line.length > MAX_DETAIL_CHARS ? `${line.slice(0, MAX_DETAIL_CHARS)}…` : line
}
