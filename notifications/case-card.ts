import type { NoticeKind } from '../domain/vocabulary.js'
import {
  type Locale,
  type OfferField,
  UNBLOCK_STEPS,
  type Words,
  wordsFor,
} from '../wording/vocabulary.js'
import { reopeningFacts } from '../wording/reopening-facts.js'
import { mailWordsFor } from '../wording/mails.js'
import { fullMoment } from './local-format.js'
import type { Card, Fact, Link, Section } from './mail-document.js'
import type { CaseLine } from './mail-input.js'
import { offerChanges, offerFacts } from './offer-facts.js'
import { nameLine, quotedLine, webAddress } from './plain-text.js'

/** The mails that want an answer. */
export const ASKING_KINDS: readonly NoticeKind[] = ['asked', 'reminder', 'escalated']

const VALUE_MAX_LENGTH = 120
const SENTENCE_MAX_LENGTH = 240

/** How much of a case is shown: all, when it is the only one, or a few lines. */
export type CardSize = 'full' | 'compact'

const TITLE_MAX_LENGTH: Record<CardSize, number> = { full: 160, compact: 120 }
const REASONS_MAX: Record<CardSize, number> = { full: 8, compact: 3 }
const REASON_MAX_LENGTH: Record<CardSize, number> = { full: 240, compact: 100 }
const SEEN_MAX: Record<CardSize, number> = { full: 8, compact: 2 }
const SEEN_MAX_LENGTH: Record<CardSize, number> = { full: 240, compact: 60 }
const CHANGES_MAX: Record<CardSize, number> = { full: 14, compact: 3 }
const CHANGE_MAX_LENGTH: Record<CardSize, number> = { full: 120, compact: 40 }
const OFFER_MAX_LENGTH: Record<CardSize, number> = { full: 120, compact: 48 }

/** What a card of a few lines says of the offer. */
const COMPACT_FIELDS: readonly OfferField[] = [
  'seller',
  'officialStore',
  'price',
  'comparison',
  'units',
]

/** In which mail a case is shown. */
export interface CardView {
  kind: NoticeKind
  locale: Locale
  size: CardSize
  /** True when the mail is about cases of several brands. */
  namesBrand: boolean
}

/** What a mail shows of one case. */
export function caseCard(line: CaseLine, view: CardView): Card {
  const { locale, size } = view
  const listingUrl = webAddress(line.listingUrl)
  return {
    severity: line.severity,
    severityLabel: wordsFor(locale).severities[line.severity],
    title: listingTitle(line, TITLE_MAX_LENGTH[size]),
    listing:
      listingUrl === null
        ? null
        : { label: mailWordsFor(locale).actions.viewListing, url: listingUrl },
    facts: [...brandFacts(line, view), ...stateFacts(line, view), ...listingFacts(line, view)],
    sections: sectionsOf(line, view),
    action: actionOf(line, view),
  }
}

/** The title, or the listing's id when the title has nothing to read. */
export function listingTitle({ listing, listingId }: CaseLine, maxLength: number): string {
  return quotedLine(listing.title, maxLength) || quotedLine(listingId, maxLength)
}

function brandFacts({ brandName }: CaseLine, { locale, namesBrand }: CardView): Fact[] {
  const { labels } = mailWordsFor(locale)
  return namesBrand ? [fact(labels.brand, nameLine(brandName, VALUE_MAX_LENGTH))] : []
}

function listingFacts(line: CaseLine, { locale, size }: CardView): Fact[] {
  const { labels } = mailWordsFor(locale)
  const listing = `${line.marketplace} · ${line.listingId}`
  const offer = offerFacts(line.listing, locale)
    .filter(({ field }) => size === 'full' || COMPACT_FIELDS.includes(field))
    .map(({ label, value }) => fact(label, quotedLine(value, OFFER_MAX_LENGTH[size])))
  const facts = [fact(labels.listing, quotedLine(listing, VALUE_MAX_LENGTH)), ...offer]
  return size === 'compact' ? facts : [...facts, fact(labels.case, nameLine(line.caseId, 300))]
}

