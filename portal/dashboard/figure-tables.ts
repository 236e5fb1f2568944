import type { Dashboard } from '../../contract/dashboard.js'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { REMINDER_STEPS } from '../../domain/statistics/dashboard.js'
import { OUTCOMES } from '../../domain/vocabulary.js'
import { localDay, utcDay } from '../../notifications/local-format.js'
import type { PortalWord } from '../../wording/portal-words.js'
import type { Locale, Words } from '../../wording/vocabulary-words.js'
import type { InboxSearch } from '../inbox/search.js'

/** A column of figures; `isBefore`: those of the period before. */
export interface Series {
  id: string
  title: string
  /** How many, or how long (ms). */
  unit: 'count' | 'span'
  /** It is in the table only. */
  isTableOnly?: boolean
  isBefore?: boolean
}

/** Figures of one thing; `null` where there is none yet. */
export interface FigureRow {
  id: string
  label: string
  /** What a chart says where the whole has no room. */
  shortLabel?: string
  /** One for each column. */
  values: readonly (number | null)[]
  /** The view of the inbox that holds these cases. */
  inbox?: InboxSearch
}

/** Figures as charts, tables and files show them alike. */
export interface FigureTable {
  /** What the rows are. */
  head: string
  series: readonly Series[]
  rows: readonly FigureRow[]
}

/** What figures are made from. */
export interface Shown {
  dashboard: Dashboard
  isCompared: boolean
  /** The brand they are about, where it is one. */
  brand: string | undefined
}

/** How a language says things. */
export interface Saying {
  say: (word: PortalWord, values?: Readonly<Record<string, string | number>>) => string
  vocabulary: Words
  locale: Locale
}

type Of = 'current' | 'previous'

const AGES = ['underOneDay', 'oneToThreeDays', 'threeToSevenDays', 'older'] as const
/** Of the phases, those that are a view of the inbox by themselves. */
const VIEWS_OF_PHASES: Partial<Record<Dashboard['open'][number]['phase'], InboxSearch['view']>> = {
  coolingOff: 'stoppable',
  needsAttention: 'stuck',
}

/** Open cases by phase and age. */
export function openTable({ dashboard: { open }, brand }: Shown, words: Saying): FigureTable {
  const { say, vocabulary } = words
  return {
    head: say('dashboard.phase'),
    series: [
      ...AGES.map((age) => count(age, say(`dashboard.age.${age}`))),
      { ...count('all', say('dashboard.all')), isTableOnly: true },
    ],
    rows: open.map(({ phase, ...ages }) => {
      const view = VIEWS_OF_PHASES[phase]
      return {
        id: phase,
        label: vocabulary.phases[phase],
        values: [...AGES.map((age) => ages[age]), openIn(ages)],
        ...(view ? { inbox: inboxOf({ view }, brand) } : {}),
      }
    }),
  }
}

/** How many are open. */
export function openCount({ open }: Pick<Dashboard, 'open'>): number {
  return open.reduce((sum, ages) => sum + openIn(ages), 0)
}

function openIn(ages: Omit<Dashboard['open'][number], 'phase'>): number {
  return AGES.reduce((sum, age) => sum + ages[age], 0)
}

/** What was opened, decided and removed, day by day or week by week; nothing is a 0. */
export function courseTable({ dashboard }: Shown, { say, locale }: Saying): FigureTable {
  const stepMs = (dashboard.step === 'day' ? 1 : 7) * DAY_MS
  const known = new Map(dashboard.course.map((point) => [Date.parse(point.at), point]))
  const starts: number[] = []
  for (let at = stepStart(dashboard); at < Date.parse(dashboard.to); at += stepMs) starts.push(at)
  return {
    head: say(dashboard.step === 'day' ? 'dashboard.day' : 'dashboard.week'),
    series: (['opened', 'decided', 'removed'] as const).map((id) =>
      count(id, say(`dashboard.${id}`)),
    ),
    rows: starts.map((at) => {
      const iso = new Date(at).toISOString()
      const { opened, decided, removed } = known.get(at) ?? { opened: 0, decided: 0, removed: 0 }
      return {
        id: iso.slice(0, 10),
        label: utcDay(iso, locale),
        shortLabel: utcDay(iso, locale, true),
        values: [opened, decided, removed],
      }
    }),
  }
}

/** 1970-01-05, a Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS

/** Where the first day or week of UTC begins. */
function stepStart({ from, step }: Dashboard): number {
  const fromMs = Date.parse(from)
  if (step === 'day') return fromMs - (fromMs % DAY_MS)
  return fromMs - ((fromMs - FIRST_MONDAY_MS) % (7 * DAY_MS))
}

const MEASURES = ['toFirstView', 'toDecision', 'toTakedown'] as const

