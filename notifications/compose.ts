import { SEVERITIES, type NoticeKind, type SilencePolicy } from '../domain/vocabulary.js'
import { wordsFor } from '../wording/vocabulary.js'
import { ASKING_KINDS, type CardSize, caseCard, listingTitle } from './case-card.js'
import { mailWordsFor } from '../wording/mails.js'
import { fullMoment, shortMoment } from './local-format.js'
import type { Card, Fact, MailDocument, Rest, Section, Tone } from './mail-document.js'
import type { CaseLine, MailInput } from './mail-input.js'
import { nameLine } from './plain-text.js'

/** With more of them, large mail services would cut a mail of a hundred cases. */
const CARDS_MAX = 20
const SUBJECT_TITLE_MAX_LENGTH = 70
const NAME_MAX_LENGTH = 80

const TONES: Record<NoticeKind, Tone> = {
  asked: 'ask',
  reminder: 'urge',
  escalated: 'urge',
  decided: 'done',
  takenDown: 'done',
  withdrawn: 'calm',
  needsAttention: 'alarm',
  lateAnswer: 'urge',
}

/** The subject of a mail: one listing by name, several by number. */
export function mailSubject(input: MailInput): string {
  const { kind, contact, cases } = input
  const first = mostUrgentFirst(cases)[0]
  if (!first) throw new RangeError('A mail needs at least one case')
  const due = earliest(cases, 'dueAt')
  const subject = mailWordsFor(contact.locale).kinds[kind].subject({
    count: countOf(input),
    title: listingTitle(first, SUBJECT_TITLE_MAX_LENGTH),
    due: due && shortMoment(due.at, due.timeZone, contact.locale),
    dueDiffers: new Set(cases.map((line) => line.dueAt)).size > 1,
    result: commonResult(input),
  })
  // Who serves several brands sorts mail by them.
  return contact.role === 'brandMember' ? subject : `[${brandsOf(input)}] ${subject}`
}

/** The body of a mail, as content. Throws a `RangeError` on a mail without a case. */
export function composeMail(input: MailInput): MailDocument {
  const { kind, contact, cases } = input
  if (cases.length === 0) throw new RangeError('A mail needs at least one case')
  const { locale, role } = contact
  const catalog = mailWordsFor(locale)
  const brand = brandsOf(input)
  const count = countOf(input)
  const listed = mostUrgentFirst(cases)
  const namesBrand = listed.some(({ brandName }) => brandName !== listed[0]?.brandName)
  const cardsOf = (lines: CaseLine[], size: CardSize) =>
    lines.map((line) => caseCard(line, { kind, locale, size, namesBrand }))

  return {
    locale,
    tone: TONES[kind],
    brand,
    heading: catalog.kinds[kind].heading(count),
    greeting: catalog.greeting(nameLine(contact.name, NAME_MAX_LENGTH)),
    paragraphs: [
      ...(input.coversFor === undefined
        ? []
        : [catalog.coversFor(nameLine(input.coversFor, NAME_MAX_LENGTH))]),
      ...catalog.kinds[kind].paragraphs({ count, brand, role }),
      ...reminderOf(input),
    ],
    deadline: deadlineOf(input),
    cards: cardsOf(listed.slice(0, CARDS_MAX), count > 1 ? 'compact' : 'full'),
    compact: count > 1,
    rest: restOf(input, cardsOf(listed.slice(CARDS_MAX), 'brief')),
    closing: [...howToAnswer(input), ...ifSilent(input)],
    action: null,
    footer: catalog.footer({ role, brand }),
  }
}

function countOf({ cases, unlisted = 0 }: MailInput): number {
  return cases.length + unlisted
}

/** The brands a mail is about, those with the most urgent cases first. */
function brandsOf({ cases }: MailInput): string {
  const names = new Set(mostUrgentFirst(cases).map(({ brandName }) => brandName))
  return nameLine([...names].join(', '), NAME_MAX_LENGTH)
}

