import type { Hold } from '../brand/brake.js'
import type { Actor, Decision } from './state.js'
import type { Sighting } from '../listing/listing.js'
import type { Snapshot } from './shown.js'
import type {
  MessageName,
  NoteAudience,
  NoticeKind,
  Outcome,
  Phase,
  RefusalCode,
  Role,
  StaffRole,
  Verdict,
  Via,
} from '../vocabulary.js'

/** Who is calling, as the API established it. `'*'` = all. */
export interface Caller {
  role: Role
  id: string
  via: Via
  brandIds: string[] | '*'
  marketplaces: string[] | '*'
  /** Of a monitor whose key was made for it by name. */
  monitorName?: string
}

/** Every message names the case it is meant for: a later case may have the same workflow id. */
export interface Addressed {
  caseId: string
  caller: Caller
}

/** An answer as it is sent; the basis and the time are worked out by the rules. */
export interface DecideMessage
  extends Addressed, Omit<Decision, 'by' | 'decidedAt' | 'basis' | 'bulk'> {
  bulk?: boolean
}

/** Stops a takedown in its cooling-off, or while it is tried. */
export interface UndecideMessage extends Addressed {
  decisionId: string
  reason: string
}

/** `until` is an ISO 8601 instant. */
export interface ExtendDeadlineMessage extends Partial<Addressed> {
  until: string
  reason?: string
}

/** Gives the case to another account manager or lead. */
export interface ReassignMessage extends Partial<Addressed> {
  role: StaffRole
  to: string
  reason?: string
}

/** Asks the brand again. */
export interface ReturnToBrandMessage extends Addressed {
  /** What the brand should look at; it goes into the mail. */
  message: string
}

/** Asks the marketplace again. */
export interface RetryTakedownMessage extends Partial<Addressed> {
  /** Take the listing down although it changed since the brand looked. */
  acceptChanged?: boolean
}

/** Ends the case by hand. */
export interface CloseManuallyMessage extends Addressed {
  reason: string
  /** Close although nobody knows what became of the takedown. */
  force?: boolean
}

/** Takes the suspicion back. */
export interface WithdrawMessage extends Addressed {
  reason: string
  /** Withdraws only if the case rests on this rule alone. */
  rule?: { ruleId: string; monitorVersion: string }
}

/** Adds to the record; an internal note is for staff. */
export interface AddNoteMessage extends Addressed {
  text: string
  audience: NoteAudience
}

/** What can be asked of an open case, by update name. */
export interface CaseMessages {
  decide: DecideMessage
  undecide: UndecideMessage
  extendDeadline: ExtendDeadlineMessage
  reassign: ReassignMessage
  returnToBrand: ReturnToBrandMessage
  retryTakedown: RetryTakedownMessage
  closeManually: CloseManuallyMessage
  withdraw: WithdrawMessage
  addNote: AddNoteMessage
}
/** Messages the unauthenticated user of the Temporal UI may send without a caller. */
export const TEMPORAL_UI_MESSAGES: readonly MessageName[] = [
  'extendDeadline',
  'reassign',
  'retryTakedown',
]

/** Signals. They cannot be refused: what does not apply is recorded or ignored. */
export interface SightingAddedMessage {
  sighting: Sighting
  caller: Caller
  /** The case that the report opens if it finds this one closed and does not repeat its answer. */
  next?: NextCase
}

/** The case to come after one that is closing; every report of that time names the same. */
export interface NextCase {
  caseId: string
  /** The reporter saw that the case had closed, and was told that the next one opens. */
  isPromised: boolean
}

/** Another case, `byCaseId`, ended because the listing is gone. */
export interface ListingGoneMessage {
  caseId: string
  byCaseId: string
}

/** A mail about the case was refused for good; `detail` in the mail server's words. */
export interface NoticeFailedMessage {
  caseId: string
  /** The recipient, or the audience (`brand`, `accountManager`, `lead`) when it could not be told at all. */
  contactId: string
  kind: NoticeKind
  detail: string
  /** The recipients the brand has now, where it is one of them that could not be told. */
  contactIds?: string[]
}

/** What a case is told without an answer, by signal name. `decideAsync` is a `decide` for later. */
export interface CaseSignals {
  decideAsync: DecideMessage
  sightingAdded: SightingAddedMessage
  noticeFailed: NoticeFailedMessage
  listingGone: ListingGoneMessage
}
/** The answer to every applied message. Instants are ISO 8601. */
export interface Applied {
  caseId: string
  rev: number
  phase: Phase
  dueAt: string | null
  decisionId?: string
  outcome?: Outcome
  /** Why the decision waits although it won. */
  held?: Hold
}

/** Why a message was refused, with what a caller needs to do better. */
export interface Refusal {
  code: RefusalCode
  message: string
  details: {
    phase: Phase
    allowed?: MessageName[]
    winner?: Pick<Actor, 'role' | 'id'> & {
      decisionId: string
      verdict: Verdict
      decidedAt: string
    }
    outcome?: Outcome
    /** What the case shows now, and what the answer was given on as far as the case knows it. */
    shown?: Snapshot
    decidedOn?: Snapshot
  }
}
