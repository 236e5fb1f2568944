import type { SignalDefinition, UpdateDefinition } from '@temporalio/common'
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow'
import type { Applied, Refusal } from '../domain/case/message/reply.js'
import type { Caller } from '../domain/case/message/caller.js'
import type { DecideMessage } from '../domain/case/message/decide-message.js'
import type { Undelivered } from '../domain/case/carrying.js'
import type { CaseEvent } from '../domain/case/events.js'
import type { Actor, CaseState } from '../domain/case/state.js'
import type { Sighting } from '../domain/listing/listing.js'
import type { CarriedNotice, MailTiming, SentByKind } from '../domain/notice/mail-grouping.js'
import type { Notice } from '../domain/notice/notices.js'
import type { ReconcileCursor, ReconcileReport } from '../domain/record/reconciling.js'
import type { ReopeningRequest } from '../domain/case/reopening.js'
import {
  MESSAGE_NAMES,
  type MessageName,
  type NoticeKind,
  type Severity,
  SIGNAL_NAMES,
  type SignalName,
  type SweepKind,
} from '../domain/vocabulary.js'
import type { SweepProgress, SweepStanding, SweepTask } from '../domain/sweep/sweeps.js'
import type { SupersededClose } from '../domain/case/superseding.js'
import type { CaseMessages } from '../domain/case/messages.js'
import type { CaseSignals } from '../domain/case/signals.js'

/** Workflow types, as they show in the Temporal UI. */
export const LISTING_CASE = 'listingCase'
export const CONTACT_DIGEST = 'contactDigest'
export const LATE_ANSWER = 'lateAnswer'
export const RECONCILE = 'reconcile'
export const SWEEP = 'sweep'
export const TELLING = 'telling'
export const CLOSE_SUPERSEDED = 'closeSuperseded'
export const WEBHOOK_DELIVERY = 'webhookDelivery'

/** The Temporal Schedule that starts `reconcile`. */
export const RECONCILE_SCHEDULE = 'reconcile-cases'

/** Task queue of all workflows and of the activities that touch our own systems. */
export const CASES_QUEUE = 'cases'
/** Task queue of what is sent to brands' own systems: a slow receiver holds nothing else up. */
export const WEBHOOKS_QUEUE = 'webhooks'
/** Task queue of one marketplace's removals; its worker carries the rate limit. */
export function marketplaceQueue(marketplace: string): string {
  return `marketplace-${marketplace}`
}
/** Task queue of what is only asked of a marketplace: look-ups never wait behind removals. */
export function lookupsQueue(marketplace: string): string {
  return `marketplace-${marketplace}-lookups`
}

/** Input of `listingCase`; its workflow id is `workflowIdOf(...)`. */
export interface ListingCaseInput {
  caseId: string
  sighting: Sighting
  by: Actor
  /** Set when the case takes a closed one up again; the sighting is that one's. */
  reopening?: ReopeningRequest
  /**
   * Set when a case goes on from its record: why its workflow had ended, which is noted there, or
   * `null` when its history had only become long.
   */
  continued?: string | null
  /** Length of the history at which it continues as new; by default when Temporal suggests it. */
  continueAfterEvents?: number
  /** Set when an earlier run of the case had ended before its time. */
  undelivered?: Undelivered
}
/** The record of a case, as its workflow takes it over. */
export interface RecordedCase {
  /** All events; of a long record the last. */
  events: CaseEvent[]
  /** The state before `events`; absent when they begin with the first. */
  before?: CaseState
}
/** Result of `listingCase`, for whoever opens it in the Temporal UI. */
export interface ListingCaseResult {
  caseId: string
  outcome: string
  rev: number
}

/** The workflow, for whoever goes on with it as new. */
export type ListingCase = (input: ListingCaseInput) => Promise<ListingCaseResult>

/** Workflow id of a contact's digest. */
export function contactDigestId(contactId: string): string {
  return `contact~${contactId}`
}
export interface ContactDigestInput {
  contactId: string
  timing: MailTiming
  /** The rules the run goes by (domain/notice/mail-grouping.ts); 2 when absent. */
  rulesVersion?: number
  /** What was sent before the digest continued as new. */
  sent?: SentByKind
  /** Instant (epoch ms) of the last mail by kind, as rules of version 2 carried it over. */
  lastSentAt?: Record<string, number>
  /** Notices that were in no mail yet when it did, */
  pending?: CarriedNotice[]
  /** how many more there were of a kind, which are counted only, */
  unlisted?: Partial<Record<NoticeKind, number>>
  /** and mails that were on their way. */
  sending?: { kind: NoticeKind; window: number; unlisted: number; notices: CarriedNotice[] }[]
  /** Ids of the latest notices that were, so that one handed over again is recognised. */
  told?: string[]
  /** After so many notices it continues as new, to keep its history short; default 1,000. */
  maxReceived?: number
}

