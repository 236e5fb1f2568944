import { DEFAULT_BRAKE, type Hold, holdUncounted } from '../../domain/brand/brake.js'
import type { DecideMessage } from '../../domain/case/message/decide-message.js'
import { isInfringing } from '../../domain/vocabulary.js'
import type { Logger } from '../../platform/logger.js'
import type { Store } from '../../store/store.js'
import type { DatabaseGate } from '../outage.js'
import type { RecentPeople } from '../callers/recent-people.js'

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
  people,
  gate,
  logger,
  now,
}: {
  store: Pick<Store, 'confirmations'>
  people: Pick<RecentPeople, 'brands'>
  gate: DatabaseGate
  logger: Logger
  now: () => number
}): HoldConfirmation {
  return async ({ verdict, caseId, decisionId }, brandId) => {
    if (!isInfringing(verdict)) return null
    const at = new Date(now())
    try {
      const brake = (await people.brands.get(brandId))?.brake ?? DEFAULT_BRAKE
      const confirmation = { caseId, decisionId, brandId, at }
      return await gate.attempt(() => store.confirmations.count(confirmation, brake))
    } catch (error) {
      logger.warn({ error, caseId, decisionId }, 'a confirmation could not be counted; it is held')
      return holdUncounted(people.brands.seen(brandId)?.brake ?? DEFAULT_BRAKE)
    }
  }
}
