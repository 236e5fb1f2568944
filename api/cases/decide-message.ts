import { randomUUID } from 'node:crypto'
import type { Caller } from '../../domain/case/message/caller.js'
import type { DecideMessage } from '../../domain/case/message/decide-message.js'
import { ATTESTATION_VERSION } from '../../domain/vocabulary.js'
import type { NewDecision } from '../../contract/decision.js'
import { sha256Hex } from '../../platform/digest.js'
import { instant } from '../http/instant.js'

/**
 * Random, or the same for the same key, caller and case, so that a request can be sent again, and
 * nobody is told that an answer was applied which was somebody else's.
 */
export function decisionIdFor(
  { id }: Caller,
  caseId: string,
  idempotencyKey: string | undefined,
): string {
  return idempotencyKey === undefined
    ? randomUUID()
    : sha256Hex(JSON.stringify([idempotencyKey, id, caseId]))
}

/** The message of an answer; the statement a client accepts is the present one. */
export function decideMessage(
  given: NewDecision,
  caller: Caller,
  caseId: string,
  decisionId: string,
  bulk: boolean,
): DecideMessage {
  const { attestation, allowList, ...answer } = given
  const { until, ...allowed } = allowList ?? {}
  const untilAt =
    until === undefined ? {} : { until: instant(until, 'allowList/until').toISOString() }
  return {
    ...answer,
    ...(allowList ? { allowList: { ...allowed, ...untilAt } } : {}),
    ...(attestation ? { attestation: { accepted: true, textVersion: ATTESTATION_VERSION } } : {}),
    decisionId,
    caseId,
    caller,
    bulk,
  }
}
