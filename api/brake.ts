import { type Brake, DEFAULT_BRAKE, type Hold, holdUncounted } from '../domain/brake.js'
import type { DecideMessage } from '../domain/case-messages.js'
import { isInfringing } from '../domain/vocabulary.js'
import type { Logger } from '../platform/logger.js'
import { EVERYTHING, type Store } from '../store/store.js'
import { OUTAGE_MEMORY_MS } from './authenticate.js'
import type { DatabaseGate } from './outage.js'
import { createRecentCache } from './recent-cache.js'

const FRESH_MS = 3_000
const MAX_CACHED_BRANDS = 5_000

/**
 * Gives the hold of a decision that is about to be sent, or `null` when it may take effect at once.
 * Only confirmations are counted. Never throws: what cannot be counted is held, because a brake that
 * an outage loosens is none.
 */
export type HoldConfirmation = (
  message: Pick<DecideMessage, 'verdict' | 'caseId' | 'decisionId'>,
  brandId: string,
) => Promise<Hold | null>

/** Counts confirmations by brand, whoever sends them and by whatever way. `now` gives epoch ms. */
export function createHoldConfirmation({
  store,
  gate,
  logger,
  now,
}: {
  store: Pick<Store, 'admin' | 'confirmations'>
  gate: DatabaseGate
  logger: Logger
  now: () => number
}): HoldConfirmation {
  const brakes = createRecentCache<Brake>({
    load: (brandId) =>
      gate.attempt(async () => (await store.admin.brand(EVERYTHING, brandId))?.brake ?? null),
    now,
    freshMs: FRESH_MS,
    outageMs: OUTAGE_MEMORY_MS,
    maxEntries: MAX_CACHED_BRANDS,
  })

  return async ({ verdict, caseId, decisionId }, brandId) => {
    if (!isInfringing(verdict)) return null
    const at = new Date(now())
    try {
      const brake = (await brakes.get(brandId)) ?? DEFAULT_BRAKE
      const confirmation = { caseId, decisionId, brandId, at }
      return await gate.attempt(() => store.confirmations.count(confirmation, brake))
    } catch (error) {
      logger.warn({ error, caseId, decisionId }, 'a confirmation could not be counted; it is held')
      return holdUncounted(brakes.seen(brandId) ?? DEFAULT_BRAKE)
    }
  }
}
