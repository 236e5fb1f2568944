import type { FastifyInstance, FastifyRequest, RawServerDefault } from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger } from 'fastify'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { KeyHolder } from '../callers/authenticate.js'
import type { ProblemCode } from '../../contract/problems.js'
import type { Scope } from '../callers/scopes.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the caller's role must be granted; `public` = no key. A route without one does not boot. */
    scope?: Scope | 'public'
    /** Its answer goes on until somebody ends it: how long that took says nothing. */
    isStream?: boolean
    /** Problems beyond those every route may answer, for the contract. */
    problems?: readonly ProblemCode[]
  }
  interface FastifyRequest {
    /** Whose key it is; `null` on public routes. */
    holder: KeyHolder | null
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

/** The key's holder on a route that is not public. */
export function holderOf(request: Pick<FastifyRequest, 'holder'>): KeyHolder {
  if (!request.holder) throw new Error('a route that needs a key was declared public')
  return request.holder
}

/** The `Idempotency-Key` of a request: a word of the client's that makes two requests the same. */
export function idempotencyKeyOf(request: { headers: Record<string, unknown> }) {
  const key = request.headers['idempotency-key']
  return typeof key === 'string' && key !== '' ? key : undefined
}
