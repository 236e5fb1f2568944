import { DAY_MS } from '../brand/calendar.js'
import type { CaseState, Decision } from '../case/state.js'
import { rulesVersionOf } from '../case/case-policy.js'

/** How long a seller is remembered by the verdict of somebody who does not administer the brand. */
const REMEMBERED_DAYS = 90

/**
 * What a verdict puts on the brand's list of authorised sellers, if it asks for it. Only a brand's
 * administrator authorises without an end, as everywhere; anybody else for at most 90 days, after
 * which the brand is asked again (since rules version 3).
 */
export function authorisedBy(
  state: CaseState,
  { allowList, by, decidedAt }: Decision,
  sellerId: string | undefined,
): { sellerId: string; sku?: string; until?: string } | null {
  if (!allowList || !sellerId) return null
  if (rulesVersionOf(state) < 3 || by.role === 'brandAdmin') return { sellerId, ...allowList }
  const longestMs = decidedAt + REMEMBERED_DAYS * DAY_MS
  const isLonger = allowList.until === undefined || Date.parse(allowList.until) > longestMs
  const bound = isLonger ? { until: new Date(longestMs).toISOString() } : {}
  return { sellerId, ...allowList, ...bound }
}
