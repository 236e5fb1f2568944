import type { Hold } from '../brand/brake.js'
import type {
  AttentionReason,
  Basis,
  Indicator,
  MessageName,
  NoticeKind,
  Outcome,
  Owner,
  Phase,
  ReleaseReason,
  RestorationResult,
  Right,
  Role,
  Severity,
  StaffRole,
  StopAim,
  Verdict,
  Via,
} from '../vocabulary.js'
import type { ListingSnapshot, ShownListing } from '../listing/listing.js'
import type { PolicySnapshot } from '../brand/policy.js'
import type { SightingRef, SightingSummary } from '../listing/sighting-record.js'

// All instants in domain/ are epoch milliseconds.

/** Who did something. `id` names a key, contact or account manager; never a mail address. */
export interface Actor {
  role: Role | 'system'
  id: string
  via: Via
}

/** An answer to "does this listing infringe?", as it was given. */
export interface Decision {
  decisionId: string
  verdict: Verdict
  by: Actor
  decidedAt: number
  /** Given together with others in one request: gets the bulk cooling-off. */
  bulk: boolean
  /** Set by the service, never by who decides: it waits at least so long (domain/brand/brake.ts). */
  held?: Hold
  right?: Right
  reasonCode?: string
  indicators?: Indicator[]
  explanation?: string
  /** 0–100, the decider's own estimate. */
  confidence?: number
  /** The snapshot it was made on (domain/case/shown.ts); a confirmation always names one. */
  shownHash?: string
  /** The good-faith statement accepted with a confirmation (DSA Art. 16(2)(d)). */
  attestation?: { textVersion: string; accepted: true }
  /** How the brand's answer was obtained, when an account manager or lead gives it. */
  proof?: string
  /** What the brand wants to know, with `needInfo`. */
  question?: string
  /** Asks to put the seller on the brand's list of authorised sellers, with `authorisedSeller`. */
  allowList?: { sku?: string; until?: string }
  basis: Basis
  /** Of what its caller sent, to tell another answer under the same id; from the API. */
  digest?: string
}

/** What became of each answer that reached the case, by `decisionId`. */
export interface AnswerRecord {
  decisionId: string
  verdict: Verdict
  role: Role | 'system'
  at: number
  result: 'won' | 'handedOver' | 'undone' | 'superseded' | 'refused'
  refusal?: string
  digest?: string
}

/** A wait: whose turn, since when, until when, and the reminders still to be sent. */
export interface Wait {
  owner: Owner
  startedAt: number
  dueAt: number
  reminders: number[]
  remindersSent: number
  /** How often the brand itself moved this deadline. */
  extensions: number
  /** When it stood still, in a cooling-off that was undone. Absent before rules version 3. */
  pauses?: [from: number, to: number][]
  /** By how much people have moved its deadline, in ms. Absent before rules version 3. */
  extendedMs?: number
}

/** A deadline that passed without an answer, and when that was noticed. */
export interface MissedDeadline {
  owner: 'brand' | 'accountManager' | 'lead'
  /** The account manager or lead it was; `null` for the brand. */
  who: string | null
  dueAt: number
  at: number
}

/** The takedown of this case; `key` is the idempotency key sent to the marketplace. */
export interface Takedown {
  n: number
  key: string
  requestedAt: number
  result: 'inFlight' | 'unknown' | 'refused' | 'notSent' | 'removed' | 'gone'
  /** A person looked at the changed listing and said: take it down all the same. */
  acceptChanged: boolean
  takedownId?: string
  removedAt?: number
  error?: string
  /** Set while the service itself tries again and again. */
  failing?: Failing
}

/** What is asked of a marketplace and goes on failing: since when, and when somebody was told of it last. */
export interface Failing {
  since: number
  toldAt: number
  /** How often the service itself has tried again; absent in records of older versions. */
  efforts?: number
}

/** Why a case is stuck and what unblocks it. */
export interface Attention {
  reason: AttentionReason
  detail: string
  since: number
  unblock: MessageName[]
  changes?: string[]
  observed?: ShownListing
}

/** Who stopped the takedown, why, and what they want instead. */
export interface Closing {
  by: Actor
  reason: string
  withdraw: boolean
  /** From rules version 3 on. */
  then?: StopAim
  /** How often the marketplace was asked in vain. */
  lookUps?: number
}

