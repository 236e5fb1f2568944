import { ApplicationFailure, cancellationSignal, heartbeat } from '@temporalio/activity'
import { ApplicationFailureCategory } from '@temporalio/common'
import { type Backoff, pauseMs } from '../../domain/record/backoff.js'
import { MINUTE_MS } from '../../domain/brand/calendar.js'
import { materialChanges, type ShownListing } from '../../domain/listing/listing.js'
import type { TakedownResult } from '../../domain/case/taking-down.js'
import type { Basis, Severity, Verdict } from '../../domain/vocabulary.js'
import {
  type Marketplace,
  MarketplaceError,
  type ObservedListing,
} from '../../marketplaces/marketplace.js'
import { faultFailure, faultOf } from '../faults.js'
import {
  attemptNumber,
  type CallingDependencies,
  createCalling,
  type Effort,
  effortSoFar,
} from './calling.js'

export interface TakedownInput {
  key: string
  caseId: string
  marketplace: string
  listingId: string
  verdict: Verdict
  basis: Basis
  severity: Severity
  reasonCode?: string
  /** What the decider looked at. */
  shown: ShownListing
  /** Take it down although it differs from `shown`. */
  acceptChanged: boolean
  /** An earlier request under this key may have arrived: look it up first. */
  mayHaveBeenSent: boolean
  /** How long this is tried, without the time it waits for its turn. */
  budgetMs: number
}

/** The marketplace has taken the request and will answer it later. */
export interface TakedownPending {
  kind: 'pending'
  takedownId: string
}

const BETWEEN_ATTEMPTS: Backoff = { firstMs: 1_000, longestMs: MINUTE_MS }

// As much as a monitor may report.
const MAX_TITLE_CHARS = 1000
const MAX_URL_CHARS = 2000
const MAX_FIELD_CHARS = 300
const MAX_PICTURES = 30

/**
 * One attempt to take a listing down: look up what an earlier attempt did, read the listing again,
 * ask for its removal. What may pass with time is thrown and retried by Temporal until the budget
 * is spent; what will not is returned, but for faults (domain/record/faults.ts).
 */
export function createRequestTakedown(deps: CallingDependencies) {
  const calling = createCalling(deps)
  return async function requestTakedown(
    input: TakedownInput,
  ): Promise<TakedownResult | TakedownPending> {
    const effort = effortSoFar()
    const startedAt = performance.now()
    const signal = cancellationSignal()
    const earlier = { effort, mayHaveBeenSent: hasPredecessor(input) }
    try {
      return await calling(
        input.marketplace,
        (marketplace) => {
          // The first attempt has spent nothing, which is also what one finds that finds nothing.
          if (effort.spentMs + effort.held > 0) heartbeat(effort)
          return attempt(marketplace, input, signal)
        },
        earlier,
      )
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof ApplicationFailure) throw error
      const fault = error instanceof MarketplaceError ? null : faultOf(error)
      if (fault !== null) {
        const mayBeSent = fault !== 'NotConfigured' || hasPredecessor(input)
        throw faultFailure(fault, error, [{ outcomeUnknown: mayBeSent }])
      }
      const failure = failureOf(error)
      const { kind, code, message } = failure
      if (kind === 'never') return { kind: 'refused', code, message }
      const spentMs = effort.spentMs + performance.now() - startedAt
      throw tryAgain(failure, input, { ...effort, spentMs })
    }
  }
}

async function attempt(
  marketplace: Marketplace,
  input: TakedownInput,
  signal: AbortSignal,
): Promise<TakedownResult | TakedownPending> {
  const { key, caseId, listingId, verdict, basis, severity, reasonCode } = input
  if (hasPredecessor(input)) {
    const earlier = await earlierResult(marketplace, input, signal)
    if (earlier) return earlier
  }
  const found = await marketplace.readListing(listingId, signal)
  if (!found) {
    // A slow request may have landed since the look-up, or a run that was reset have sent one.
    const earlier = await earlierResult(marketplace, input, signal)
    return earlier ?? { kind: 'gone', detail: 'the listing is no longer there' }
  }
  const observed = asShown(found)
  const changes = materialChanges(input.shown, observed)
  if (changes.length > 0 && !input.acceptChanged) {
    return { kind: 'listingChanged', changes, observed }
  }
  const answer = await marketplace.requestTakedown(
    { key, caseId, listingId, verdict, basis, severity, ...(reasonCode ? { reasonCode } : {}) },
    signal,
  )
  switch (answer.state) {
    case 'removed':
      return { kind: 'removed', takedownId: answer.takedownId, removedAt: answer.removedAt }
    case 'alreadyGone':
      return { kind: 'gone', detail: `removed by ${answer.removedBy}` }
    case 'pending':
      return { kind: 'pending', takedownId: answer.takedownId }
  }
}

