import type { Caller } from '../../domain/case/message/caller.js'
import type { DecideMessage } from '../../domain/case/message/decide-message.js'
import { canonicalJson } from '../../domain/record/canonical-json.js'
import { base32Sha256 } from '../../platform/digest.js'

/** 130 bits: enough that no two contents have the same. */
const DIGEST_LENGTH = 26

/** Digest of what somebody sends, so that the same id with other content is found out. */
export function contentDigest({ role, id }: Pick<Caller, 'role' | 'id'>, content: object): string {
  return base32Sha256(canonicalJson([role, id, content])).slice(0, DIGEST_LENGTH)
}

/** That of a decision. Whether it came alone or with others is no part of what it says. */
export function decisionDigest(message: DecideMessage): string {
  const { caseId: _caseId, caller, decisionId: _decisionId, bulk: _bulk, ...content } = message
  return contentDigest(caller, content)
}
