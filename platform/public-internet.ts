import { lookup as dnsLookup, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.js'

const MAX_URL_LENGTH = 2_000

/** An address that strangers chose and that is not called; `message` says why. */
export class ForbiddenAddress extends Error {
  override name = 'ForbiddenAddress'
}

/** Resolves a name to all of its addresses. */
export type Resolve = (
  hostname: string,
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

/** What may be called beyond the public internet, and at which ports. */
export interface Reachable {
  /** Origins on this machine that are allowed all the same, such as `http://127.0.0.1:8710`. */
  localOrigins: readonly string[]
  /** Ports of HTTPS beside the usual one. */
  ports?: readonly number[]
}

/**
 * The address, if it may be called: HTTPS on the public internet, without a name or password in it.
 * `URL` has already read it in whichever notation. What a host name stands for is decided where the
 * connection is made (`publicLookup`). Throws `ForbiddenAddress`.
 */
export function reachableUrl(text: string, reachable: Reachable, base?: string): URL {
  const url = text.length <= MAX_URL_LENGTH && URL.canParse(text, base) ? new URL(text, base) : null
  if (!url) throw new ForbiddenAddress('this is no address')
  if (url.username !== '' || url.password !== '') {
    throw new ForbiddenAddress('an address with a name or a password is not called')
  }
  if (!reachable.localOrigins.includes(url.origin)) assertPublic(url, reachable.ports ?? [])
  return url
}

/**
 * Looks a name up for a connection, which then goes to what was checked: a name that means another
 * machine the next time leads nowhere. Refused when any of its addresses is not public.
 */
export function publicLookup(resolve: Resolve = resolveAll): LookupFunction {
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

function assertPublic({ protocol, port, hostname }: URL, ports: readonly number[]): void {
  if (protocol !== 'https:' || (port !== '' && !ports.includes(Number(port)))) {
    const others = ports.length > 0 ? `, or at ${ports.join(', ')},` : ''
    throw new ForbiddenAddress(`only https at its usual port${others} is called`)
  }
  // A connection to a literal looks no name up.
  const literal = hostname.replace(/^\[|\]$/g, '')
  const isAddress = hostname.startsWith('[') || /^[\d.]+$/.test(hostname)
  if (isAddress && !isPublicAddress(literal)) throw notPublic()
}

function resolveAll(...[hostname, done]: Parameters<Resolve>): void {
  dnsLookup(hostname, { all: true }, (error, addresses) => done(error, error ? [] : addresses))
}

function notPublic(): ForbiddenAddress {
  return new ForbiddenAddress('the address is not one of the public internet')
}
