import { cancellationSignal } from '@temporalio/activity'
import type { TakedownLookup } from '../domain/taking-down.js'
import type { ActivityDependencies } from './dependencies.js'

/** What became of a takedown, asked before a case is closed by hand. Throws while it is unclear. */
export function createFindTakedown({ marketplaces }: ActivityDependencies) {
  return async function findTakedown(input: {
    key: string
    marketplace: string
    listingId: string
  }): Promise<TakedownLookup> {
    const { key, marketplace, listingId } = input
    const found = await marketplaces
      .get(marketplace)
      .findTakedown({ key, listingId }, cancellationSignal())
    if (!found) return { kind: 'notTakenDown' }
    if ('state' in found) {
      throw new Error(`the marketplace is still working on takedown ${found.takedownId}`)
    }
    return found.removedBy === 'key'
      ? { kind: 'removed', takedownId: found.takedownId, removedAt: found.removedAt }
      : { kind: 'gone', detail: 'removed by somebody else' }
  }
}
