import type { Shop, Takedown } from './shop.js'
import { ruleSettlement } from './takedowns.js'

/** Carries out pending takedowns when their time has come. */
export interface Settler {
  add(takedown: Takedown): void
  stop(): void
}

/** `failed` hears of a settlement that could not be written. */
export function createSettler(shop: Shop, failed: (error: unknown) => void): Settler {
  const timers = new Set<NodeJS.Timeout>()

  function add(takedown: Takedown): void {
    const dueMs = Date.parse(takedown.settling?.at ?? '')
    const timer = setTimeout(
      () => {
        timers.delete(timer)
        settle(takedown).catch(failed)
      },
      Math.max(0, dueMs - Date.now()),
    )
    timers.add(timer)
  }

  async function settle(pending: Takedown): Promise<void> {
    const { marketplace, answer } = pending
    const { takedown, effective, removedBy } = ruleSettlement(shop, pending, Date.now())
    const { listingId, key } = answer
    await shop.record(
      {
        marketplace,
        operation: 'settle',
        listingId,
        key,
        effective,
        removedBy,
        status: null,
        faults: [],
      },
      takedown,
    )
  }

  return {
    add,
    stop: () => timers.forEach((timer) => clearTimeout(timer)),
  }
}
