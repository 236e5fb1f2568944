import { cancellationSignal } from '@temporalio/activity'
import type { TakedownLookup } from '../../domain/case/taking-down.js'
import type { ActivityDependencies } from '../dependencies.js'
import { whileBeating } from '../while-beating.js'

/** What became of a takedown that was sent. Throws when the marketplace does not say. */
export function createFindTakedown({ marketplaces }: Pick<ActivityDependencies, 'marketplaces'>) {
  return async function findTakedown(input: {
    key: string
    marketplace: string
    listingId: string
  }): Promise<TakedownLookup> {
    const { key, marketplace, listingId } = input
    const found = await whileBeating(() =>
      marketplaces.get(marketplace).findTakedown({ key, listingId }, cancellationSignal()),
    )
    if (!found) return { kind: 'notTakenDown' }
    if ('state' in found) return { kind: 'pending', takedownId: found.takedownId }
    return found.removedBy === 'key'
      ? { kind: 'removed', takedownId: found.takedownId, removedAt: found.removedAt }
      : { kind: 'gone', detail: 'removed by somebody else' }
  }
}
