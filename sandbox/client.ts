import type { Static } from 'typebox'
import type { ListingChangeSchema } from './admin-api.js'
import type { Fault } from './faults.js'
import type { LedgerEntry, ShopListing } from './shop.js'

export type ListingChange = Static<typeof ListingChangeSchema>

/** Filter of the ledger; absent fields match everything. */
export interface LedgerQuery {
  marketplace?: string
  listingId?: string
  key?: string
  effective?: boolean
}

/** The sandbox's own side: faults, ledger, and what sellers do. Marketplace clients do not use it. */
export interface SandboxClient {
  /** Loads listings (JSON lines, the form of `samples/`). Loading the same again changes nothing. */
  loadListings(marketplace: string, ndjson: string): Promise<{ loaded: number; changed: number }>
  changeListing(marketplace: string, listingId: string, change: ListingChange): Promise<ShopListing>
  /** The seller takes the listing away. */
  withdrawListing(marketplace: string, listingId: string): Promise<void>
  faults(): Promise<Fault[]>
  /** Turns on exactly these faults; an empty list turns all off. */
  setFaults(faults: Fault[]): Promise<void>
  ledger(query?: LedgerQuery): Promise<LedgerEntry[]>
}

/** A client of the sandbox at `baseUrl` (`http://127.0.0.1:8703`). */
export function createSandboxClient(baseUrl: string, token: string): SandboxClient {
  async function call(method: string, path: string, body?: string, type = 'application/json') {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`sandbox: ${method} ${path}: ${response.status} ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as unknown
  }
  const at = (marketplace: string, listingId: string) =>
    `/m/${marketplace}/listings/${encodeURIComponent(listingId)}`

  return {
    loadListings: async (marketplace, ndjson) =>
      (await call('PUT', `/m/${marketplace}/listings`, ndjson, 'application/x-ndjson')) as {
        loaded: number
        changed: number
      },
    changeListing: async (marketplace, listingId, change) =>
      (await call('PATCH', at(marketplace, listingId), JSON.stringify(change))) as ShopListing,
    withdrawListing: async (marketplace, listingId) => {
      await call('DELETE', at(marketplace, listingId))
    },
    faults: async () => ((await call('GET', '/faults')) as { faults: Fault[] }).faults,
    setFaults: async (faults) => {
      await call('PUT', '/faults', JSON.stringify({ faults }))
    },
    ledger: async (query = {}) => {
      const parameters = new URLSearchParams(
        Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
      )
      const answer = await call('GET', `/ledger?${parameters.toString()}`)
      return (answer as { entries: LedgerEntry[] }).entries
    },
  }
}
