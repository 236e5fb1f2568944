import type { NoticeKind } from '../domain/vocabulary.js'
import { UNBLOCK_STEPS, wordsFor, type Locale } from '../domain/words/index.js'
import { mailCatalogFor } from './catalog/index.js'
import { fullMoment, localPrice } from './local-format.js'
import type { Card, Fact, Link, Section } from './mail-document.js'
import type { CaseLine } from './mail-input.js'
import { quotedLine, webAddress } from './plain-text.js'

/** The mails that want an answer. */
export const ASKING_KINDS: readonly NoticeKind[] = ['asked', 'reminder', 'escalated']

const TITLE_MAX_LENGTH = 160
const VALUE_MAX_LENGTH = 120
const SENTENCE_MAX_LENGTH = 240
const REASONS_MAX = { full: 8, compact: 3 }

/** In which mail a case is shown; `compact` when it is one of several there. */
export interface CardView {
  kind: NoticeKind
  locale: Locale
  compact: boolean
}

/** What a mail shows of one case. */
export function caseCard(line: CaseLine, view: CardView): Card {
  const { locale } = view
  const listingUrl = webAddress(line.listingUrl)
  return {
    severity: line.severity,
    severityLabel: wordsFor(locale).severities[line.severity],
    title: listingTitle(line, TITLE_MAX_LENGTH),
    listing:
      listingUrl === null
        ? null
        : { label: mailCatalogFor(locale).actions.viewListing, url: listingUrl },
    facts: [...stateFacts(line, view), ...offerFacts(line, view)],
    sections: sectionsOf(line, view),
    action: actionOf(line, view),
  }
}

/** The title, or the listing's id when the title has nothing to read. */
export function listingTitle({ title, listingId }: CaseLine, maxLength: number): string {
  return quotedLine(title, maxLength) || quotedLine(listingId, maxLength)
}

function offerFacts(line: CaseLine, { locale, compact }: CardView): Fact[] {
  const { labels } = mailCatalogFor(locale)
  const listing = `${line.marketplace} · ${line.listingId}`
  const facts = [
    fact(labels.listing, quotedLine(listing, VALUE_MAX_LENGTH)),
    fact(labels.seller, quotedLine(line.sellerId, VALUE_MAX_LENGTH)),
  ]
  if (line.price) facts.push(fact(labels.price, quotedLine(localPrice(line.price, locale), 40)))
  if (line.units !== undefined) facts.push(fact(labels.units, String(line.units)))
  return compact ? facts : [...facts, fact(labels.case, quotedLine(line.caseId, 300))]
}

function stateFacts(line: CaseLine, { kind, locale, compact }: CardView): Fact[] {
  const { labels } = mailCatalogFor(locale)
  const words = wordsFor(locale)
  const moment = (iso: string) => fullMoment(iso, line.timeZone, locale)
  const facts: Fact[] = []
  // A mail about one case sets its deadline apart instead.
  if (line.dueAt && compact && ASKING_KINDS.includes(kind)) {
    facts.push(fact(labels.answerBy, moment(line.dueAt)))
  }
  if (line.question) {
    facts.push(fact(labels.question, quotedLine(line.question, SENTENCE_MAX_LENGTH)))
  }
  if (line.verdict) facts.push(fact(labels.verdict, words.verdicts[line.verdict].label))
  if (line.decidedByRole) facts.push(fact(labels.decidedBy, words.roles[line.decidedByRole]))
  if (line.outcome) facts.push(fact(labels.outcome, words.outcomes[line.outcome]))
  if (line.releaseReason) {
    facts.push(fact(labels.releasedBecause, words.releaseReasons[line.releaseReason]))
  }
  if (line.undoUntil && compact) facts.push(fact(labels.stoppableUntil, moment(line.undoUntil)))
  if (line.attentionReason) {
    facts.push(fact(labels.problem, words.attentionReasons[line.attentionReason]))
  }
  if (line.attentionDetail) {
    facts.push(fact(labels.lastError, quotedLine(line.attentionDetail, SENTENCE_MAX_LENGTH)))
  }
  return facts
}

function sectionsOf(line: CaseLine, { kind, locale, compact }: CardView): Section[] {
  const { labels } = mailCatalogFor(locale)
  const { unblockSteps } = wordsFor(locale)
  const reasons = line.whySuspicious
    .slice(0, compact ? REASONS_MAX.compact : REASONS_MAX.full)
    .map((reason) => quotedLine(reason, compact ? VALUE_MAX_LENGTH : SENTENCE_MAX_LENGTH))
  const steps = (line.unblock ?? []).map((step) => {
    const known = UNBLOCK_STEPS.find((name) => name === step)
    return known ? unblockSteps[known] : quotedLine(step, SENTENCE_MAX_LENGTH)
  })
  const unverifiable =
    compact || !ASKING_KINDS.includes(kind)
      ? ''
      : quotedLine(line.whyUnverifiable, SENTENCE_MAX_LENGTH)
  return [
    { heading: labels.unblock, items: steps },
    { heading: labels.whySuspicious, items: reasons },
    { heading: labels.whyUnverifiable, items: unverifiable ? [unverifiable] : [] },
  ].filter(({ items }) => items.length > 0)
}

function actionOf(line: CaseLine, { kind, locale }: CardView): Link | null {
  const { actions } = mailCatalogFor(locale)
  if (line.answerUrl === undefined) return null
  if (kind === 'needsAttention') return { label: actions.act, url: line.answerUrl }
  if (ASKING_KINDS.includes(kind)) return { label: actions.answer, url: line.answerUrl }
  return line.undoUntil ? { label: actions.stopRemoval, url: line.answerUrl } : null
}

function fact(label: string, value: string): Fact {
  return { label, value }
}
