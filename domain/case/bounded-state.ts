import type { CaseState } from './state.js'
import { withBoundedAnswers } from './evolve-answers.js'
import { withBoundedFailures } from '../notice/failed-notices.js'
import { withBoundedSightings } from '../listing/sighting-list.js'

/**
 * The same case with lists that are no longer than they may be: of sightings, answers and failed
 * notices. The state is a payload of Temporal, which takes none above 2 MB; a case of rules before
 * version 3 lets them grow until its process takes its record over.
 */
export function withBoundedLists(state: CaseState): CaseState {
  return withBoundedFailures(withBoundedAnswers(withBoundedSightings(state)))
}
