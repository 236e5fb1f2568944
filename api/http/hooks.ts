import type { FastifyRequest } from 'fastify'
import type { Authenticator } from '../callers/authenticate.js'
import { DOCS_PREFIX } from '../openapi/docs.js'
import { ApiProblem } from '../errors.js'
import { createKnownPaths } from './known-paths.js'
import type { ApiMetrics } from '../metrics.js'
import type { App } from '../routes/route.js'
import { checkReach, targetOf } from '../callers/reach.js'
import { ACCESS, mayUse, rolesWith } from '../callers/scopes.js'
import type { BrandStanding } from '../callers/brand-standing.js'
import type { SignInCookies } from '../sign-in/cookies.js'

/** Refuses to boot with a route that does not say who may use it. */
export function guardRoutes(app: App): void {
  app.addHook('onRoute', ({ url, method, config }) => {
    if (config?.scope || url === DOCS_PREFIX || url.startsWith(`${DOCS_PREFIX}/`)) return
    throw new Error(`${String(method)} ${url} declares no scope; add config: { scope } to it`)
  })
}

/** 405 with `Allow` for methods a path does not have, in place of 404. */
export function answerUnknownMethods(app: App): void {
  const paths = createKnownPaths()
  app.addHook('onRoute', ({ url, method }) => paths.add(url, [method].flat()))
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return
    const methods = paths.methodsOf(pathOf(request))
    if (methods.length === 0 || methods.includes(request.method)) return
    reply.header('allow', methods.join(', '))
    throw new ApiProblem('method-not-allowed', `Use ${methods.join(' or ')}.`)
  })
}

/**
 * Finds out who calls, and whether their role may use the route. An address that sends more than
 * `perMinute` keys that do not work has to wait, before any further key is looked up; 0 = no limit.
 * Keys known to be genuine are taken all the same: others may share their address, or a proxy.
 */
export function admitCallers(
  app: App,
  authenticator: Authenticator,
  { sessionOf }: Pick<SignInCookies, 'sessionOf'>,
  perMinute: number,
): void {
  const guesses = perMinute > 0 ? countGuesses(app, perMinute) : null
  app.decorateRequest('caller', null)
  app.addHook('onRequest', async (request) => {
    const { scope } = request.routeOptions.config
    if (request.is404 || scope === 'public') return
    // Only the pages of the contract have no scope (`guardRoutes`).
    if (scope === undefined) return
    const { authorization } = request.headers
    const credentials = { authorization, sessionSecret: sessionOf(request) }
    if (!authenticator.isKnown(credentials)) await guesses?.check(request)
    request.caller = await authenticator
      .authenticate(credentials, request.log)
      .catch(async (error: unknown) => {
        if (error instanceof ApiProblem && error.status === 401) await guesses?.count(request)
        throw error
      })
  })
}

/**
 * Refuses what the caller's role may not use, and keys what is for sessions; after the limits, so that
 * refusals count as well.
 */
export function checkScopes(app: App): void {
  app.addHook('onRequest', async ({ caller, routeOptions: { config } }) => {
    const { scope } = config
    if (!caller || scope === undefined || scope === 'public') return
    if (ACCESS[scope].reach === 'session' && !caller.session) {
      throw new ApiProblem('unauthenticated', 'This is for people who signed in, not for API keys.')
    }
    if (mayUse(caller.role, scope)) return
    throw new ApiProblem(
      'missing-scope',
      `This needs ${scope}, which ${rolesWith(scope).join(', ')} have; you are a ${caller.role}.`,
    )
  })
}

/**
 * Refuses what lies outside a caller's reach, by what the path names, and acts of the keys of a
 * brand that takes no part. Comes after `admitCallers`.
 */
export function keepWithinReach(app: App, standing: BrandStanding): void {
  app.addHook('onRequest', async (request) => {
    const { caller, params } = request
    const { scope } = request.routeOptions.config
    if (!caller || scope === undefined || scope === 'public') return
    const target = targetOf(params)
    checkReach(caller, scope, target)
    const own = caller.brandIds === '*' ? [] : caller.brandIds
    const brandIds = target.brandId === undefined ? own : [target.brandId]
    if (request.method === 'GET') await standing.remember(caller.role, brandIds)
    else if (target.brandId !== undefined) await standing.checkActing(caller.role, brandIds)
  })
}

