import type { Carried, CarriedMessage } from '../case/carrying.js'
import {
  MESSAGE_NAMES,
  NOTICE_KINDS,
  ROLES,
  SIGNAL_NAMES,
  STAFF_ROLES,
  SWEEP_KINDS,
  type SweepKind,
  VIAS,
} from '../vocabulary.js'
import type { Actor } from '../case/state.js'
import {
  atLeast,
  caseId,
  dictionary,
  either,
  epochMs,
  exactly,
  fields,
  type Form,
  integer,
  list,
  number,
  optional,
  slug,
  text,
  truth,
  word,
} from './forms.js'
import type { MailTiming } from '../notice/mail-grouping.js'
import { callerForm } from '../case/message/caller.js'
import { decideForm } from '../case/message/decide-message.js'
import { ruleForm } from '../case/message/withdraw.js'
import type { Notice } from '../notice/notices.js'
import type { ReopeningRequest } from '../case/reopening.js'
import { MAX_QUESTION_LENGTH } from '../question/answering.js'
import { MAX_REQUEST_ID_LENGTH } from '../case/repeats.js'
import { acceptedSightingForm, sightingForm } from '../listing/sighting-forms.js'
import {
  type BrandManagerTask,
  type HandOverTask,
  MAX_SWEPT_BY_NAME,
  type ReassignTask,
  type RecallTask,
} from '../sweep/sweeps.js'
import type { SupersededClose } from '../case/superseding.js'

// The forms of what workflows are started with, and of what a digest of mails is sent: one row each.

const MANY = 10_000
const anything: Form = () => null

const actor = fields<Actor>({ role: word([...ROLES, 'system']), id: text(200), via: word(VIAS) })

const notice = fields<Notice>({
  noticeId: text(400),
  caseId,
  rev: integer(0, 1e9),
  brandId: slug,
  kind: word(NOTICE_KINDS),
  audience: word(['brand', ...STAFF_ROLES]),
  contactId: either(exactly(null), text(200)),
  urgent: truth,
  dueAt: optional(epochMs),
  notBefore: optional(epochMs),
})

const carried = fields<CarriedMessage>({
  name: word([...MESSAGE_NAMES, ...SIGNAL_NAMES]),
  message: anything,
  at: epochMs,
  requestId: optional(text(MANY, { pattern: [/^/, 'text'] })),
})

const caseFields = {
  caseId,
  by: actor,
  continueAfterEvents: optional(integer(1, 1e6)),
}
const newCase = fields<object>({ ...caseFields, sighting: sightingForm })
const reopening = fields<ReopeningRequest>({
  caseId,
  reason: text(1000),
  requestId: optional(text(MAX_REQUEST_ID_LENGTH)),
})
/** A case that takes up again what was accepted once, maybe by rules that asked for less. */
const reopenedCase = fields<object>({ ...caseFields, sighting: acceptedSightingForm, reopening })
/** A case that goes on from its record, or is opened after its first run had ended. */
const goingOn = fields<object>({
  ...caseFields,
  sighting: acceptedSightingForm,
  reopening: optional(reopening),
  continued: optional(either(exactly(null), text(MANY))),
  // Each of these is compared with its own form when it is applied.
  undelivered: optional(
    either(
      fields<object>({ decisions: list(anything, MANY), sightings: list(anything, MANY) }),
      fields<Carried>({ messages: list(carried, MANY), leftOut: optional(text(MANY)) }),
    ),
  ),
})

