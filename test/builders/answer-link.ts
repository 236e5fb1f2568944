import { brandRecipient } from '../../domain/notice/recipients.js'
import { verdictsOf } from '../../domain/vocabulary.js'
import { addressDigest, type AnswerClaims, issueAnswerToken } from '../../platform/answer-token.js'
import { randomSuffix } from '../../platform/digest.js'
import { ANSWER_SECRET } from '../setup/service.js'

/** The path of the page on which a contact of northwind answers a case; `changes` say otherwise. */
export function answerLink(
  caseId: string,
  {
    email = 'mei.lin@northwind.example',
    ...changes
  }: Partial<AnswerClaims> & { email?: string } = {},
  secret = ANSWER_SECRET,
): string {
  const role = changes.role ?? 'brandMember'
  const claims = {
    caseId,
    contactId: brandRecipient('northwind', 'mei-lin'),
    role,
    address: addressDigest(email),
    verdicts: verdictsOf(role),
    expiresAtMs: Date.now() + 600_000,
    jti: randomSuffix(),
    ...changes,
  }
  return `/answer/${issueAnswerToken(claims, secret)}`
}