/** By severity, then by what is due first: the same order on every retry. */
function mostUrgentFirst(cases: CaseLine[]): CaseLine[] {
  const rank = ({ severity, dueAt, caseId }: CaseLine) =>
    `${SEVERITIES.indexOf(severity)} ${dueAt ?? '~'} ${caseId}`
  return [...cases].sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
}

function earliest(cases: CaseLine[], field: 'dueAt' | 'undoUntil') {
  const moments = cases.flatMap((line) => {
    const at = line[field]
    return at === undefined ? [] : [{ at, timeZone: line.timeZone }]
  })
  return moments.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))[0] ?? null
}

function commonResult({ kind, cases, contact: { locale } }: MailInput): string | null {
  const words = wordsFor(locale)
  const results = cases.map((line) => {
    if (kind === 'needsAttention') {
      return line.attentionReason && words.attentionReasons[line.attentionReason]
    }
    if (line.outcome) return words.outcomes[line.outcome]
    return line.verdict && words.verdicts[line.verdict].label
  })
  const [result] = results
  return result !== undefined && new Set(results).size === 1 ? result : null
}

function reminderOf({ kind, cases, contact }: MailInput): string[] {
  const numbers = new Set(cases.map((line) => line.reminderNumber))
  const [number] = numbers
  return kind === 'reminder' && numbers.size === 1 && number !== undefined
    ? [mailWordsFor(contact.locale).reminderNumber(number)]
    : []
}

function deadlineOf({ kind, cases, contact: { locale } }: MailInput): Fact | null {
  const { labels } = mailWordsFor(locale)
  const due = ASKING_KINDS.includes(kind) ? earliest(cases, 'dueAt') : null
  if (due) {
    const differs = new Set(cases.map((line) => line.dueAt)).size > 1
    const label = differs ? labels.answerFirstBy : labels.answerBy
    return { label, value: fullMoment(due.at, due.timeZone, locale) }
  }
  const undo = earliest(cases, 'undoUntil')
  return undo && { label: labels.stoppableUntil, value: fullMoment(undo.at, undo.timeZone, locale) }
}

function restOf({ kind, contact, publicUrl, unlisted = 0 }: MailInput, cards: Card[]): Rest | null {
  if (cards.length + unlisted === 0) return null
  const catalog = mailWordsFor(contact.locale)
  const bulk = catalog.bulkAnswer(`${publicUrl}/v1/decisions:batch`)
  return {
    heading: catalog.moreCases(cards.length + unlisted),
    cards,
    paragraphs: [
      ...(unlisted > 0 ? [catalog.notListed(unlisted, `${publicUrl}/v1/cases`)] : []),
      ...(ASKING_KINDS.includes(kind) ? [bulk] : []),
    ],
  }
}

function howToAnswer({ kind, cases, contact, coversFor }: MailInput): Section[] {
  const catalog = mailWordsFor(contact.locale)
  const answerable = coversFor === undefined && cases.some((line) => line.answerUrl !== undefined)
  return ASKING_KINDS.includes(kind) && answerable
    ? [{ heading: catalog.labels.howToAnswer, items: [catalog.howToAnswer(cases.length)] }]
    : []
}

/** One sentence when all cases share a policy, else one per policy naming the severities it is for. */
function ifSilent({ kind, cases, contact: { locale, role } }: MailInput): Section[] {
  if (!ASKING_KINDS.includes(kind)) return []
  const { labels, ifSilent } = mailWordsFor(locale)
  const { severities } = wordsFor(locale)
  const labelsByPolicy = new Map<SilencePolicy, Set<string>>()
  for (const { ifSilent: policy, severity } of mostUrgentFirst(cases)) {
    if (policy === undefined) continue
    const named = labelsByPolicy.get(policy) ?? new Set()
    labelsByPolicy.set(policy, named.add(severities[severity]))
  }
  const items = [...labelsByPolicy].map(([policy, named]) =>
    labelsByPolicy.size === 1
      ? ifSilent[role][policy]
      : `${[...named].join(', ')}: ${ifSilent[role][policy]}`,
  )
  return items.length > 0 ? [{ heading: labels.ifSilent, items }] : []
}
