import type { MarketplaceHealth, ShownMarketplace, ShownPause } from '../../contract/marketplace.js'
import type {
  MarketplaceAnswers,
  MarketplacePause,
  PauseReason,
  TakedownQueue,
} from '../../store/store.js'
import { iso } from './iso.js'
import type { Names } from './reader.js'

interface Configured {
  id: string
  name: string
}

/** A marketplace for everybody; who paused it is for operators. */
export function presentMarketplace(
  { id, name }: Configured,
  pause: MarketplacePause | undefined,
): ShownMarketplace {
  const reason = pause?.reasons.at(-1)?.text ?? ''
  return { marketplace: id, name, pause: pause ? { since: iso(pause.since), reason } : null }
}

/** A pause with all who gave a reason for it, for operators. */
export function presentPause(
  { since, reasons, resumed }: MarketplacePause,
  names: Names,
): ShownPause {
  const reasonOf = ({ text, by, at }: PauseReason) => ({
    ...{ text, by, at: iso(at) },
    byName: names.get(by)?.name ?? null,
  })
  return {
    since: iso(since),
    reasons: reasons.map(reasonOf),
    resumed: resumed && reasonOf(resumed),
  }
}

/** How a marketplace does, for operators. */
export function presentHealth(
  { id, name }: Configured,
  known: {
    pause: MarketplacePause | undefined
    queue: TakedownQueue | undefined
    answers: MarketplaceAnswers | undefined
  },
  names: Names,
): MarketplaceHealth {
  const { pause, queue, answers } = known
  const { answeredAt = null, failedAt = null, failure = null } = answers ?? {}
  return {
    ...{ marketplace: id, name, failure },
    pause: pause ? presentPause(pause, names) : null,
    waiting: queue?.waiting ?? 0,
    oldest: queue ? iso(queue.oldest) : null,
    answeredAt: answeredAt && iso(answeredAt),
    failedAt: failedAt && iso(failedAt),
  }
}
