import type { DecideMessage } from './message/decide-message.js'
import type { AnswerRecord, CaseState } from './state.js'
import { rulesVersionOf } from './case-policy.js'

/**
 * Requests a case remembers, besides its decisions (`evolve-answers.ts`). One that is sent again after
 * so many others counts as another one.
 */
export const MAX_REQUESTS = 100

/** Longer ids are not remembered; ours are shorter, but the Temporal UI takes any. */
export const MAX_REQUEST_ID_LENGTH = 300

const MARK = '#'

/** What has become known of something that is sent: the same was, or something else under its id. */
export type Repeat = 'same' | 'other' | null

/**
 * Id of a request, which is also that of its Temporal update: the client's key for it, and a digest
 * of what it says, so that the same key with other content is found out.
 */
export function requestIdOf(key: string, digest: string): string {
  return `${key}${MARK}${digest}`
}

/** The requests after one more. */
export function requestsAfter(requests: readonly string[] = [], requestId: string): string[] {
  return [...requests, requestId].slice(-MAX_REQUESTS)
}

/** Has this request been applied to the case, or another under its key? */
export function requestRepeat(
  { requests = [] }: Pick<CaseState, 'requests'>,
  requestId: string | undefined,
): Repeat {
  if (requestId === undefined) return null
  if (requests.includes(requestId)) return 'same'
  const end = requestId.lastIndexOf(MARK)
  const isOther = end > 0 && requests.some((known) => known.startsWith(requestId.slice(0, end + 1)))
  return isOther ? 'other' : null
}

/** Has a request been applied to the case that says the same, under whatever key? */
export function isSaidAgain(
  { requests = [] }: Pick<CaseState, 'requests'>,
  requestId: string,
): boolean {
  const digest = requestId.slice(requestId.lastIndexOf(MARK))
  return requests.some((known) => known.endsWith(digest))
}

/**
 * Has this decision reached the case, or another under its id? One that was refused may be sent
 * again as it is, because it may be allowed by now.
 */
export function decisionRepeat(
  state: CaseState,
  {
    decisionId,
    digest,
    verdict,
    caller,
  }: Pick<DecideMessage, 'decisionId' | 'digest' | 'verdict' | 'caller'>,
): Repeat {
  const [first] = state.answers.filter((answer) => answer.decisionId === decisionId)
  if (!first) return null
  if (isOther(first)) return 'other'
  return first.result === 'refused' ? null : 'same'

  function isOther(known: AnswerRecord): boolean {
    if (known.digest !== undefined && digest !== undefined) return known.digest !== digest
    // Before version 3 of the rules the id alone counted.
    if (rulesVersionOf(state) < 3) return false
    return known.verdict !== verdict || known.role !== caller.role
  }
}
