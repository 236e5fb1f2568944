import { BRAKE_LIMITS, type Hold } from '../brand/brake.js'
import type {
  Addressed,
  Caller,
  CaseMessages,
  CaseSignals,
  DecideMessage,
  NoticeFailedMessage,
  SightingAddedMessage,
  WithdrawMessage,
} from './messages.js'
import {
  INDICATORS,
  type MessageName,
  NOTE_AUDIENCES,
  NOTICE_KINDS,
  RIGHTS,
  ROLES,
  type SignalName,
  STAFF_ROLES,
  VERDICTS,
  VIAS,
} from '../vocabulary.js'
import { ATTESTATION_VERSIONS } from './deciding.js'
import {
  caseId,
  either,
  exactly,
  fields,
  type FieldsOf,
  type Form,
  id,
  instant,
  integer,
  list,
  optional,
  shownText,
  slug,
  text,
  truth,
  word,
} from '../form/forms.js'
import { sightingForm } from '../listing/sighting-forms.js'

// The forms of what is sent to a case: one row a message. Whoever can reach Temporal can send
// anything, so nothing is read before it has been compared with its form. The limits are those of
// the routes' schemas (api/schemas), which test/api/message-forms.test.ts compares with these.

const tenants = either(exactly('*'), list(slug, 1000))

/** Who sends something. */
export const callerForm: Form = fields<Caller>({
  role: word(ROLES),
  id: text(200),
  via: word(VIAS),
  brandIds: tenants,
  marketplaces: tenants,
  monitorName: optional(slug),
})

const addressed: FieldsOf<Addressed> = { caseId, caller: callerForm }
/** Of what the Temporal UI may send without saying to which case or by whom. */
const maybeAddressed: FieldsOf<Partial<Addressed>> = {
  caseId: optional(caseId),
  caller: optional(callerForm),
}

const decisionId = text(64, { pattern: [/^[A-Za-z0-9._-]+$/, 'an id of letters, digits, . _ -'] })
const reason = text(1000)

/** A decision, whichever way it comes. */
export const decideForm: Form = fields<DecideMessage>({
  ...addressed,
  decisionId,
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

/** A rule of a monitor, in one version. */
export const ruleForm: Form = fields<NonNullable<WithdrawMessage['rule']>>({
  ruleId: id(100),
  monitorVersion: shownText(100),
})

const MESSAGE_FORMS: Record<MessageName, Form> = {
  decide: decideForm,
  undecide: fields<CaseMessages['undecide']>({ ...addressed, decisionId, reason }),
  extendDeadline: fields<CaseMessages['extendDeadline']>({
    ...maybeAddressed,
    until: instant,
    reason: optional(reason),
  }),
  reassign: fields<CaseMessages['reassign']>({
    ...maybeAddressed,
    role: word(STAFF_ROLES),
    to: slug,
    reason: optional(reason),
  }),
  returnToBrand: fields<CaseMessages['returnToBrand']>({ ...addressed, message: text(4000) }),
  retryTakedown: fields<CaseMessages['retryTakedown']>({
    ...maybeAddressed,
    acceptChanged: optional(truth),
  }),
  closeManually: fields<CaseMessages['closeManually']>({
    ...addressed,
    reason,
    force: optional(truth),
  }),
  withdraw: fields<CaseMessages['withdraw']>({
    ...addressed,
    reason,
    rule: optional(ruleForm),
  }),
  addNote: fields<CaseMessages['addNote']>({
    ...addressed,
    text: text(4000),
    audience: word(NOTE_AUDIENCES),
  }),
}

const SIGNAL_FORMS: Record<SignalName, Form> = {
  decideAsync: decideForm,
  sightingAdded: fields<SightingAddedMessage>({
    sighting: sightingForm,
    caller: callerForm,
    next: optional(
      fields<NonNullable<SightingAddedMessage['next']>>({ caseId, isPromised: truth }),
    ),
  }),
  noticeFailed: fields<NoticeFailedMessage>({
    caseId,
    contactId: text(200),
    kind: word(NOTICE_KINDS),
    detail: shownText(10_000, 0),
    contactIds: optional(list(text(200), 100)),
  }),
  listingGone: fields<CaseSignals['listingGone']>({ caseId, byCaseId: caseId }),
}

/** The message or signal if it has the form of its name, else what is wrong with it. */
export function readMessage<N extends MessageName | SignalName>(
  name: N,
  given: unknown,
): { message: (CaseMessages & CaseSignals)[N] } | { problem: string } {
  const problem = { ...MESSAGE_FORMS, ...SIGNAL_FORMS }[name](given, `"${name}"`)
  return problem === null ? { message: given as (CaseMessages & CaseSignals)[N] } : { problem }
}
