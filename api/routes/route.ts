import type { FastifyInstance, FastifyRequest, RawServerDefault } from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger } from 'fastify'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { ApiCaller } from '../callers/caller.js'
import type { ProblemCode } from '../../contract/problems.js'
import type { Scope } from '../callers/scopes.js'
import type { Session } from '../../store/store.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the caller's role must be granted; `public` = nobody is asked for. A route without one does not boot. */
    scope?: Scope | 'public'
    /** Its answer goes on until somebody ends it: how long that took says nothing. */
    isStream?: boolean
    /** Problems beyond those every route may answer, for the contract. */
    problems?: readonly ProblemCode[]
    /** Of a public route: what pages of others send is refused. */
    ownPagesOnly?: true
  }
  interface FastifyRequest {
    /** Whose key or session it is; `null` on public routes. */
    caller: ApiCaller | null
  }
}

/** The application as route files see it: schemas give the types. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** Who calls a route that is not public. */
export function callerOf(request: Pick<FastifyRequest, 'caller'>): ApiCaller {
  if (!request.caller) throw new Error('a route that needs a caller was declared public')
  return request.caller
}

/** The session of somebody who signed in, on a route of the scope `session:own`. */
export function sessionOf(request: Pick<FastifyRequest, 'caller'>): Session {
  const { session } = callerOf(request)
  if (!session) throw new Error('a route of sessions was opened to keys')
  return session
}

/** The `Idempotency-Key` of a request: a word of the client's that makes two requests the same. */
export function idempotencyKeyOf(request: { headers: Record<string, unknown> }) {
  const key = request.headers['idempotency-key']
  return typeof key === 'string' && key !== '' ? key : undefined
}
