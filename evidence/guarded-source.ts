import { lookup as dnsLookup, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Agent, type Dispatcher, request } from 'undici'
import { isPublicAddress } from './public-address.js'
import { PictureUnavailable } from './unavailable.js'

/** No picture of a listing comes near it. */
const MAX_BYTES = 8 * 1024 * 1024
const MAX_REDIRECTS = 3
const MAX_URL_LENGTH = 2_000
const MAX_CONNECTIONS_PER_HOST = 4
const REDIRECTS = [301, 302, 303, 307, 308]

/** Resolves a name to all of its addresses. */
export type Resolve = (
  hostname: string,
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

/** How pictures may be fetched. */
export interface SourceOptions {
  /** Origins on this machine that are allowed all the same, such as `http://127.0.0.1:8710`. */
  localOrigins: readonly string[]
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
 * each connection, and the connection goes to what was checked: a name that means another machine the
 * next time leads nowhere. Each redirect is checked like the first address. Nothing is sent that says who
 * asks.
 */
export function createGuardedSource({
  localOrigins,
  timeoutMs = 10_000,
  connectTimeoutMs = 3_000,
  resolve = resolveAll,
}: SourceOptions): PictureSource {
  const common = { connections: MAX_CONNECTIONS_PER_HOST, maxResponseSize: MAX_BYTES }
  const guarded = new Agent({
    ...common,
    connect: { timeout: connectTimeoutMs, lookup: publicOnly(resolve) },
  })
  const local = new Agent({ ...common, connect: { timeout: connectTimeoutMs } })

  async function get(url: URL, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const isLocal = localOrigins.includes(url.origin)
    if (!isLocal) assertPublic(url)
    return request(url, {
      dispatcher: isLocal ? local : guarded,
      method: 'GET',
      headers: { accept: 'image/*', 'accept-encoding': 'identity' },
      signal,
    })
  }

  return {
    async fetch(given) {
      const signal = AbortSignal.timeout(timeoutMs)
      try {
        let url = parse(given)
        for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
          const { statusCode, headers, body } = await get(url, signal)
          if (statusCode === 200) return new Uint8Array(await body.arrayBuffer())
          await body.dump()
          const { location } = headers
          if (!REDIRECTS.includes(statusCode) || typeof location !== 'string') {
            throw new PictureUnavailable(`the server answers ${statusCode}`)
          }
          url = parse(location, url.href)
        }
        throw new PictureUnavailable(`more than ${MAX_REDIRECTS} redirects`)
      } catch (cause) {
        if (cause instanceof PictureUnavailable) throw cause
        throw new PictureUnavailable('the picture cannot be fetched', { cause })
      }
    },
    async close() {
      await Promise.all([guarded.destroy(), local.destroy()])
    },
  }
}

/** Throws for an address that is none, or carries a name and a password. */
function parse(text: string, base?: string): URL {
  const url = text.length <= MAX_URL_LENGTH && URL.canParse(text, base) ? new URL(text, base) : null
  if (!url) throw new PictureUnavailable('this is no address')
  if (url.username !== '' || url.password !== '') {
    throw new PictureUnavailable('an address with a name or a password is not fetched')
  }
  return url
}

/** `URL` has already read an address in whichever notation; a connection to one looks no name up. */
function assertPublic({ protocol, port, hostname }: URL): void {
  if (protocol !== 'https:' || port !== '') {
    throw new PictureUnavailable('only https at its usual port is fetched')
  }
  const literal = hostname.replace(/^\[|\]$/g, '')
  const isAddress = hostname.startsWith('[') || /^[\d.]+$/.test(hostname)
  if (isAddress && !isPublicAddress(literal)) throw notPublic()
}

/** Looks names up for a connection; refuses them when any of their addresses is not public. */
function publicOnly(resolve: Resolve): LookupFunction {
  return (hostname, { all }, callback) => {
    resolve(hostname, (error, addresses) => {
      const [first] = addresses
      if (error || !first) callback(error ?? notPublic(), '', 0)
      else if (!addresses.every(({ address }) => isPublicAddress(address)))
        callback(notPublic(), '', 0)
      else if (all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}

function resolveAll(...[hostname, done]: Parameters<Resolve>): void {
  dnsLookup(hostname, { all: true }, (error, addresses) => done(error, error ? [] : addresses))
}

function notPublic(): PictureUnavailable {
  return new PictureUnavailable('the address is not one of the public internet')
}
