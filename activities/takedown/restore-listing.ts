import { ApplicationFailure, cancellationSignal } from '@temporalio/activity'
import { ApplicationFailureCategory } from '@temporalio/common'
import type { RestorationAnswer } from '../../domain/case/restoring.js'
import { type Marketplace, MarketplaceError } from '../../marketplaces/marketplace.js'
import { atMost, attemptNumber, type CallingDependencies, createCalling } from './calling.js'

/** So often it is tried at most, at one time. */
const ATTEMPTS = 8

export interface RestorationInput {
  marketplace: string
  listingId: string
  /** The key of the removal that is undone. */
  key: string
  /** The marketplace's own id of it; looked up where its answer never came. */
  takedownId?: string
  reason: string
}

/**
 * One attempt to put back a listing that was removed under `key`. What may pass with time is thrown
 * and retried by Temporal; what will not is returned.
 */
export function createRestoreListing(deps: CallingDependencies) {
  const calling = createCalling(deps)
  return async function restoreListing(input: RestorationInput): Promise<RestorationAnswer> {
    const signal = cancellationSignal()
    try {
      return await calling(input.marketplace, (marketplace) => attempt(marketplace, input, signal))
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof MarketplaceError)) throw atMost(ATTEMPTS, error)
      const { kind, code, message, retryAfterMs } = error
      if (kind === 'never') return { kind: 'failed', message: `${message} (${code})` }
      throw ApplicationFailure.create({
        message: `${message} (${code})`,
        type: 'MarketplaceUnavailable',
        cause: error,
        nonRetryable: attemptNumber() >= ATTEMPTS,
        category: ApplicationFailureCategory.BENIGN,
        ...(retryAfterMs === undefined ? {} : { nextRetryDelay: retryAfterMs }),
      })
    }
  }

  async function attempt(
    marketplace: Marketplace,
    { listingId, key, reason, takedownId }: RestorationInput,
    signal: AbortSignal,
  ): Promise<RestorationAnswer> {
    const takedown = takedownId ?? (await removedUnder(key))
    if (takedown === null) return { kind: 'notRemoved' }
    const { restoredAt } = await marketplace.restore({ key, takedownId: takedown, reason }, signal)
    return { kind: 'restored', restoredAt }

    async function removedUnder(own: string): Promise<string | null> {
      const found = await marketplace.findTakedown({ key: own, listingId }, signal)
      if (!found) return null
      if ('state' in found) {
        throw new MarketplaceError(`the marketplace still works on takedown ${found.takedownId}`, {
          ...{ kind: 'retry', code: 'pending', outcomeUnknown: true },
        })
      }
      return found.removedBy === 'key' ? found.takedownId : null
    }
  }
}