/** An earlier request under the key may have arrived. */
function hasPredecessor({ mayHaveBeenSent }: TakedownInput): boolean {
  return mayHaveBeenSent || attemptNumber() > 1
}

/** A listing as a case shows it. A marketplace sets no limits to its texts; the state of a case needs them. */
function asShown(found: ObservedListing): ShownListing {
  const { marketplace, listingId, url, capturedAt, title, price, seller, pictures } = found
  const { name, reputation, transactions, region, officialStore } = seller
  const known = { name, reputation, region }
  return {
    marketplace,
    listingId,
    url: url.slice(0, MAX_URL_CHARS),
    capturedAt,
    title: title.slice(0, MAX_TITLE_CHARS),
    price,
    seller: {
      id: seller.id,
      ...Object.fromEntries(
        Object.entries(known).flatMap(([field, text]) =>
          text === undefined ? [] : [[field, text.slice(0, MAX_FIELD_CHARS)]],
        ),
      ),
      ...(transactions === undefined ? {} : { transactions }),
      ...(officialStore === undefined ? {} : { officialStore }),
    },
    pictures: pictures.slice(0, MAX_PICTURES).map(({ sha256, url }) => ({
      sha256,
      ...(url === undefined ? {} : { url: url.slice(0, MAX_URL_CHARS) }),
    })),
  }
}

/** What an earlier request under this key came to, or `null` when it did nothing. */
async function earlierResult(
  marketplace: Marketplace,
  { key, listingId }: TakedownInput,
  signal: AbortSignal,
): Promise<TakedownResult | TakedownPending | null> {
  try {
    const found = await marketplace.findTakedown({ key, listingId }, signal)
    if (!found) return null
    if ('state' in found) return { kind: 'pending', takedownId: found.takedownId }
    return found.removedBy === 'key'
      ? { kind: 'removed', takedownId: found.takedownId, removedAt: found.removedAt }
      : { kind: 'gone', detail: 'removed by somebody else' }
  } catch (error) {
    if (!(error instanceof MarketplaceError && error.kind === 'never')) throw error
    // The look-up is what was refused, not the takedown: a new key could remove a second time.
    return { kind: 'exhausted', message: `${error.message} (${error.code})`, outcomeUnknown: true }
  }
}

/** What did not come from the marketplace is a fault of this worker, which may pass as well. */
function failureOf(error: unknown): MarketplaceError {
  if (error instanceof MarketplaceError) return error
  return new MarketplaceError(
    String(error),
    { kind: 'retry', code: 'attemptFailed', outcomeUnknown: true },
    { cause: error },
  )
}

/**
 * The failure that makes Temporal try again after a pause, or for good once the budget is spent.
 * Whether the outcome is unknown also depends on earlier attempts that nobody could look up since.
 */
function tryAgain(
  failure: MarketplaceError,
  input: TakedownInput,
  { spentMs, held }: Effort,
): ApplicationFailure {
  const { code, message, retryAfterMs, outcomeUnknown } = failure
  const { key, budgetMs } = input
  const delayMs = retryAfterMs ?? pauseMs(BETWEEN_ATTEMPTS, attemptNumber() - 1, key)
  heartbeat({ spentMs: spentMs + delayMs, held } satisfies Effort)
  return ApplicationFailure.create({
    message: `${message} (${code})`,
    type: 'MarketplaceUnavailable',
    cause: failure,
    category: ApplicationFailureCategory.BENIGN,
    details: [{ outcomeUnknown: outcomeUnknown || hasPredecessor(input) }],
    nonRetryable: spentMs + delayMs > budgetMs,
    nextRetryDelay: delayMs,
  })
}