/** Input of `reconcile`. */
export interface ReconcileInput {
  /** How old a running workflow may be before it must have a row and be open; default 5 minutes. */
  openingMs?: number
  /** After so many slices it continues as new, to keep its history short; default 500. */
  maxSlices?: number
  /** Set when it does. */
  from?: ReconcileCursor
  soFar?: ReconcileReport
}
/** Input of one slice of it. */
export interface ReconcileSlice {
  openingMs: number
  /** By default the beginning. */
  from?: ReconcileCursor
}

/** Input of `sweep`: what it does, and for whom. */
export interface SweepInput {
  task: SweepTask
  caller: Caller
  /** After so many pages it continues as new; by default when Temporal suggests it. */
  maxPages?: number
  /** Set when it does. */
  standing?: SweepStanding
}
/** Cases that a sweep sends its message to. */
export interface SweptCases {
  task: SweepTask
  caller: Caller
  /** Id of the message, the same for every case of the sweep. */
  requestId: string
  caseIds: string[]
}
/** Memo of `sweep`: what is told of it, also while no worker runs. */
export interface SweepMemo {
  kind: SweepKind
  /** The brands and marketplaces that it may touch. */
  scope: Pick<Caller, 'brandIds' | 'marketplaces'>
  /** Tells another request under the same id. */
  digest: string
  /** Instant (epoch ms) at which it was asked for. */
  startedAt: number
  progress: SweepProgress
}
/** Workflow id of a sweep. */
export function sweepWorkflowId(sweepId: string): string {
  return `sweep~${sweepId}`
}

/** Input of `closeSuperseded`. */
export type CloseSupersededInput = SupersededClose
/** What became of the close with that id. */
export type CloseSupersededResult = { requestId: string } & (
  { kind: 'closed' | 'notSuperseded' } | { kind: 'refused'; refusal: Refusal }
)
/** Its workflow id: one at a time writes a case. */
export function closeSupersededId(caseId: string): string {
  return `closeSuperseded~${caseId}`
}

/** Input of `telling`: what a case that has closed had not told yet. */
export interface TellingInput {
  caseId: string
  severity: Severity
  brandId: string
  notices: Notice[]
}
/** Workflow id of what a case left to be told at revision `rev`. */
export function tellingId(caseId: string, rev: number): string {
  return `telling~${caseId}~${rev}`
}

/** Input of `webhookDelivery`: whose messages it sends. */
export interface WebhookDeliveryInput {
  endpointId: string
  brandId: string
  /** After so many rounds it continues as new; by default when Temporal suggests it. */
  maxRounds?: number
}
/** Workflow id of an endpoint: one at a time sends to it. */
export function webhookDeliveryId(endpointId: string): string {
  return `webhook~${endpointId}`
}
/** Where sending stands: nothing waits, goes on at once or at an instant (epoch ms), or was given up. */
export type DeliveryRound =
  | { next: number | null; resting: boolean; replaying: boolean }
  | { ended: 'removed' | 'disabled' | 'givenUp' }

export interface LateAnswerInput {
  message: DecideMessage
  receivedAt: number
}
/** Memo of `lateAnswer`: tells another answer under the same id. */
export interface LateAnswerMemo {
  digest?: string
}
export function lateAnswerId(caseId: string, decisionId: string): string {
  return `lateAnswer:${caseId}:${decisionId}`
}

/** The updates of `listingCase`, by name. */
export const CASE_UPDATES = Object.fromEntries(
  MESSAGE_NAMES.map((name) => [name, defineUpdate(name)]),
) as { readonly [N in MessageName]: UpdateDefinition<Applied, [CaseMessages[N]]> }

/** Its signals; `decideAsync` is the fallback for `decide` when no worker answers in time. */
export const CASE_SIGNALS = Object.fromEntries(
  SIGNAL_NAMES.map((name) => [name, defineSignal(name)]),
) as { readonly [N in SignalName]: SignalDefinition<[CaseSignals[N]]> }

/** Something waits for the endpoint. */
export const webhookMessagesWait = defineSignal('webhookMessagesWait')

export const enqueueNotices = defineSignal<[Notice[]]>('enqueueNotices')

export const reconcileProgress = defineQuery<ReconcileReport>('reconcileProgress')
export const caseView = defineQuery<CaseState>('caseView')
