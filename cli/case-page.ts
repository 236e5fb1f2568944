import type { Case } from '../contract/case.js'
import type { PresentedEvent } from '../contract/event.js'
import { wordsFor } from '../wording/vocabulary.js'
import { offerChanges, offerFacts } from '../notifications/offer-facts.js'
import type { Paint } from './io.js'
import { localMoment, momentAndDistance } from './moments.js'
import {
  type Column,
  details,
  type Entry,
  table,
  UNLIMITED_WIDTH,
  wrap,
} from '../platform/terminal-table.js'

const words = wordsFor('en')

/** For whom and when a page is written. */
export interface PageOptions {
  nowMs: number
  /** Of the terminal; absent in a pipe. */
  width: number | undefined
  paint: Paint
}

/** A case and its record, for a person. */
export function casePage(shown: Case, events: readonly PresentedEvent[], options: PageOptions) {
  const { paint, width } = options
  const entries = [
    ...listingEntries(shown),
    ...standingEntries(shown, options),
    ...takedownEntries(shown, options),
    ...answerEntries(shown, options),
  ]
  return [
    paint('bold', shown.caseId),
    details(entries, width),
    '',
    paint('bold', 'Record'),
    recordLines(events, options),
  ].join('\n')
}

function listingEntries({ listing, title, sellerId, sellerHistory, ...shown }: Case): Entry[] {
  const now = shown.attention?.observed ?? shown.shown ?? listing
  const before = shown.attention?.observed ? shown.shown : shown.shownBefore
  const pictures = (now?.pictures ?? []).flatMap(({ url }) => url ?? [])
  const history = sellerHistory
    ? ` (${sellerHistory.open} open, ${sellerHistory.removedIn90Days} removed in 90 days)`
    : ''
  const seller = now?.seller ?? { id: sellerId }
  const changes = now && before ? offerChanges(before, now, 'en') : []
  const changed = changes.map((one) => `${one.label}: ${one.before} → ${one.now}`)
  return [
    ['Listing', [now?.title ?? title, now?.url ?? listing?.url].filter(Boolean).join('\n')],
    ...(changed.length > 0 ? [['Changed', changed.join('\n')] as const] : []),
    ['Brand', `${shown.brandName} (${shown.brandId}) on ${shown.marketplace}`],
    ['Seller', `${seller.id}${seller.name ? `, ${seller.name}` : ''}${history}`],
    ...(now ? offerFacts(now, 'en') : [])
      .filter(({ field }) => field !== 'seller')
      .map(({ label, value }): Entry => [label, value]),
    ...(pictures.length > 0 ? [['', pictures.join('\n')] as const] : []),
    ...(shown.shownHash ? [['Shown', shown.shownHash] as const] : []),
    ['Suspicion', `${shown.severity} ${words.severities[shown.severity]}, score ${shown.score}`],
    ['Why unclear', shown.whyUnverifiable],
    ['Signals', shown.signals.map(signalLine).join('\n')],
  ]
}

function signalLine({ ruleId, weight, observed }: Case['signals'][number]): string {
  return `${ruleId}: ${observed}${weight === 0 ? ' (not counted)' : ''}`
}

function standingEntries(shown: Case, { nowMs, paint }: PageOptions): Entry[] {
  const { phase, owner, dueAt, outcome, attention, question, closing } = shown
  const entries: Entry[] = []
  if (outcome !== null && shown.closedAt !== null) {
    const reason = shown.releaseReason && words.releaseReasons[shown.releaseReason]
    const why = [reason, shown.closingReason].filter(Boolean).join('; ')
    const end = `${outcome}, ${momentAndDistance(shown.closedAt, nowMs)}${why ? `: ${why}` : ''}`
    entries.push(['Outcome', end])
  } else {
    const turn = owner ? `; it is the turn of ${words.owners[owner]}` : ''
    const word = shown.overdueSince === null ? 'until' : '(overdue)'
    const due = dueAt ? ` ${word} ${momentAndDistance(dueAt, nowMs)}` : ''
    entries.push(['Phase', `${phase}${turn}${due}`])
    entries.push([
      'People',
      `${shown.accountManagerId ?? 'nobody'}, lead ${shown.leadId ?? 'none'}`,
    ])
    entries.push(['Possible', shown.allowed.join(', ') || 'nothing now'])
  }
  if (closing) entries.push(['Stopped', stopOf(closing)])
  const missed = shown.missed.map(({ owner: whose, who, dueAt: by }) => {
    return `${words.owners[whose]}${who ? ` (${who})` : ''}, ${momentAndDistance(by, nowMs)}`
  })
  if (missed.length > 0) entries.push(['Missed by', missed.join('\n')])
  if (question) entries.push(['Question', question])
  if (attention) {
    const reason = words.attentionReasons[attention.reason]
    const inYellow = (line: string) => paint('yellow', line)
    entries.push(['Stuck', `${reason}: ${attention.detail}`, inYellow])
    entries.push(['Unblock', attention.unblock.join(', ')])
  }
  if (shown.supersededBy) entries.push(['Superseded by', shown.supersededBy])
  if (shown.reopens) entries.push(['Reopens', reopeningOf(shown.reopens, nowMs)])
  if (shown.reopenedBy) entries.push(['Reopened by', shown.reopenedBy])
  if (shown.restoration) {
    const { result, requestedAt, error } = shown.restoration
    const asked = `${result}, asked ${momentAndDistance(requestedAt, nowMs)}`
    entries.push(['Put back', `${asked}${error ? `: ${error}` : ''}`])
  }
  if (shown.previousCaseId && !shown.reopens) entries.push(['Case before', shown.previousCaseId])
  return entries
}

