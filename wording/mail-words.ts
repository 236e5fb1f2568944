import type { AnsweringRole, NoticeKind, SilencePolicy } from '../domain/vocabulary.js'

/** What a subject is made of. All texts are already one safe line. */
export interface SubjectFacts {
  count: number
  /** Title of the first listing. */
  title: string
  /** The earliest moment an answer is due, `null` when none is. */
  due: string | null
  /** True when other cases in the mail are due later. */
  dueDiffers: boolean
  /** The verdict, outcome or problem when it is known and the same for all cases. */
  result: string | null
}

/** What the paragraphs of a mail depend on. */
export interface BodyFacts {
  count: number
  brand: string
  role: AnsweringRole
}

/** One kind of mail in one language. */
export interface KindWords {
  subject(facts: SubjectFacts): string
  heading(count: number): string
  /** What happened and what is wanted, one paragraph each. */
  paragraphs(facts: BodyFacts): string[]
}

/** All sentences of our mails in one language, as plain text; escaping happens when rendering. */
export interface MailWords {
  kinds: Record<NoticeKind, KindWords>
  greeting(name: string): string
  /** For whoever gets it in the place of somebody who is away. */
  coversFor(name: string): string
  labels: {
    answerBy: string
    answerFirstBy: string
    brand: string
    listing: string
    sellers: string
    verdict: string
    decidedBy: string
    outcome: string
    releasedBecause: string
    stoppableUntil: string
    question: string
    managerWrites: string
    brandSaid: string
    lateAnswer: string
    problem: string
    lastError: string
    case: string
    whySuspicious: string
    alsoSeen: string
    whyUnverifiable: string
    unblock: string
    howToAnswer: string
    ifSilent: string
  }
  actions: {
    answer: string
    stopRemoval: string
    act: string
    viewListing: string
    /** Leads to all cases of the mail. */
    openAll(count: number): string
    /** How often the contact gets mails. */
    chooseMails: string
  }
  /** By links that need no account. */
  howToAnswer(count: number): string
  /** By links into the portal. */
  howToSignIn: string
  /** So many cases the mail does not list. */
  moreCases(count: number): string
  /** They are behind the button at the top. */
  allTogether: string
  /** So many cases are only counted; `inboxUrl` has them, for whoever signs in. */
  notListed(count: number, inboxUrl: string | null): string
  reminderNumber(number: number): string
  ifSilent: Record<AnsweringRole, Record<SilencePolicy, string>>
  /** Why this contact gets the mail. */
  footer(facts: { role: AnsweringRole; brand: string }): string
}
