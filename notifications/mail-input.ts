import type { ShownListing } from '../domain/listing/listing.js'
import type { Reopening } from '../domain/case/state.js'
import type {
  AnsweringRole,
  AttentionReason,
  NoticeKind,
  Outcome,
  ReleaseReason,
  Role,
  Severity,
  SilencePolicy,
  Verdict,
} from '../domain/vocabulary.js'
import type { Locale } from '../wording/vocabulary.js'

/** Everything one mail says: one kind of notice to one contact about cases, of one brand or several. */
export interface MailInput {
  kind: NoticeKind
  contact: MailContact
  /** At least one. The most urgent are listed first, whatever their order here. */
  cases: CaseLine[]
  /** How many cases more it is about, which are not in `cases`. */
  unlisted?: number
  /** The account manager or lead who is away and in whose place the contact gets it. */
  coversFor?: string
  /** Where all of `cases` are together, and can be answered together. */
  allUrl?: string
  /** Where whoever signs in finds cases that are in no mail; set for those who do. */
  inboxUrl?: string
  /** Where the contact chooses how they get mails. */
  settingsUrl?: string
}

/** Who gets the mail. */
export interface MailContact {
  contactId: string
  name: string
  role: AnsweringRole
  locale: Locale
}

/** One case as a mail shows it. Listing and monitor texts are foreign: rendering makes them safe. */
export interface CaseLine {
  caseId: string
  brandName: string
  marketplace: string
  listingId: string
  listingUrl: string
  /** What is asked about. */
  listing: ShownListing
  /** What was asked about before, when that was another offer. */
  before?: ShownListing
  severity: Severity
  /** One sentence per signal of the monitor. */
  whySuspicious: string[]
  /** What the monitor saw besides and does not count; it may speak for the seller. */
  alsoSeen: string[]
  whyUnverifiable: string
  /** When this contact's turn ends, ISO 8601. Said only in mails that ask for an answer. */
  dueAt?: string
  /** IANA zone the contact reads times in, `Asia/Shanghai`. */
  timeZone: string
  /** What becomes of the case when nobody answers; left unsaid when absent. */
  ifSilent?: SilencePolicy
  /** Where this contact answers, or stops a removal: in the portal, or on a page with their token in it. */
  answerUrl?: string
  /** The case in the portal, for whoever has an account there. */
  caseUrl?: string
  /** Until when a decided removal can be stopped, ISO 8601. */
  undoUntil?: string
  verdict?: Verdict
  decidedByRole?: Role
  /** Their name, where they have one. */
  decidedByName?: string
  outcome?: Outcome
  releaseReason?: ReleaseReason
  attentionReason?: AttentionReason
  /** The last error, as the service saw it. */
  attentionDetail?: string
  /** What a person can do so that the case goes on. */
  unblock?: string[]
  /** 1 for the first reminder. */
  reminderNumber?: number
  /** What the brand wants to know before it decides. */
  question?: string
  /** What the account manager wrote when the brand was asked again. */
  managerWrites?: string
  /** What the brand answered when the case had closed, the latest. */
  lateAnswer?: { verdict: Verdict; explanation?: string; question?: string }
  /** The closed case that this one takes up again. */
  reopens?: Pick<Reopening, 'reason' | 'ending' | 'decision'>
  /** The brand's own answer that decided nothing: it is not sure, or needs to know more. */
  brandSaid?: Verdict
}