/** Counts the keys and sessions of an address that did not work; `check` throws when there were too many. */
function countGuesses(app: App, perMinute: number) {
  let limit: ReturnType<App['createRateLimit']> | undefined
  // The library's part is there only once the application is ready.
  const limiter = () =>
    (limit ??= app.createRateLimit({
      max: perMinute,
      timeWindow: '1 minute',
      keyGenerator: ({ ip }) => `keys that do not work, from ${ip}`,
    }))
  return {
    async check(request: FastifyRequest): Promise<void> {
      const result = await limiter()(request, { increment: false })
      if (result.isAllowed || !result.isExceeded) return
      throw new ApiProblem('rate-limited', 'Too many API keys that do not work; wait a moment.', {
        retryAfterS: result.ttlInSeconds,
      })
    },
    count: (request: FastifyRequest) => limiter()(request),
  }
}

/** Bodies described by content type are not validated by the framework when there is none at all. */
export function requireBodies(app: App): void {
  app.addHook('preValidation', async (request) => {
    const body: unknown = request.routeOptions.schema?.body
    const isByType = typeof body === 'object' && body !== null && 'content' in body
    if (isByType && request.body === undefined && !request.is404) {
      throw new ApiProblem('malformed-body', 'Send a body of a type the contract names.')
    }
  })
}

/** A misspelt parameter would change nothing and tell nobody; routes with a query check their own. */
export function refuseUnknownQueries(app: App): void {
  app.addHook('preValidation', async (request) => {
    const { config, schema } = request.routeOptions
    const isOurs = config.scope !== undefined && config.scope !== 'public'
    const names = Object.keys(request.query as object)
    if (!isOurs || schema?.querystring !== undefined || names.length === 0) return
    throw new ApiProblem('invalid-request', 'The querystring does not fit.', {
      extensions: { errors: [{ pointer: '', message: `has unknown fields: ${names.join(', ')}` }] },
    })
  })
}

/**
 * Per key; per address where no key is needed. Every request counts and is told how many are left,
 * also one that leads nowhere.
 */
export function limitRates(app: App, perMinute: number): void {
  let limit: ReturnType<App['createRateLimit']> | undefined
  app.addHook('onRequest', async (request, reply) => {
    // The library's part is there only once the application is ready.
    limit ??= app.createRateLimit({
      max: perMinute,
      timeWindow: '1 minute',
      keyGenerator: ({ caller, ip }) => caller?.id ?? ip,
    })
    const result = await limit(request)
    if (result.isAllowed) return
    reply.headers({
      'ratelimit-limit': result.max,
      'ratelimit-remaining': result.remaining,
      'ratelimit-reset': result.ttlInSeconds,
    })
    if (!result.isExceeded) return
    throw new ApiProblem('rate-limited', `At most ${perMinute} requests a minute; wait a moment.`, {
      retryAfterS: result.ttlInSeconds,
    })
  })
}

/** One log line and one measurement per request; never a token, query or body. */
export function reportRequests(app: App, metrics: ApiMetrics): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request
    const route = request.routeOptions.url ?? 'unknown'
    const { statusCode: status, elapsedTime } = reply
    const isStream = status === 200 && request.routeOptions.config.isStream === true
    if (!isStream) metrics.request({ method, route, status }, elapsedTime / 1000)
    const callerId = request.caller?.id
    const ms = Math.round(elapsedTime)
    request.log.info(
      { method, path: loggablePath(request), status, ms, callerId },
      isStream ? 'stream ended' : 'answered',
    )
  })
}

/** Proxies may send the whole address in place of the path. */
function pathOf({ url }: FastifyRequest): string {
  const [address = url] = url.split('?', 1)
  return address.replace(/^https?:\/\/[^/]*/i, '')
}

const LOGGED_PATH_MAX = 400
const KEY_IN_PATH = /jf_live_[^/]*/gi
/** Too short for a token or key, and without what they are made of; separators among them. */
const PLAIN_PART = /^([a-z][a-z:-]{0,30}|v\d|[/\\]|%2f|%5c|\.{1,2}|)$/i

/**
 * The token in an answer link is a secret, and so is a key that somebody put into an address. What no
 * route has taken may be a link in any spelling: then only what cannot be a secret is logged.
 */
function loggablePath(request: FastifyRequest): string {
  const { config, url = '' } = request.routeOptions
  if (url.startsWith('/answer/')) return '/answer/[token]'
  if (url.startsWith('/mail-settings/')) return '/mail-settings/[token]'
  const path = pathOf(request).slice(0, LOGGED_PATH_MAX)
  if (!request.is404 && config.scope !== undefined) return path.replace(KEY_IN_PATH, '[key]')
  return path
    .split(/([/\\]|%2f|%5c)/i)
    .map((part) => (PLAIN_PART.test(part) ? part : '[…]'))
    .join('')
}