/** How long it takes until half, and nine of ten, are looked at, decided and removed. */
export function timesTable(shown: Shown, { say }: Saying): FigureTable {
  const of = periodsOf(shown)
  const spans = of.flatMap((which): Series[] =>
    (['p50', 'p90'] as const).map((share) => ({
      id: `${share} ${which}`,
      title: titleOf(say(`dashboard.${share}`), which, say),
      unit: 'span',
      isBefore: which === 'previous',
    })),
  )
  return {
    head: say('dashboard.until'),
    series: [
      ...spans,
      { ...count('n', say('dashboard.counted')), isTableOnly: true },
      { ...count('censored', say('dashboard.stillWaiting')), isTableOnly: true },
    ],
    rows: MEASURES.map((measure) => {
      const { n, censored } = shown.dashboard.current[measure]
      const values = of.flatMap((which) => {
        const { p50Ms, p90Ms } = shown.dashboard[which][measure]
        return [p50Ms, p90Ms]
      })
      return {
        id: measure,
        label: say(`dashboard.${measure}`),
        values: [...values, n, censored],
      }
    }),
  }
}

/** What became of what was asked: answered, ended without an answer, or neither yet. */
export function answersTable({ dashboard, isCompared }: Shown, { say }: Saying): FigureTable {
  return {
    head: say('dashboard.period'),
    series: (['answered', 'unanswered', 'neither'] as const).map((id) =>
      count(id, say(`dashboard.${id}`)),
    ),
    rows: periodsOf({ isCompared }).map((which) => {
      const { cases, answered, unanswered } = dashboard[which]
      return {
        id: which,
        label: say(`dashboard.${which}`),
        values: [answered, unanswered, cases - answered - unanswered],
      }
    }),
  }
}

/** The share of those with an answer in those that have one or will have none; `null`: there are none. */
export function answerRate({
  answered,
  unanswered,
}: Pick<Dashboard['current'], 'answered' | 'unanswered'>): number | null {
  return answered + unanswered === 0 ? null : answered / (answered + unanswered)
}

/** How cases ended, the most frequent first. */
export function outcomesTable(shown: Shown, { say, vocabulary }: Saying): FigureTable {
  const of = periodsOf(shown)
  const figure = (which: Of, outcome: (typeof OUTCOMES)[number]) =>
    shown.dashboard[which].outcomes[outcome] ?? 0
  return {
    head: say('dashboard.outcome'),
    series: countedIn(of, say),
    rows: OUTCOMES.filter((outcome) => of.some((which) => figure(which, outcome) > 0))
      .toSorted((one, other) => figure('current', other) - figure('current', one))
      .map((outcome) => ({
        id: outcome,
        label: vocabulary.outcomes[outcome],
        values: of.map((which) => figure(which, outcome)),
        inbox: inboxOf({ view: 'closed', outcome }, shown.brand),
      })),
  }
}

/** After how many reminders answers came. */
export function remindersTable(shown: Shown, { say }: Saying): FigureTable {
  const of = periodsOf(shown)
  return {
    head: say('dashboard.answeredWhen'),
    series: countedIn(of, say),
    rows: REMINDER_STEPS.map((step) => ({
      id: step,
      label: say(`dashboard.reminders.${step}`),
      values: of.map((which) => shown.dashboard[which].reminders[step]),
    })),
  }
}

/** Sellers who came back after a removal, most often first. */
export function sellersTable({ dashboard, brand }: Shown, { say }: Saying): FigureTable {
  return {
    head: say('dashboard.seller'),
    series: [count('times', say('dashboard.returns'))],
    rows: dashboard.current.returned.map(({ marketplace, sellerId, times }) => ({
      id: `${marketplace} ${sellerId}`,
      label: `${sellerId} · ${marketplace}`,
      shortLabel: sellerId,
      values: [times],
      inbox: inboxOf({ view: 'all', marketplace, seller: sellerId }, brand),
    })),
  }
}

/** The days of a period: `2 Oct 2026 – 1 Nov 2026`. */
export function daysOf(from: string, to: string, locale: Locale): string {
  return `${localDay(from, locale)} – ${localDay(to, locale)}`
}

function periodsOf({ isCompared }: Pick<Shown, 'isCompared'>): readonly Of[] {
  return isCompared ? ['current', 'previous'] : ['current']
}

function countedIn(of: readonly Of[], say: Saying['say']): Series[] {
  return of.map((which) => ({
    ...count(which, say(`dashboard.${which}`)),
    isBefore: which === 'previous',
  }))
}

function titleOf(title: string, which: Of, say: Saying['say']): string {
  return which === 'current' ? title : say('dashboard.before', { title })
}

function count(id: string, title: string): Series {
  return { id, title, unit: 'count' }
}

function inboxOf(search: InboxSearch, brand: string | undefined): InboxSearch {
  return { ...search, ...(brand === undefined ? {} : { brand }) }
}
