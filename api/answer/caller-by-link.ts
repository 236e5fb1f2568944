import type { Caller } from '../../domain/case/message/caller.js'
import { parseCaseId } from '../../domain/case/identity.js'
import type { AnswerClaims } from '../../platform/answer-token.js'

/** Who acts by a link on one of its cases; `null` where the id names none. */
export function callerByLink(
  { role, contactId }: Pick<AnswerClaims, 'role' | 'contactId'>,
  caseId: string,
): Caller | null {
  const address = parseCaseId(caseId)
  if (!address) return null
  const tenant = { brandIds: [address.brandId], marketplaces: [address.marketplace] }
  return { role, id: contactId, via: 'mailLink', ...tenant }
}
