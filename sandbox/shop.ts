import type { ListingSnapshot } from '../domain/listing/listing.js'
import type { WireTakedown, WireTakedownBody } from '../marketplaces/contract.js'
import type { ListingStatus } from '../marketplaces/marketplace.js'
import { openJournal } from './journal.js'

/** A listing on one of the sandbox's marketplaces. `gone` = it is no longer in the shop. */
export interface ShopListing extends Omit<ListingSnapshot, 'url' | 'capturedAt'> {
  status: ListingStatus
  gone?: { by: 'takedown' | 'seller'; at: string }
}

/** A takedown as the marketplace keeps it. `answer` is what the API says about it. */
export interface Takedown {
  marketplace: string
  request: WireTakedownBody
  answer: WireTakedown
  /** True while the fault `ignoreKey` was on: not found by its key, only by its listing. */
  keyIgnored: boolean
  /** What becomes of it at `at`, while it is pending. */
  settling?: { at: string; refusal?: { code: string; detail: string } }
}

/** What the ledger holds; all but `settle` are requests. */
export const OPERATIONS = [
  'readListing',
  'requestTakedown',
  'findTakedown',
  'restore',
  'settle',
] as const
export type Operation = (typeof OPERATIONS)[number]

/**
 * One line of the ledger: a request as it arrived and what it did. `effective` = this request
 * carried out a removal (or a restoration); repeats that changed nothing are not effective.
 */
export interface LedgerEntry {
  seq: number
  at: string
  marketplace: string
  operation: Operation
  listingId: string | null
  key: string | null
  effective: boolean
  /** Who removed the listing, as far as the answer tells: this key, another one, or the seller. */
  removedBy: 'key' | 'other' | 'seller' | null
  /** HTTP status of the answer; null when the connection was cut or nobody was asking. */
  status: number | null
  /** Kinds of the faults that were applied. */
  faults: string[]
}

/** What happens in the sandbox; the journal holds these in order. */
export type ShopEvent =
  | { type: 'listed'; listing: ShopListing }
  | { type: 'withdrawn'; marketplace: string; listingId: string; at: string }
  | { type: 'request'; entry: LedgerEntry; takedown?: Takedown }

type NewLedgerEntry = Omit<LedgerEntry, 'seq' | 'at'>

/** The state of all marketplaces: in memory, and event by event in the journal. */
export interface Shop {
  marketplaces(): string[]
  /** All listings of a marketplace in the order they were loaded, gone ones included. */
  listings(marketplace: string): ShopListing[]
  listing(marketplace: string, listingId: string): ShopListing | undefined
  takedownByKey(marketplace: string, key: string): Takedown | undefined
  /** Newest first. */
  takedownsOf(marketplace: string, listingId: string): Takedown[]
  pending(): Takedown[]
  ledger(): readonly LedgerEntry[]
  /** Moves on with every change of a listing; what is shown under one value does not change. */
  revision(): string
  list(listings: ShopListing[]): Promise<void>
  withdraw(marketplace: string, listingId: string): Promise<void>
  /** Writes a request and its effect as one event. */
  record(entry: NewLedgerEntry, takedown?: Takedown): Promise<void>
  close(): Promise<void>
}

/** The shop of a journal, as its events left it. Throws what `openJournal` throws. */
export async function openShop(journalPath: string): Promise<Shop> {
  const shelves = new Map<string, Map<string, ShopListing>>()
  const takedowns = new Map<string, Takedown>()
  const idsByKey = new Map<string, string>()
  const idsByListing = new Map<string, string[]>()
  const ledger: LedgerEntry[] = []
  let changes = 0

  const journal = await openJournal<ShopEvent>(journalPath, apply)

  function apply(event: ShopEvent): void {
    switch (event.type) {
      case 'listed':
        put(event.listing)
        return
      case 'withdrawn':
        leave(event.marketplace, event.listingId, { by: 'seller', at: event.at })
        return
      case 'request':
        ledger.push(event.entry)
        if (event.takedown) keep(event.takedown)
    }
  }

  function put(listing: ShopListing): void {
    const shelf = shelves.get(listing.marketplace) ?? new Map<string, ShopListing>()
    shelves.set(listing.marketplace, shelf.set(listing.listingId, listing))
    changes += 1
  }

  function leave(marketplace: string, listingId: string, gone: ShopListing['gone']): void {
    const listing = shelves.get(marketplace)?.get(listingId)
    if (!listing) return
    const { gone: _before, ...rest } = listing
    put(gone ? { ...rest, gone } : rest)
  }

  function keep(takedown: Takedown): void {
    const { marketplace, answer } = takedown
    const { takedownId, listingId } = answer
    if (!takedowns.has(takedownId)) {
      const place = placeOf(marketplace, listingId)
      idsByListing.set(place, [takedownId, ...(idsByListing.get(place) ?? [])])
    }
    takedowns.set(takedownId, takedown)
    if (answer.key !== null && !takedown.keyIgnored) {
      idsByKey.set(placeOf(marketplace, answer.key), takedownId)
    }
    if (answer.state === 'removed') {
      leave(marketplace, listingId, { by: 'takedown', at: answer.removedAt })
    }
    if (answer.state === 'restored') leave(marketplace, listingId, undefined)
  }

  /** The state moves on before the disk has it, so that of two equal requests only one acts. */
  async function commit(events: ShopEvent[]): Promise<void> {
    events.forEach(apply)
    await Promise.all(events.map((event) => journal.append(event)))
  }

  return {
    marketplaces: () => [...shelves.keys()].sort(),
    listings: (marketplace) => [...(shelves.get(marketplace)?.values() ?? [])],
    listing: (marketplace, listingId) => shelves.get(marketplace)?.get(listingId),
    takedownByKey: (marketplace, key) =>
      takedowns.get(idsByKey.get(placeOf(marketplace, key)) ?? ''),
    takedownsOf: (marketplace, listingId) =>
      (idsByListing.get(placeOf(marketplace, listingId)) ?? []).flatMap(
        (id) => takedowns.get(id) ?? [],
      ),
    pending: () => [...takedowns.values()].filter((t) => t.answer.state === 'pending'),
    ledger: () => ledger,
    revision: () => String(changes),
    list: (listings) => commit(listings.map((listing) => ({ type: 'listed', listing }))),
    withdraw: (marketplace, listingId) =>
      commit([{ type: 'withdrawn', marketplace, listingId, at: new Date().toISOString() }]),
    record: (entry, takedown) => {
      const numbered = { seq: ledger.length + 1, at: new Date().toISOString(), ...entry }
      return commit([
        { type: 'request', entry: numbered, ...(takedown === undefined ? {} : { takedown }) },
      ])
    },
    close: () => journal.close(),
  }
}

function placeOf(marketplace: string, id: string): string {
  return `${marketplace} ${id}`
}
