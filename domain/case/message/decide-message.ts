import { BRAKE_LIMITS, type Hold } from '../../brand/brake.js'
import {
  exactly,
  fields,
  type Form,
  id,
  instant,
  integer,
  list,
  optional,
  text,
  truth,
  word,
} from '../../form/forms.js'
import type { Decision } from '../state.js'
import { ATTESTATION_VERSIONS, INDICATORS, RIGHTS, VERDICTS } from '../../vocabulary.js'
import { addressed, type Addressed } from './caller.js'

/** An answer as it is sent; the basis and the time are worked out by the rules. */
export interface DecideMessage
  extends Addressed, Omit<Decision, 'by' | 'decidedAt' | 'basis' | 'bulk'> {
  bulk?: boolean
}

/** The id of a decision, which its client makes. */
export const decisionIdForm = text(64, {
  pattern: [/^[A-Za-z0-9._-]+$/, 'an id of letters, digits, . _ -'],
})

/** A decision, whichever way it comes. */
export const decideForm: Form = fields<DecideMessage>({
  ...addressed,
  decisionId: decisionIdForm,
  verdict: word(VERDICTS),
  shownHash: optional(
    text(64, { pattern: [/^[0-9a-f]{64}$/, 'the hash of a listing as it was shown'] }),
  ),
  digest: optional(text(64, { pattern: [/^[a-z0-9]+$/, 'a digest'] })),
  bulk: optional(truth),
  held: optional(
    fields<Hold>({
      ms: integer(BRAKE_LIMITS.holdMs.min, BRAKE_LIMITS.holdMs.max),
      reason: text(200),
    }),
  ),
  right: optional(word(RIGHTS)),
  reasonCode: optional(text(100)),
  indicators: optional(list(word(INDICATORS), INDICATORS.length)),
  explanation: optional(text(4000)),
  confidence: optional(integer(0, 100)),
  attestation: optional(
    fields<NonNullable<DecideMessage['attestation']>>({
      accepted: exactly(true),
      textVersion: word(ATTESTATION_VERSIONS),
    }),
  ),
  proof: optional(text(2000)),
  question: optional(text(2000)),
  allowList: optional(
    fields<NonNullable<DecideMessage['allowList']>>({
      sku: optional(id(200)),
      until: optional(instant),
    }),
  ),
})