/** A case's end. */
export interface Ending {
  outcome: Outcome
  at: number
  basis?: Basis
  releaseReason?: ReleaseReason
  /** Why, for outcomes a person or the system chose. */
  reason?: string
  /** Closed by a person although nobody knows what became of the takedown. */
  forced?: true
  /** The open case of the same listing, for which it was closed (domain/case/superseding.ts). */
  supersededBy?: string
}

/** The closed case that a case takes up again: who wanted that and why, and how it had ended. */
export interface Reopening {
  caseId: string
  by: Actor
  reason: string
  ending: Ending
  decision: Decision | null
}

/** A removal as its marketplace knows it; `takedownId` where it answered. */
export interface Removal {
  key: string
  takedownId?: string
}

/** Putting back what an earlier case had removed, before the brand is asked again. */
export interface Restoration extends Removal {
  requestedAt: number
  result: RestorationResult
  restoredAt?: number
  error?: string
  /** Set while the service itself tries again and again. */
  failing?: Failing
}

export interface Parties {
  brandName: string
  accountManagerId: string | null
  leadId: string | null
  /** Ids of the brand's contacts that notices go to. */
  contactIds: string[]
}

/** Everything the rules need to know about one case. Rebuilt from its events by `rebuild`. */
export interface CaseState {
  caseId: string
  brandId: string
  marketplace: string
  /** Number of the last event: the revision. */
  rev: number
  phase: Phase
  openedAt: number
  updatedAt: number
  severity: Severity
  /** As captured when the case was opened. */
  listing: ListingSnapshot | null
  /** What the decider looked at; the takedown compares the listing with it. */
  shown: ShownListing | null
  /** What was shown before, oldest first, at most `EARLIER_SHOWN_MAX`; absent until that happens. */
  earlierShown?: ShownListing[]
  score: number
  whyUnverifiable: string
  signals: { ruleId: string; weight: number; observed: string }[]
  previousCaseId: string | null
  /** Set when it takes a closed case up again, */
  reopens?: Reopening
  /** and when what that case had removed is put back first. */
  restoration?: Restoration
  policy: PolicySnapshot | null
  parties: Parties
  /** All sightings, or the first and the latest when there is a summary. */
  sightings: SightingRef[]
  sightingSummary?: SightingSummary
  /** Bytes of evidence on record from further sightings; absent while there is none. */
  evidenceBytes?: number
  wait: Wait | null
  /** Whose working time is to be read, because the case is theirs only now; absent = nobody's. */
  calendarDue?: StaffRole[]
  /** Deadlines that passed without an answer; absent while none has. */
  missed?: MissedDeadline[]
  /** What to go back to when a decision is undone in its cooling-off. */
  suspended: { phase: Phase; wait: Wait; attention: Attention | null } | null
  decision: Decision | null
  question: string | null
  /** All answers, or of many the latest and the one that won. */
  answers: AnswerRecord[]
  /** How many more there were; absent = none. */
  unlistedAnswers?: number
  takedown: Takedown | null
  attention: Attention | null
  /** A stop that waits until it is known what became of the takedown. */
  closing: Closing | null
  /** The case that said the listing is gone, until the marketplace was asked. */
  goneBy?: string
  ending: Ending | null
  failedNotices: { contactId: string; kind: NoticeKind; detail: string; at: number }[]
  notes: number
  /** Bytes of their texts; kept from rules version 3 on. */
  noteBytes?: number
  /** Ids of the latest requests that were applied (`repeats.ts`); absent = none. */
  requests?: string[]
  /** Signals on record as ignored; absent = none. */
  ignoredSignals?: number
}

/** A case before its first event. */
export function unopenedCase(
  id: Pick<CaseState, 'caseId' | 'brandId' | 'marketplace'>,
  at: number,
): CaseState {
  return {
    caseId: id.caseId,
    brandId: id.brandId,
    marketplace: id.marketplace,
    rev: 0,
    phase: 'opening',
    openedAt: at,
    updatedAt: at,
    severity: 'S4',
    listing: null,
    shown: null,
    score: 0,
    whyUnverifiable: '',
    signals: [],
    previousCaseId: null,
    policy: null,
    parties: { brandName: id.brandId, accountManagerId: null, leadId: null, contactIds: [] },
    sightings: [],
    wait: null,
    suspended: null,
    decision: null,
    question: null,
    answers: [],
    takedown: null,
    attention: null,
    closing: null,
    ending: null,
    failedNotices: [],
    notes: 0,
  }
}