function stateFacts(line: CaseLine, { kind, locale, size }: CardView): Fact[] {
  const { labels } = mailWordsFor(locale)
  const words = wordsFor(locale)
  const moment = (iso: string) => fullMoment(iso, line.timeZone, locale)
  const facts: Fact[] = []
  // A mail about one case sets its deadline apart instead.
  if (line.dueAt && size !== 'full' && ASKING_KINDS.includes(kind)) {
    facts.push(fact(labels.answerBy, moment(line.dueAt)))
  }
  if (line.reopens) {
    for (const { label, value } of reopeningFacts(line.reopens, locale)) {
      facts.push(fact(label, quotedLine(value, SENTENCE_MAX_LENGTH)))
    }
  }
  if (line.lateAnswer) {
    const { verdict, explanation, question } = line.lateAnswer
    const said = [words.verdicts[verdict].label, explanation, question].filter((text) => text)
    facts.push(fact(labels.lateAnswer, quotedLine(said.join(' · '), SENTENCE_MAX_LENGTH)))
  }
  if (line.brandSaid) facts.push(fact(labels.brandSaid, words.verdicts[line.brandSaid].label))
  if (line.managerWrites) {
    facts.push(fact(labels.managerWrites, quotedLine(line.managerWrites, SENTENCE_MAX_LENGTH)))
  }
  if (line.question) {
    facts.push(fact(labels.question, quotedLine(line.question, SENTENCE_MAX_LENGTH)))
  }
  if (line.verdict) facts.push(fact(labels.verdict, words.verdicts[line.verdict].label))
  if (line.decidedByRole) facts.push(fact(labels.decidedBy, decider(line, words.roles)))
  if (line.outcome) facts.push(fact(labels.outcome, words.outcomes[line.outcome]))
  if (line.releaseReason) {
    facts.push(fact(labels.releasedBecause, words.releaseReasons[line.releaseReason]))
  }
  if (line.undoUntil && size !== 'full')
    facts.push(fact(labels.stoppableUntil, moment(line.undoUntil)))
  if (line.attentionReason) {
    facts.push(fact(labels.problem, words.attentionReasons[line.attentionReason]))
  }
  if (line.attentionDetail) {
    facts.push(fact(labels.lastError, quotedLine(line.attentionDetail, SENTENCE_MAX_LENGTH)))
  }
  return facts
}

function sectionsOf(line: CaseLine, { kind, locale, size }: CardView): Section[] {
  const { labels } = mailWordsFor(locale)
  const { unblockSteps } = wordsFor(locale)
  const sentences = (texts: readonly string[], most: number, maxLength: number) =>
    texts
      .filter((text) => text !== '')
      .slice(0, most)
      .map((text) => quotedLine(text, maxLength))
  const reasons = sentences(line.whySuspicious, REASONS_MAX[size], REASON_MAX_LENGTH[size])
  const seen = sentences(line.alsoSeen, SEEN_MAX[size], SEEN_MAX_LENGTH[size])
  const steps = (line.unblock ?? []).map((step) => {
    const known = UNBLOCK_STEPS.find((name) => name === step)
    return known ? unblockSteps[known] : quotedLine(step, SENTENCE_MAX_LENGTH)
  })
  const unverifiable =
    size !== 'full' || !ASKING_KINDS.includes(kind)
      ? ''
      : quotedLine(line.whyUnverifiable, SENTENCE_MAX_LENGTH)
  return [
    { heading: wordsFor(locale).offer.changed, items: changesOf(line, locale, size) },
    { heading: labels.unblock, items: steps },
    { heading: labels.whySuspicious, items: reasons },
    { heading: labels.alsoSeen, items: seen },
    { heading: labels.whyUnverifiable, items: unverifiable ? [unverifiable] : [] },
  ].filter(({ items }) => items.length > 0)
}

function changesOf({ before, listing }: CaseLine, locale: Locale, size: CardSize): string[] {
  if (!before) return []
  return offerChanges(before, listing, locale)
    .slice(0, CHANGES_MAX[size])
    .map(({ label, before: was, now }) => {
      const [from, to] = [was, now].map((value) => quotedLine(value, CHANGE_MAX_LENGTH[size]))
      return `${label}: ${from} → ${to}`
    })
}

function actionOf(
  { answerUrl, caseUrl, undoUntil }: CaseLine,
  { kind, locale }: CardView,
): Link | null {
  const { actions } = mailWordsFor(locale)
  if (answerUrl !== undefined) {
    const isActing = kind === 'needsAttention' || kind === 'lateAnswer'
    if (isActing) return { label: actions.act, url: answerUrl }
    if (ASKING_KINDS.includes(kind)) return { label: actions.answer, url: answerUrl }
    if (undoUntil) return { label: actions.stopRemoval, url: answerUrl }
  }
  return caseUrl === undefined ? null : { label: actions.act, url: caseUrl }
}

function decider({ decidedByRole, decidedByName }: CaseLine, roles: Words['roles']): string {
  const role = decidedByRole === undefined ? '' : roles[decidedByRole]
  const name = decidedByName === undefined ? '' : nameLine(decidedByName, VALUE_MAX_LENGTH)
  return [name, role].filter((part) => part !== '').join(' · ')
}

function fact(label: string, value: string): Fact {
  return { label, value }
}
