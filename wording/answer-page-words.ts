import type { MailFrequency } from '../domain/vocabulary.js'

/** The sentences of the answer page in one language; the vocabulary itself is that of vocabulary-words.ts. */
export interface AnswerWords {
  question: string
  why: string
  whyAsked: string
  marketplace: string
  listing: string
  alsoSeen: string
  picture(number: string): string
  sellerRecordLabel: string
  sellerRecord(open: string, removed: string): string
  openListing: string
  openListingNote: string
  answerBy: string
  ifSilent: string
  chooseLegend: string
  removes: string
  keeps: string
  handsOver: string
  explanation: string
  explanationHint: string
  questionField: string
  questionHint: string
  proof: string
  proofHint: string
  /** Beside the box to tick: the good-faith statement (wording/statements.ts), and when it is needed. */
  attestation(statement: string): string
  /** Puts the seller on the brand's list of authorised sellers, with the verdict authorisedSeller. */
  allowList: string
  /** What the brand has said so far, and what was written to it or by it. */
  brandSaid: string
  brandAsks: string
  managerWrites: string
  lastError: string
  /** What came of a case after it had closed. */
  lateAnswer: string
  reopenedBy: string
  /** What staff can do beside answering. */
  acts: {
    heading: string
    returnToBrand: { field: string; button: string }
    retryTakedown: { button: string }
    closeManually: { field: string; button: string }
    reopen: { field: string; button: string }
    acceptChanged: string
  }
  submit: string
  submitNote: string
  /** Leads from the button that stays in sight to the answers. */
  choose: string
  /** Of a decision that is not carried out yet: what it leads to, and the button that undoes it. */
  undo: Record<'removal' | 'release', { heading: string; button: string }>
  undoableUntil: string
  case: string
  errors: {
    heading: string
    verdictMissing: string
    questionMissing: string
    attestationMissing: string
    allowListAlone: string
    proofMissing: string
    messageMissing: string
    reasonMissing: string
    reopenReasonMissing: string
    notTaken: string
    listingChanged: string
    /** On the page of many cases. */
    noneSelected: string
    /** Of one of many answers: why it was not taken. */
    itemChanged: string
    itemNotTaken: string
  }
  /** The page on which somebody chooses how they get mails. */
  mails: {
    heading: string
    frequency: string
    frequencies: Record<MailFrequency, string>
    urgent: string
    news: string
    newsHint: string
    save: string
    saved: string
  }
  /** The page of all cases of a mail, and the way from one to the next. */
  list: {
    heading(count: string): string
    intro: string
    ofSeller(name: string, count: string): string
    selectAll: string
    selectSeller: string
    showAll: string
    look: string
    legend: string
    submit: string
    bulkNote: string
    answered(count: string): string
    recorded(count: string): string
    notTaken(count: string): string
    undone(count: string): string
    /** Undoes all answers that were just given. */
    undo(count: string): string
    next: string
    back(count: string): string
    allDone: string
  }
  results: {
    recorded: string
    recordedText(verdict: string): string
    /** What happens now: `at` is when it begins, and until when it can be undone. */
    removalHeld(at: string): string
    releaseHeld(at: string): string
    removalAsked: string
    released: string
    handedOver: string
    /** The link has been used; by whom else something may be changed. */
    spent: string
    spentText(verdict: string): string
    kept: string
    keptText: string
    undone: string
    undoneText: string
    alreadyDecided: string
    alreadyDecidedText(who: string, verdict: string, at: string): string
    closed: string
    closedText(outcome: string): string
    notYourTurn: string
    done: string
    doneText(phase: string): string
    reopenedText: string
    expired: string
    expiredText: string
    outdated: string
    outdatedText: string
    superseded: string
    supersededText: string
    unknown: string
    unknownText: string
    unavailable: string
    unavailableText: string
    refused: string
  }
}
