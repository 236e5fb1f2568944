import type { Severity } from '../domain/vocabulary.js'
import type { Locale } from '../wording/vocabulary.js'

/** The colour a mail is given: what it is about at a glance. */
export type Tone = 'ask' | 'urge' | 'done' | 'calm' | 'alarm'

export interface Fact {
  label: string
  value: string
}

export interface Section {
  heading: string
  items: string[]
}

export interface Link {
  label: string
  url: string
}

/** One listing in a mail. */
export interface Card {
  severity: Severity
  severityLabel: string
  title: string
  listing: Link | null
  facts: Fact[]
  sections: Section[]
  action: Link | null
}

/** What a long mail does not list. */
export interface Rest {
  heading: string
  paragraphs: string[]
}

/** A mail's content in reading order, as plain text; how it looks is the renderers' affair. */
export interface MailDocument {
  locale: Locale
  tone: Tone
  brand: string
  heading: string
  greeting: string
  paragraphs: string[]
  /** Of several cases how many there are of which kind. */
  counts: Fact[]
  /** The moment that matters most, set apart. */
  deadline: Fact | null
  cards: Card[]
  /** True when the mail lists several cases, each in a few lines. */
  compact: boolean
  /** That there are more cases than the most urgent ones, and where they are. */
  rest: Rest | null
  /** How to answer and what happens if nobody does. */
  closing: Section[]
  /** All of the mail is about this, as a button above the cards. */
  action: Link | null
  footer: string
  /** How the contact gets mails is chosen there. */
  settings?: Link
}
