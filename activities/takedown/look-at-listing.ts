import { cancellationSignal } from '@temporalio/activity'
import type { ListingStanding } from '../../domain/case/listing-gone.js'
import { MarketplaceError } from '../../marketplaces/marketplace.js'
import type { ActivityDependencies } from '../dependencies.js'
import { whileBeating } from '../while-beating.js'

/**
 * Whether a listing is still there. One the marketplace refuses to talk about counts as listed:
 * its case goes on as before. What may pass is thrown and retried.
 */
export function createLookAtListing({ marketplaces }: Pick<ActivityDependencies, 'marketplaces'>) {
  return async function lookAtListing(input: {
    marketplace: string
    listingId: string
  }): Promise<ListingStanding> {
    const { marketplace, listingId } = input
    try {
      const observed = await whileBeating(() =>
        marketplaces.get(marketplace).readListing(listingId, cancellationSignal()),
      )
      return observed ? 'listed' : 'gone'
    } catch (error) {
      if (error instanceof MarketplaceError && error.kind === 'never') return 'listed'
      throw error
    }
  }
}
