import type { QuestionMailKind } from '../domain/vocabulary.js'

/** What a mail about a question depends on; all of it is written by people and shown as text. */
export interface QuestionMailFacts {
  brand: string
  /** Title of the listing of the case it is about; `null` where it is about none. */
  about: string | null
  /** Until when the account manager has it, in words; `null` when they do not any more. */
  until: string | null
  /** Who answered. */
  by: string
}

/** One kind of mail about a question, in one language. */
export interface QuestionKindWords {
  subject(facts: QuestionMailFacts): string
  heading(facts: QuestionMailFacts): string
  paragraphs(facts: QuestionMailFacts): string[]
  action: string
}

/** All sentences of the mails about questions, in one language, as plain text. */
export interface QuestionMailWords {
  kinds: Record<QuestionMailKind, QuestionKindWords>
  question: string
  answer: string
  footer: string
}
