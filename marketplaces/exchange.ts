import { Agent, request } from 'undici'
import { tidied } from '../domain/form/given-text.js'
import { parseJson } from '../platform/parse-json.js'
import { MarketplaceError, type TransportCode } from './marketplace.js'

/** No answer of the contract comes near this; whatever is longer is not one. */
const MAX_REPLY_BYTES = 256 * 1024
const MAX_CONNECT_MS = 5_000
const MAX_CONNECTIONS = 32

/** Failures before a byte of the request left this machine. */
const NOTHING_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** One request. */
export interface Call {
  method: 'GET' | 'PUT'
  /** Path and query, appended to the base URL. */
  path: string
  body?: unknown
}

/** Whatever was answered, of any status. */
export interface Reply {
  status: number
  retryAfter: string | undefined
  /** The parsed JSON, or `undefined` when the body is not JSON. */
  json: unknown
}

/** Where a marketplace is and how long it may take. */
export interface ExchangeOptions {
  /** The marketplace's name as people know it, for messages. */
  name: string
  baseUrl: string
  token: string
  /** Limit of one attempt, from connecting to the last byte of the answer. */
  timeoutMs: number
}

/** Sends one request and gives back whatever was answered. Makes one attempt, follows no redirect. */
export interface Exchange {
  send(call: Call, signal: AbortSignal): Promise<Reply>
  close(): Promise<void>
}

/** True when the call may change something at the marketplace, so that a lost answer matters. */
export function changesSomething(call: Call): boolean {
  return call.method !== 'GET'
}

/** An exchange with one marketplace. `send` throws `MarketplaceError` when no answer came. */
export function createExchange({ name, baseUrl, token, timeoutMs }: ExchangeOptions): Exchange {
  const agent = new Agent({
    connections: MAX_CONNECTIONS,
    connect: { timeout: Math.min(timeoutMs, MAX_CONNECT_MS) },
    maxResponseSize: MAX_REPLY_BYTES,
  })
  const base = baseUrl.replace(/\/+$/, '')

  async function send(call: Call, signal: AbortSignal): Promise<Reply> {
    signal.throwIfAborted()
    const expired = AbortSignal.timeout(timeoutMs)
    try {
      const response = await request(`${base}${call.path}`, {
        dispatcher: agent,
        method: call.method,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json, application/problem+json',
          ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: call.body === undefined ? null : JSON.stringify(call.body),
        signal: AbortSignal.any([signal, expired]),
      })
      const text = await response.body.text()
      const retryAfter = response.headers['retry-after']
      return {
        status: response.statusCode,
        retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
        json: tidied(parseJson(text)),
      }
    } catch (error) {
      signal.throwIfAborted()
      throw transportError(error, expired.aborted)
    }

    function transportError(error: unknown, timedOut: boolean): MarketplaceError {
      const unknown = changesSomething(call)
      const code = codeOf(error)
      if (timedOut || /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(code)) {
        const limit = `${timeoutMs / 1000} s`
        return failure('timeout', `${name} did not answer within ${limit}`, unknown, error)
      }
      if (NOTHING_SENT.has(code)) {
        const message = `${name} cannot be reached (${code})`
        return failure('unreachable', message, false, error)
      }
      if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
        const message = `${name} sent an answer of more than ${MAX_REPLY_BYTES / 1024} KiB`
        return failure('badReply', message, unknown, error)
      }
      const message = `the connection to ${name} broke before its answer arrived`
      return failure('connectionLost', message, unknown, error)
    }
  }

  return { send, close: () => agent.close() }
}

function failure(code: TransportCode, what: string, outcomeUnknown: boolean, cause: unknown) {
  const next = outcomeUnknown
    ? 'Whether the listing was changed is not known; it is looked up before the next attempt.'
    : 'Nothing was changed; it is tried again.'
  return new MarketplaceError(
    `${what}. ${next}`,
    { kind: 'retry', code, outcomeUnknown },
    { cause },
  )
}

/** The system's or undici's code of a failed request; '' when it has none. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  // Node reports several refused addresses of one host together.
  if ('errors' in error && Array.isArray(error.errors)) return codeOf(error.errors[0])
  return 'cause' in error ? codeOf(error.cause) : ''
}
