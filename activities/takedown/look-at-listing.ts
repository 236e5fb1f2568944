import type { ListingStanding } from '../../domain/case/listing-gone.js'
import { MarketplaceError } from '../../marketplaces/marketplace.js'
import { type CallingDependencies, createCalling } from './calling.js'

/**
 * Whether a listing is still there. One the marketplace refuses to talk about counts as listed:
 * its case goes on as before. What may pass is thrown and retried.
 */
export function createLookAtListing(deps: CallingDependencies) {
  const calling = createCalling(deps)
  return async function lookAtListing(input: {
    marketplace: string
    listingId: string
  }): Promise<ListingStanding> {
    const { marketplace: id, listingId } = input
    try {
      const observed = await calling(id, (marketplace, signal) =>
        marketplace.readListing(listingId, signal),
      )
      return observed ? 'listed' : 'gone'
    } catch (error) {
      if (error instanceof MarketplaceError && error.kind === 'never') return 'listed'
      throw error
    }
  }
}
