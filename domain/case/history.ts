import { CASE_EVENT_TYPES, type Owner, type Phase } from '../vocabulary.js'
import { type Clause, clauseOf } from './clauses.js'
import type { CaseEvent } from './events.js'
import { evolve } from './evolve.js'
import { CASE_KIND } from './kind.js'
import type { CaseState } from './state.js'
import { ownerOf } from './waiting/owner.js'

/** What a record tells of one of its events beside the event itself. */
export interface Explained {
  /** What of the policy led to it; `null` where somebody did it, or saw it. */
  clause: Clause | null
  /** Where the case stands from then on, */
  phase: Phase
  /** and whose turn it is. */
  owner: Owner | null
}

/**
 * Each event of a complete record, from `opened` on, with why it happened and whose turn it led to.
 * It ends before an event of a type this version does not know, and says nothing of a record without its beginning.
 */
export function explain(caseId: string, events: readonly CaseEvent[]): Explained[] {
  const [first] = events
  if (first?.type !== CASE_KIND.beginsWith) return []
  const explained: Explained[] = []
  let state: CaseState = CASE_KIND.unopened(caseId, first)
  for (const event of events) {
    if (!CASE_EVENT_TYPES.includes(event.type)) break
    const clause = clauseOf(state, event)
    state = evolve(state, event)
    explained.push({ clause, phase: state.phase, owner: ownerOf(state) })
  }
  return explained
}
