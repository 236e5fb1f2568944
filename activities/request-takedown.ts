import { activityInfo, ApplicationFailure, cancellationSignal } from '@temporalio/activity'
import { ApplicationFailureCategory } from '@temporalio/common'
import { type ComparableListing, materialChanges } from '../domain/listing.js'
import type { TakedownResult } from '../domain/taking-down.js'
import type { Basis, Severity, Verdict } from '../domain/vocabulary.js'
import { type Marketplace, MarketplaceError } from '../marketplaces/marketplace.js'
import type { ActivityDependencies } from './dependencies.js'
import { whileBeating } from './while-beating.js'

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
  shown: ComparableListing
  /** Take it down although it differs from `shown`. */
  acceptChanged: boolean
  /** An earlier request under this key may have arrived: look it up first. */
  mayHaveBeenSent: boolean
}

const PENDING_RETRY_MS = 5_000

/**
 * One attempt to take a listing down: look up what an earlier attempt did, read the listing again,
 * ask for its removal. What may pass with time is thrown and retried by Temporal within the
 * budget; what will not is returned.
 */
export function createRequestTakedown({
  marketplaces,
}: Pick<ActivityDependencies, 'marketplaces'>) {
  return async function requestTakedown(input: TakedownInput): Promise<TakedownResult> {
    const marketplace = marketplaces.get(input.marketplace)
    try {
      return await whileBeating(() => attempt(marketplace, input, cancellationSignal()))
    } catch (error) {
      return definiteResult(error, input.mayHaveBeenSent || activityInfo().attempt > 1)
    }
  }
}

async function attempt(
  marketplace: Marketplace,
  input: TakedownInput,
  signal: AbortSignal,
): Promise<TakedownResult> {
  const { key, caseId, listingId, verdict, basis, severity, reasonCode } = input
  if (input.mayHaveBeenSent || activityInfo().attempt > 1) {
    const earlier = await earlierResult(marketplace, input, signal)
    if (earlier) return earlier
  }
  const observed = await marketplace.readListing(listingId, signal)
  if (!observed) {
    // A slow request may have landed since the look-up, or a run that was reset have sent one.
    const earlier = await earlierResult(marketplace, input, signal)
    return earlier ?? { kind: 'gone', detail: 'the listing is no longer there' }
  }
  const changes = materialChanges(input.shown, observed)
  if (changes.length > 0 && !input.acceptChanged) {
    const { title, price, pictures, seller } = observed
    return {
      kind: 'listingChanged',
      changes,
      observed: { title, price, pictures, seller: { id: seller.id } },
    }
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
      throw pending(answer.takedownId)
  }
}

/** What an earlier request under this key came to, or `null` when it did nothing. */
async function earlierResult(
  marketplace: Marketplace,
  { key, listingId }: TakedownInput,
  signal: AbortSignal,
): Promise<TakedownResult | null> {
  try {
    const found = await marketplace.findTakedown({ key, listingId }, signal)
    if (!found) return null
    if ('state' in found) throw pending(found.takedownId)
    return found.removedBy === 'key'
      ? { kind: 'removed', takedownId: found.takedownId, removedAt: found.removedAt }
      : { kind: 'gone', detail: 'removed by somebody else' }
  } catch (error) {
    if (!(error instanceof MarketplaceError && error.kind === 'never')) throw error
    // The look-up is what was refused, not the takedown: a new key could remove a second time.
    return { kind: 'exhausted', message: `${error.message} (${error.code})`, outcomeUnknown: true }
  }
}

/** The marketplace is still working on it: not a failure, look again soon. */
function pending(takedownId: string): ApplicationFailure {
  return ApplicationFailure.create({
    message: `the marketplace is still working on takedown ${takedownId}`,
    type: 'TakedownPending',
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: PENDING_RETRY_MS,
    details: [{ outcomeUnknown: true }],
  })
}

/**
 * Sorts a failed attempt. A refusal is a result. Everything else is thrown to be retried; whether
 * its outcome is unknown also depends on earlier attempts that nobody could look up since.
 */
function definiteResult(error: unknown, mayHaveBeenSent: boolean): TakedownResult {
  if (!(error instanceof MarketplaceError)) throw error
  const { kind, code, message, retryAfterMs } = error
  if (kind === 'never') return { kind: 'refused', code, message }
  throw ApplicationFailure.create({
    message: `${message} (${code})`,
    type: 'MarketplaceUnavailable',
    cause: error,
    category: ApplicationFailureCategory.BENIGN,
    details: [{ outcomeUnknown: error.outcomeUnknown || mayHaveBeenSent }],
    ...(retryAfterMs === undefined ? {} : { nextRetryDelay: retryAfterMs }),
  })
}
