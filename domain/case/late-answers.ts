import type { DecideMessage } from './message/decide-message.js'
import type { CaseState } from './state.js'
import type { Notice } from '../notice/notices.js'
import { isBrandRole, STAFF_ROLES } from '../vocabulary.js'

/**
 * Who is told that the brand answered after its case had closed, for they may have it reopened: the
 * account manager, or, where they cannot be told, the lead; in that order. Nobody where it was not
 * the brand that answered.
 */
export function lateAnswerNotices(
  { caseId, rev, brandId, parties, severity }: CaseState,
  { decisionId, caller }: Pick<DecideMessage, 'decisionId' | 'caller'>,
): Notice[] {
  if (!isBrandRole(caller.role)) return []
  return STAFF_ROLES.map((audience) => ({
    noticeId: `${caseId}:late:${decisionId}:${audience}`,
    ...{ caseId, rev, brandId, kind: 'lateAnswer', audience },
    contactId: audience === 'lead' ? parties.leadId : parties.accountManagerId,
    urgent: severity === 'S1',
  }))
}
