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

/** What a long mail lists after its cards, and how to answer all of it at once. */
export interface Rest {
  heading: string
  cards: Card[]
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
  /** The moment that matters most, set apart. */
  deadline: Fact | null
  cards: Card[]
  /** True when the mail lists several cases, each in a few lines. */
  compact: boolean
  /** The cases after the most urgent ones, in one line each. */
  rest: Rest | null
  /** How to answer and what happens if nobody does. */
  closing: Section[]
  /** What all of the mail is about, as a button. */
  action: Link | null
  footer: string
}
