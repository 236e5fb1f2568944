import type { CaseState } from './state.js'
import type { ShownListing } from '../listing/listing.js'
import { EARLIER_SHOWN_MAX, shownListing } from './shown.js'
import { rulesVersionOf } from './case-policy.js'

/** What the case shows from now on. From version 3 of the rules on it remembers what it showed before. */
export function nowShowing(
  state: CaseState,
  shown: ShownListing | undefined,
): Pick<CaseState, 'shown' | 'earlierShown'> {
  const before = shownListing(state)
  if (!shown) return { shown: state.shown }
  if (!before || rulesVersionOf(state) < 3) return { shown }
  const earlier = [...(state.earlierShown ?? []), before]
  return { shown, earlierShown: earlier.slice(-EARLIER_SHOWN_MAX) }
}
