import type { ComparableListing, ListingSnapshot, Seller } from '../domain/listing/listing.js'
import type { Basis, Severity, Verdict } from '../domain/vocabulary.js'

/** A listing as the marketplace shows it now, comparable with the snapshot a case was opened on. */
export interface ObservedListing
  extends
    Pick<ListingSnapshot, 'marketplace' | 'listingId' | 'url' | 'capturedAt'>,
    ComparableListing {
  status: ListingStatus
  seller: Seller
}

/** `paused`: not for sale at the moment, but the seller can put it back on sale alone. */
export const LISTING_STATUSES = ['active', 'paused'] as const
export type ListingStatus = (typeof LISTING_STATUSES)[number]

/** What is asked of a marketplace. `key` is fixed per case and attempt series; see `docs/marketplace-api.md`. */
export interface TakedownRequest {
  key: string
  caseId: string
  listingId: string
  /** An infringing one; the marketplace refuses every other. */
  verdict: Verdict
  basis: Basis
  severity: Severity
  reasonCode?: string
  /** What the marketplace may tell the seller: no personal data. */
  statement?: string
}

/** Answer to a takedown request. Times are epoch milliseconds. */
export type TakedownAnswer =
  | { state: 'removed'; takedownId: string; removedAt: number }
  | {
      state: 'alreadyGone'
      takedownId: string
      removedBy: 'other' | 'seller'
      removedAt?: number
    }
  | { state: 'pending'; takedownId: string }

/**
 * What a look-up found: removed under our key, removed otherwise, still being worked on, or `null`
 * when the marketplace has not removed the listing (never asked, refused, or on sale again since).
 */
export type TakedownFinding =
  | { removedBy: 'key'; takedownId: string; removedAt: number }
  | { removedBy: 'other'; takedownId?: string; removedAt?: number }
  | { state: 'pending'; takedownId: string }
  | null

/**
 * A client of one marketplace's listing control. Every call makes one attempt: whoever calls owns
 * the retries. Failures are `MarketplaceError`s; an abort by `signal` rejects with the signal's
 * reason.
 */
export interface Marketplace {
  readonly id: string
  readonly name: string
  /**
   * The listing as it stands now; `null` when it is gone. An id the marketplace never had is an
   * error, so that a wrong address or token does not pass for a shop without listings.
   */
  readListing(listingId: string, signal: AbortSignal): Promise<ObservedListing | null>
  /** Asks for a removal. The same key never removes twice. */
  requestTakedown(request: TakedownRequest, signal: AbortSignal): Promise<TakedownAnswer>
  /** What became of a request whose answer never arrived, by key and then by listing. */
  findTakedown(
    takedown: { key: string; listingId: string },
    signal: AbortSignal,
  ): Promise<TakedownFinding>
  /** Puts a listing back that was removed under `key`. Repeating it changes nothing. */
  restore(
    takedown: { key: string; takedownId: string; reason: string },
    signal: AbortSignal,
  ): Promise<{ restoredAt: number }>
  /** Closes idle connections. */
  close(): Promise<void>
}

/** What to do with a failure: try again, try again after `retryAfterMs`, or leave it to a person. */
export const MARKETPLACE_ERROR_KINDS = ['retry', 'retryAfter', 'never'] as const
export type MarketplaceErrorKind = (typeof MARKETPLACE_ERROR_KINDS)[number]

/** Everything a `MarketplaceError` says, as plain data. */
export interface MarketplaceFailure {
  kind: MarketplaceErrorKind
  /** Stable word for programs: a code of `docs/marketplace-api.md` or one of `TRANSPORT_CODES`. */
  code: string
  /** Only with kind `retryAfter`. */
  retryAfterMs?: number
  /** True when the marketplace may have carried the request out although no answer arrived. */
  outcomeUnknown: boolean
}

/** Codes of failures that come from the way to the marketplace, not from its answer. */
export const TRANSPORT_CODES = [
  'unreachable',
  'connectionLost',
  'timeout',
  'redirected',
  'badReply',
  'invalidId',
] as const
export type TransportCode = (typeof TRANSPORT_CODES)[number]

/** A marketplace did not do what was asked. The message is written for the manager of the case. */
export class MarketplaceError extends Error implements MarketplaceFailure {
  override readonly name = 'MarketplaceError'
  readonly kind: MarketplaceErrorKind
  readonly code: string
  readonly retryAfterMs?: number
  readonly outcomeUnknown: boolean

  constructor(message: string, failure: MarketplaceFailure, options?: ErrorOptions) {
    super(message, options)
    this.kind = failure.kind
    this.code = failure.code
    if (failure.retryAfterMs !== undefined) this.retryAfterMs = failure.retryAfterMs
    this.outcomeUnknown = failure.outcomeUnknown
  }
}

/** There is no marketplace of that id in the marketplaces file; the message says what to do. */
export class UnknownMarketplace extends Error {
  override readonly name = 'UnknownMarketplace'
}
