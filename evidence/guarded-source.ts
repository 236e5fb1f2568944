import { Agent, type Dispatcher, request } from 'undici'
import {
  ForbiddenAddress,
  publicLookup,
  type Reachable,
  reachableUrl,
  type Resolve,
} from '../platform/public-internet.js'
import { PictureUnavailable } from './unavailable.js'

/** No picture of a listing comes near it. */
const MAX_BYTES = 8 * 1024 * 1024
const MAX_REDIRECTS = 3
const MAX_CONNECTIONS_PER_HOST = 4
const REDIRECTS = [301, 302, 303, 307, 308]

/** How pictures may be fetched. */
export interface SourceOptions extends Pick<Reachable, 'localOrigins'> {
  /** From connecting to the last byte, redirects included. */
  timeoutMs?: number
  connectTimeoutMs?: number
  resolve?: Resolve
}

/** Fetches from addresses that strangers chose. */
export interface PictureSource {
  /** The bytes behind an address. Throws `PictureUnavailable`. */
  fetch(url: string): Promise<Uint8Array>
  close(): Promise<void>
}

/**
 * Fetches over HTTPS at the usual port, from the public internet only. A name is resolved once for
 * each connection. Each redirect is checked like the first address. Nothing is sent that says who
 * asks.
 */
export function createGuardedSource({
  localOrigins,
  timeoutMs = 10_000,
  connectTimeoutMs = 3_000,
  resolve,
}: SourceOptions): PictureSource {
  const common = { connections: MAX_CONNECTIONS_PER_HOST, maxResponseSize: MAX_BYTES }
  const guarded = new Agent({
    ...common,
    connect: { timeout: connectTimeoutMs, lookup: publicLookup(resolve) },
  })
  const local = new Agent({ ...common, connect: { timeout: connectTimeoutMs } })

  async function get(url: URL, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    return request(url, {
      dispatcher: localOrigins.includes(url.origin) ? local : guarded,
      method: 'GET',
      headers: { accept: 'image/*', 'accept-encoding': 'identity' },
      signal,
    })
  }

  return {
    async fetch(given) {
      const signal = AbortSignal.timeout(timeoutMs)
      try {
        let url = reachableUrl(given, { localOrigins })
        for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
          const { statusCode, headers, body } = await get(url, signal)
          if (statusCode === 200) return new Uint8Array(await body.arrayBuffer())
          await body.dump()
          const { location } = headers
          if (!REDIRECTS.includes(statusCode) || typeof location !== 'string') {
            throw new PictureUnavailable(`the server answers ${statusCode}`)
          }
          url = reachableUrl(location, { localOrigins }, url.href)
        }
        throw new PictureUnavailable(`more than ${MAX_REDIRECTS} redirects`)
      } catch (cause) {
        if (cause instanceof PictureUnavailable) throw cause
        if (cause instanceof ForbiddenAddress) {
          throw new PictureUnavailable(cause.message, { cause })
        }
        throw new PictureUnavailable('the picture cannot be fetched', { cause })
      }
    },
    async close() {
      await Promise.all([guarded.destroy(), local.destroy()])
    },
  }
}
