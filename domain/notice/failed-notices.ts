import type { CaseEvent } from '../case/events.js'
import type { CaseState } from '../case/state.js'
import { lastWithin, textWithin } from '../form/size.js'
import { rulesVersionOf } from '../case/case-policy.js'

/** The latest ones; more than the contacts of a brand can have in one wait. */
const MAX_LISTED = 200
const MAX_LISTED_BYTES = 150_000
const MAX_DETAIL_BYTES = 600

/** Why a notice failed, in so many words as a case remembers. */
export function failedDetail(detail: string): string {
  return textWithin(detail, MAX_DETAIL_BYTES)
}

/** The state after a notice that could not be delivered. */
export function noticeFailed(
  state: CaseState,
  { at, data: { contactIds, ...failed } }: CaseEvent<'noticeFailed'>,
): CaseState {
  const next: CaseState = {
    ...state,
    failedNotices: [...state.failedNotices, { ...failed, at }],
    ...(contactIds ? { parties: { ...state.parties, contactIds } } : {}),
  }
  return rulesVersionOf(state) >= 3 ? withBoundedFailures(next) : next
}

/** The same case with a list of failed notices that is no longer than it may be. */
export function withBoundedFailures(state: CaseState): CaseState {
  const listed = state.failedNotices.slice(-MAX_LISTED)
  const failedNotices = lastWithin(listed, MAX_LISTED_BYTES)
  return failedNotices.length === state.failedNotices.length ? state : { ...state, failedNotices }
}
