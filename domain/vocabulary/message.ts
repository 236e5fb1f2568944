/** What can be asked of an open case: the names of its updates. */
export const MESSAGE_NAMES = [
  'decide',
  'undecide',
  'extendDeadline',
  'reassign',
  'returnToBrand',
  'retryTakedown',
  'closeManually',
  'withdraw',
  'addNote',
] as const
export type MessageName = (typeof MESSAGE_NAMES)[number]

/** What a case is told without an answer: the names of its signals. */
export const SIGNAL_NAMES = ['decideAsync', 'sightingAdded', 'noticeFailed', 'listingGone'] as const
export type SignalName = (typeof SIGNAL_NAMES)[number]

/** What can be asked of a case: of an open one its messages, of a closed one that it is taken up again. */
export const CASE_ACTS = [...MESSAGE_NAMES, 'reopen'] as const
export type CaseAct = (typeof CASE_ACTS)[number]

/**
 * What the page behind a mail's link lets people do. Mails promise nothing else: what needs more than
 * a page without script, such as choosing another person, is for the API and the command line.
 */
export const PAGE_ACTS = [
  'decide',
  'returnToBrand',
  'retryTakedown',
  'closeManually',
  'reopen',
] as const satisfies readonly CaseAct[]
export type PageAct = (typeof PAGE_ACTS)[number]

/** Why a message can be refused; the API turns each into a problem. */
export const REFUSAL_CODES = [
  'Foreign',
  'StaleCase',
  'StillOpening',
  'AlreadyDecided',
  'OtherContent',
  'CaseClosed',
  'NotAllowedNow',
  'NotAllowedForRole',
  'InvalidMessage',
  'ListingChanged',
] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]

/** Who a note is for, beside staff, who reads all of them: nobody, the brand, or the marketplace's programs and people. */
export const NOTE_AUDIENCES = ['internal', 'brand', 'marketplace'] as const
export type NoteAudience = (typeof NOTE_AUDIENCES)[number]
