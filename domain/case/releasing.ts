import { authorisedBy } from '../seller/authorising.js'
import { RELEASE_REASON_OF, type ReleasingVerdict } from '../vocabulary.js'
import { rulesVersionOf } from './case-policy.js'
import { type Happening, happening } from './events.js'
import { shownListing } from './shown.js'
import type { CaseState, Decision } from './state.js'

/** The end of a case whose listing stays online, in the name of whoever decided so. */
export function release(
  state: CaseState,
  decision: Decision,
  verdict: ReleasingVerdict,
): Happening {
  // A seller is put on the list whose offer was shown, which from version 3 on may have changed.
  const offer = rulesVersionOf(state) < 3 ? state.listing : shownListing(state)
  const sellerId = offer?.seller.id
  const allowList = authorisedBy(state, decision, sellerId)
  return happening(
    'closed',
    {
      ending: {
        outcome: 'released',
        releaseReason: RELEASE_REASON_OF[verdict],
        basis: decision.basis,
      },
      ...(allowList ? { allowList } : {}),
    },
    decision.by,
  )
}
