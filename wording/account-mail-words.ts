import type { AccountMailKind } from '../domain/vocabulary.js'

/** What the paragraphs of a mail about signing in depend on. */
export interface AccountMailFacts {
  /** Whom the person acts for, in one line; `null` for the platform itself. */
  brands: string | null
  /** How long a link that was asked for works. */
  minutes: number
  /** How long an invitation does. */
  days: number
}

/** One kind of mail about signing in, in one language. */
export interface AccountKindWords {
  subject(brands: string | null): string
  heading(brands: string | null): string
  /** What the link does and what not to do with it, one paragraph each. */
  paragraphs(facts: AccountMailFacts): string[]
  action: string
}

/** All sentences of the mails about signing in, in one language, as plain text. */
export interface AccountMailWords {
  kinds: Record<AccountMailKind, AccountKindWords>
  footer: string
}
