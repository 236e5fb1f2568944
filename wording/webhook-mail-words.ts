import type { DisabledReason } from '../domain/vocabulary.js'

/** What a mail about an endpoint that was given up says. */
export interface WebhookMailFacts {
  brand: string
  /** Its host, in one line. */
  host: string
  reason: DisabledReason
  /** For how long it was tried in vain, in hours. */
  hours: number
}

/** The mail that an endpoint was given up, in one language, as plain text. */
export interface WebhookMailWords {
  subject(facts: WebhookMailFacts): string
  heading: string
  /** What happened and what to do, one paragraph each. */
  paragraphs(facts: WebhookMailFacts): string[]
  action: string
  footer: string
}
