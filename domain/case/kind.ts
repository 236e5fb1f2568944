import { type ProcessKind, recordOn, replay } from '../record/record.js'
import type { CaseEvent, Happening } from './events.js'
import { evolve } from './evolve.js'
import { parseCaseId } from './identity.js'
import { type CaseState, unopenedCase } from './state.js'

/** A case, as what keeps records knows it. */
export const CASE_KIND = {
  workflowType: 'listingCase',
  noun: 'case',
  idName: 'caseId',
  beginsWith: 'opened',
  unopened(caseId, first) {
    if (first.type !== 'opened') throw new Error(`case ${caseId}: it begins with ${first.type}`)
    const { brandId, marketplace } = first.data
    return unopenedCase({ caseId, brandId, marketplace }, first.at)
  },
  evolve,
  isEnded: ({ phase }) => phase === 'closed',
  workflowIdOf: (caseId) => parseCaseId(caseId)?.workflowId ?? null,
} as const satisfies ProcessKind<CaseState, CaseEvent>

/** Numbers what happened to a case and applies it. */
export function record(
  state: CaseState,
  happenings: readonly Happening[],
  now: number,
): { state: CaseState; events: CaseEvent[] } {
  return recordOn<CaseState, CaseEvent>(CASE_KIND, state, happenings, now)
}

/** The state of a case that a complete list of events, from `opened` on, stands for. */
export function rebuild(caseId: string, events: readonly CaseEvent[]): CaseState {
  return replay<CaseState, CaseEvent>(CASE_KIND, caseId, events)
}