function reopeningOf(
  { caseId, by, reason, outcome, decision }: NonNullable<Case['reopens']>,
  nowMs: number,
): string {
  const when = decision ? `, ${momentAndDistance(decision.decidedAt, nowMs)}` : ''
  const answer = decision ? `: ${decision.verdict} by ${whoOf(decision.by)}${when}` : ''
  return [`${caseId}`, `${outcome}${answer}`, `${whoOf(by)}: ${reason ?? ''}`].join('\n')
}

const STOP_WORDS = {
  close: 'closing',
  withdraw: 'closing',
  returnToBrand: 'going back to the brand',
  undecide: 'undoing the decision',
}

function stopOf({ then, reason, by }: NonNullable<Case['closing']>): string {
  const what = `${STOP_WORDS[then]}, waiting for the marketplace to say whether it was removed`
  return `${what}\n${whoOf(by)}: ${reason}`
}

function takedownEntries({ takedown }: Case, { nowMs }: PageOptions): Entry[] {
  if (!takedown) return []
  const { result, attempt, requestedAt, error } = takedown
  const tried = `attempt ${attempt} of ${localMoment(requestedAt, nowMs)}`
  return [['Takedown', `${result}, ${tried}${error ? `: ${error}` : ''}`]]
}

function answerEntries({ decision, answers, lateAnswers }: Case, { nowMs }: PageOptions): Entry[] {
  const entries: Entry[] = []
  if (decision) {
    const { verdict, by, basis, decidedAt, explanation, proof, decisionId, held } = decision
    const lines = [
      `${verdict} by ${whoOf(by)}, ${momentAndDistance(decidedAt, nowMs)}`,
      `${words.bases[basis]}; decision ${decisionId}`,
      ...(held ? [held.reason] : []),
      ...(explanation ? [explanation] : []),
      ...(proof ? [`Proof: ${proof}`] : []),
    ]
    entries.push(['Decision', lines.join('\n')])
  }
  const others = answers.filter(({ decisionId }) => decisionId !== decision?.decisionId)
  if (others.length > 0) {
    const lines = others.map(({ verdict, role, at, result }) => {
      return `${verdict} by ${role}, ${localMoment(at, nowMs)}: ${result}`
    })
    entries.push(['Other answers', lines.join('\n')])
  }
  if (lateAnswers.length > 0) {
    const lines = lateAnswers.map(({ verdict, by, receivedAt, explanation }) => {
      const said = explanation ? `: ${explanation}` : ''
      return `${verdict} by ${whoOf(by)}, ${localMoment(receivedAt, nowMs)}${said}`
    })
    entries.push(['Too late', lines.join('\n')])
  }
  return entries
}

/** One line an event, with what it says below. */
function recordLines(events: readonly PresentedEvent[], { nowMs, width }: PageOptions): string {
  const columns: Column<PresentedEvent>[] = [
    { head: '#', cell: ({ seq }) => String(seq) },
    { head: 'when', cell: ({ at }) => localMoment(at, nowMs) },
    { head: 'what', cell: ({ type }) => type },
    {
      head: 'who',
      cell: ({ by }) => (by.role === 'system' ? '' : `${whoOf(by)} (${by.via})`),
    },
  ]
  const [head = '', ...lines] = table(columns, events, width).split('\n')
  const indent = ' '.repeat(head.indexOf('what'))
  const room = (width ?? UNLIMITED_WIDTH) - indent.length
  const facts = events.map((event) => gist(event, nowMs))
  return [
    head,
    ...lines.flatMap((line, i) => [
      line,
      ...(facts[i] ? wrap(facts[i], room).map((each) => indent + each) : []),
    ]),
  ].join('\n')
}

/** With the name before the id, where there is one. */
function whoOf({ role, id, name }: { role: string; id: string; name?: string }): string {
  return name === undefined ? `${role} ${id}` : `${role} ${name}, ${id}`
}

const TELLING = ['verdict', 'outcome', 'reason', 'detail', 'dueAt', 'severity'] as const

/** The plain facts of an event, and the telling ones of what it carries; the rest is in the JSON. */
function gist({ type, data }: PresentedEvent, nowMs: number): string {
  // All of it stands above the record.
  if (type === 'opened') return ''
  return Object.entries(data)
    .flatMap(([name, value]) => {
      if (typeof value !== 'object' || value === null) return [`${name}: ${plain(value, nowMs)}`]
      const inner = value as Readonly<Record<string, unknown>>
      return TELLING.flatMap((key) =>
        inner[key] === undefined || inner[key] === null
          ? []
          : [`${key}: ${plain(inner[key], nowMs)}`],
      )
    })
    .join(', ')
}

const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/

function plain(value: unknown, nowMs: number): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  return ISO_INSTANT.test(value) ? localMoment(value, nowMs) : value
}