const kind = (only: SweepKind) => exactly(only)
const staffRole = word(STAFF_ROLES)
const reason = optional(text(1000))
const SWEEP_TASKS: { [K in SweepKind]: Form } = {
  recall: fields<RecallTask>({ kind: kind('recall'), rule: ruleForm, reason: text(1000) }),
  reassign: fields<ReassignTask>({
    kind: kind('reassign'),
    caseIds: list(caseId, MAX_SWEPT_BY_NAME, 1),
    role: staffRole,
    to: slug,
    reason,
  }),
  handOver: fields<HandOverTask>({
    kind: kind('handOver'),
    from: slug,
    to: slug,
    role: optional(staffRole),
    brandId: optional(slug),
    reason,
    leaving: optional(
      fields<NonNullable<HandOverTask['leaving']>>({ role: staffRole, rev: integer(0, 1e9) }),
    ),
  }),
  brandManager: fields<BrandManagerTask>({
    kind: kind('brandManager'),
    brandId: slug,
    from: either(exactly(null), slug),
    rev: integer(0, 1e9),
  }),
}
const sweepTask: Form = (given, at) => {
  const named = (Object(given) as { kind?: unknown }).kind
  const known = SWEEP_KINDS.find((each) => each === named)
  return known ? SWEEP_TASKS[known](given, at) : `${at} must be one of: ${SWEEP_KINDS.join(', ')}`
}

const INPUT_FORMS = {
  listingCase: (given, at) => {
    const has = (name: string) => Object.hasOwn(Object(given) as object, name)
    if (has('continued') || has('undelivered')) return goingOn(given, at)
    return (has('reopening') ? reopenedCase : newCase)(given, at)
  },
  contactDigest: fields<object>({
    contactId: text(200),
    timing: fields<MailTiming>({ gatherMs: number(0, 1e10), intervalMs: number(0, 1e10) }),
    rulesVersion: optional(integer(1, 1e6)),
    // What an earlier run hands to the next.
    sent: optional(atLeast<object>({})),
    lastSentAt: optional(dictionary(epochMs, NOTICE_KINDS.length)),
    pending: optional(list(atLeast<object>({}), MANY)),
    unlisted: optional(atLeast<object>({})),
    sending: optional(list(atLeast<object>({}), MANY)),
    told: optional(list(text(400), MANY)),
    maxReceived: optional(integer(1, 1e6)),
  }),
  question: fields<object>({
    questionId: text(300),
    brandId: slug,
    marketplace: text(100),
    caseId: either(exactly(null), caseId),
    text: text(MAX_QUESTION_LENGTH),
    by: actor,
    continued: optional(either(exactly(null), text(MANY))),
    continueAfterEvents: optional(integer(1, 1e6)),
    // Each of these is compared with its own form when it is applied.
    undelivered: optional(list(anything, MANY)),
  }),
  lateAnswer: fields<object>({ message: decideForm, receivedAt: epochMs }),
  sweep: fields<object>({
    task: sweepTask,
    caller: callerForm,
    // What an earlier run hands to the next; it reads nothing but itself.
    standing: optional(atLeast<object>({})),
    maxPages: optional(integer(1, 1e6)),
  }),
  // What is asked for is compared with its own form before it is applied.
  closeSuperseded: fields<SupersededClose>({
    message: atLeast<Pick<SupersededClose['message'], 'caseId'>>({ caseId }),
    requestId: text(300),
  }),
  webhookDelivery: fields<object>({
    endpointId: text(100),
    brandId: slug,
    maxRounds: optional(integer(1, 1e6)),
  }),
  reconcile: fields<object>({
    openingMs: optional(number(0, 1e10)),
    maxSlices: optional(integer(1, 1e6)),
    // What an earlier run hands to the next; it reads nothing but itself.
    from: optional(atLeast<object>({})),
    soFar: optional(atLeast<object>({})),
  }),
} satisfies Record<string, Form>

/** A workflow type whose input is known. */
export type InputName = keyof typeof INPUT_FORMS

/** What is wrong with what a workflow is started with, or `null`. */
export function inputProblem(name: InputName, given: unknown): string | null {
  return INPUT_FORMS[name](given, `the input of ${name}`)
}

/** The notices among what a digest was sent, and what is wrong with the first that is none. */
export function readNotices(given: unknown): { notices: Notice[]; problem: string | null } {
  const notices: Notice[] = []
  let problem = list(anything, MANY)(given, 'notices')
  if (problem !== null) return { notices, problem }
  for (const each of given as unknown[]) {
    const misfit = notice(each, 'the notice')
    if (misfit === null) notices.push(each as Notice)
    else problem ??= misfit
  }
  return { notices, problem }
}
