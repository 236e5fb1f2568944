import type {
  Actor,
  Attention,
  Decision,
  Ending,
  Failing,
  Parties,
  Removal,
  Reopening,
  Takedown,
  Wait,
} from './state.js'
import type { SightingEvidence, SightingRef } from '../listing/sighting-record.js'
import type {
  CaseEventType,
  NoteAudience,
  NoticeKind,
  Phase,
  Role,
  Severity,
  SignalName,
  StaffRole,
  StopAim,
} from '../vocabulary.js'
import type { ListingSnapshot, ShownListing, Signal } from '../listing/listing.js'
import type { PolicySnapshot } from '../brand/policy.js'
import type { WorkingTime } from '../brand/working-intervals.js'

/** What happened, by type. Data carry the facts; `evolve` only writes them down. */
export interface CaseEventData {
  opened: {
    brandId: string
    marketplace: string
    severity: Severity
    listing: ListingSnapshot
    score: number
    signals: Signal[]
    whyUnverifiable: string
    sighting: SightingRef
    parties: Parties
    policy: PolicySnapshot | null
    previousCaseId: string | null
    reopens?: Reopening
  }
  asked: {
    wait: Wait
    cause: 'opened' | 'returned' | 'reopened'
    message?: string
    /** What is known of the takedown that this stopped. */
    takedown?: 'notSent' | 'refused'
    shown?: ShownListing
  }
  /** `consumed`: planned reminders used up, more than one when some fell into an outage. */
  reminderSent: { owner: Wait['owner']; number: number; consumed: number; nextDueAt?: number }
  escalated: {
    to: StaffRole
    cause: 'silence' | 'unsure' | 'needInfo' | 'unreachable'
    wait: Wait
  }
  handedOver: { decision: Decision }
  decided: { decision: Decision }
  decisionRefused: {
    decisionId: string
    verdict: Decision['verdict']
    role: Role
    code: string
    digest?: string
  }
  coolingOffStarted: { wait: Wait }
  undecided: {
    decisionId: string
    reason: string
    phase: Phase
    wait: Wait
    /** What is known of the takedown that this stopped. */
    takedown?: 'notSent' | 'refused'
  }
  takedownRequested: {
    n: number
    key: string
    cause: 'decision' | 'retry' | 'timer'
    acceptChanged: boolean
    shown?: ShownListing
    failing?: Failing
  }
  /** The marketplace is to put back what an earlier case had removed. */
  restorationRequested: Removal & { cause: 'reopened' | 'timer'; failing?: Failing }
  restored: { result: 'restored'; restoredAt: number } | { result: 'notRemoved' }
  /** `failing`: it is not the first time in a row; `toldAt` is now if somebody is told again. */
  attentionNeeded: {
    attention: Omit<Attention, 'since'>
    wait: Wait
    takedown?: 'unknown' | 'refused' | 'notSent'
    restoration?: 'failed'
    failing?: Failing
  }
  deadlineMoved: {
    from: number
    to: number
    reminders: number[]
    cause: 'extended' | 'severityRaised' | 'reassigned'
    reason?: string
  }
  reassigned: { role: StaffRole; from: string | null; to: string; reason?: string }
  /** When `who` works, read since the case is theirs; `null` when nobody by that id is known. */
  workingTimeChanged: { role: StaffRole; who: string; workingTime: WorkingTime | null }
  /** `evidence` is `null` when the case holds as much as it may, absent in old records. */
  sightingAdded: { sighting: SightingRef; evidence?: SightingEvidence | null }
  severityRaised: { from: Severity; to: Severity }
  noteAdded: { text: string; audience: NoteAudience }
  /** `contactIds`: the brand's contacts now, where they are asked who were not there before. */
  noticeFailed: { contactId: string; kind: NoticeKind; detail: string; contactIds?: string[] }
  /** A signal that does not fit, with what is wrong with it. */
  signalIgnored: { signal: SignalName; detail: string }
  /** Of rules before version 3. */
  closeRequested: { reason: string; withdraw: boolean }
  closeFailed: { detail: string }
  /** Nothing is sent any more; `wait` is for the look-up, where the case was waiting. */
  stopRequested: { then: StopAim; reason: string; wait?: Wait }
  /** The marketplace did not say what became of the takedown; it is asked again. */
  lookUpFailed: { detail: string; wait: Wait }
  /** Another case of the listing ended because it is gone; the marketplace is asked. */
  listingGoneHeard: { byCaseId: string }
  stillListed: Record<never, never>
  closed: {
    ending: Omit<Ending, 'at'>
    takedown?: { takedownId?: string; removedAt?: number; result: Takedown['result'] }
    /** Entry to be put on the brand's list of authorised sellers with this release. */
    allowList?: { sellerId: string; sku?: string; until?: string }
  }
}

/** An event before it gets its number. `request`: id of the request it was the first to follow from. */
export type Happening<T extends CaseEventType = CaseEventType> = {
  [K in T]: { type: K; by: Actor; data: CaseEventData[K]; request?: string }
}[T]

/** One entry of a case's record. `seq` starts at 1 and has no gaps; `at` never decreases. */
export type CaseEvent<T extends CaseEventType = CaseEventType> = Happening<T> & {
  seq: number
  at: number
}

/** The service itself, where nobody else acted. */
export const SYSTEM: Actor = { role: 'system', id: 'joint-force', via: 'system' }

/** Typed constructor, so that data and type cannot drift apart. */
export function happening<T extends CaseEventType>(
  type: T,
  data: CaseEventData[T],
  by: Actor = SYSTEM,
): Happening {
  return { type, by, data } as Happening
}
