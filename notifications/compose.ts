import { SEVERITIES, type NoticeKind, type SilencePolicy } from '../domain/vocabulary.js'
import { wordsFor } from '../wording/vocabulary.js'
import { ASKING_KINDS, type CardSize, caseCard, listingTitle } from './case-card.js'
import { mailWordsFor } from '../wording/mails.js'
import { fullMoment, localNumber, shortMoment } from './local-format.js'
import type { Fact, Link, MailDocument, Rest, Section, Tone } from './mail-document.js'
import type { CaseLine, MailInput } from './mail-input.js'
import { nameLine } from './plain-text.js'

/** The others are where all are together: nobody reads more of them in a mail. */
const CARDS_MAX = 10
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
    counts: count > 1 ? countsOf(input) : [],
    deadline: deadlineOf(input),
    cards: cardsOf(listed.slice(0, CARDS_MAX), count > 1 ? 'compact' : 'full'),
    compact: count > 1,
    rest: restOf(input),
    closing: [...howToAnswer(input), ...ifSilent(input)],
    action: allOf(input),
    footer: catalog.footer({ role, brand }),
    ...(input.settingsUrl === undefined
      ? {}
      : { settings: { label: catalog.actions.chooseMails, url: input.settingsUrl } }),
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

/** How many cases are of which severity, and of how many sellers they are. */
function countsOf({ cases, contact: { locale } }: MailInput): Fact[] {
  const { labels } = mailWordsFor(locale)
  const { severities } = wordsFor(locale)
  const bySeverity = SEVERITIES.flatMap((severity) => {
    const count = cases.filter((line) => line.severity === severity).length
    return count === 0 ? [] : [{ label: severities[severity], value: localNumber(count, locale) }]
  })
  const sellers = new Set(
    cases.map(({ marketplace, listing }) => `${marketplace} ${listing.seller.id}`),
  )
  return [...bySeverity, { label: labels.sellers, value: localNumber(sellers.size, locale) }]
}

function allOf({ cases, allUrl, contact: { locale } }: MailInput): Link | null {
  if (allUrl === undefined || cases.length < 2) return null
  return { label: mailWordsFor(locale).actions.openAll(cases.length), url: allUrl }
}

function restOf({ cases, contact, allUrl, inboxUrl, unlisted = 0 }: MailInput): Rest | null {
  const count = Math.max(0, cases.length - CARDS_MAX)
  if (count + unlisted === 0) return null
  const catalog = mailWordsFor(contact.locale)
  return {
    heading: catalog.moreCases(count + unlisted),
    paragraphs: [
      ...(count > 0 && allUrl ? [catalog.allTogether] : []),
      ...(unlisted > 0 ? [catalog.notListed(unlisted, inboxUrl ?? null)] : []),
    ],
  }
}

function howToAnswer({ kind, cases, contact, inboxUrl }: MailInput): Section[] {
  const catalog = mailWordsFor(contact.locale)
  const answerable = cases.some((line) => line.answerUrl !== undefined)
  if (!ASKING_KINDS.includes(kind) || !answerable) return []
  const how = inboxUrl === undefined ? catalog.howToAnswer(cases.length) : catalog.howToSignIn
  return [{ heading: catalog.labels.howToAnswer, items: [how] }]
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
