import type { TakedownLookup } from '../../domain/case/taking-down.js'
import { atMost, type CallingDependencies, createCalling } from './calling.js'

/** So often it is asked at most, at one time. */
const LOOKUP_ATTEMPTS = 3

/** What became of a takedown that was sent. Throws when the marketplace does not say. */
export function createFindTakedown(deps: CallingDependencies) {
  const calling = createCalling(deps)
  return async function findTakedown(input: {
    key: string
    marketplace: string
    listingId: string
  }): Promise<TakedownLookup> {
    const { key, marketplace: id, listingId } = input
    const found = await calling(id, (marketplace, signal) =>
      marketplace.findTakedown({ key, listingId }, signal),
    ).catch((error: unknown) => {
      throw atMost(LOOKUP_ATTEMPTS, error)
    })
    if (!found) return { kind: 'notTakenDown' }
    if ('state' in found) return { kind: 'pending', takedownId: found.takedownId }
    return found.removedBy === 'key'
      ? { kind: 'removed', takedownId: found.takedownId, removedAt: found.removedAt }
      : { kind: 'gone', detail: 'removed by somebody else' }
  }
}
