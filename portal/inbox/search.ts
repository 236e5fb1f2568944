import type { ExportFormat } from '../../contract/case-export.js'
import type { Similar } from '../../contract/similar.js'
import type { CaseListQuery } from '../../contract/case-list.js'
import type { CaseSort } from '../../domain/case/sorts.js'
import {
  OUTCOMES,
  type Outcome,
  type Phase,
  SEVERITIES,
  type Severity,
  WAITING_PHASES,
} from '../../domain/vocabulary.js'
import { columnsOf, textOfColumns } from './columns.js'

/** The kinds of queue, in the order in which they are offered. */
export const VIEWS = ['toDecide', 'stoppable', 'stuck', 'open', 'closed', 'all'] as const
export type View = (typeof VIEWS)[number]

interface ViewRow {
  /** Which cases are in it, */
  filter: Pick<CaseListQuery, 'phase' | 'open'>
  /** and the orders it can be in, the usual one first: an order by deadline shows what has one. */
  sorts: readonly [CaseSort, ...CaseSort[]]
}

const OF_WAITING = ['dueAt', 'severity', '-openedAt', 'openedAt'] as const

const VIEW_ROWS: Record<View, ViewRow> = {
  toDecide: { filter: { phase: [...WAITING_PHASES] }, sorts: OF_WAITING },
  stoppable: { filter: { phase: ['coolingOff'] satisfies Phase[] }, sorts: OF_WAITING },
  stuck: { filter: { phase: ['needsAttention'] satisfies Phase[] }, sorts: OF_WAITING },
  open: { filter: { open: true }, sorts: ['-openedAt', 'openedAt', 'severity', 'dueAt'] },
  closed: { filter: { open: false }, sorts: ['-closedAt', '-openedAt', 'openedAt'] },
  all: { filter: {}, sorts: ['-openedAt', 'openedAt'] },
}

/** What the address of the inbox says: the queue, how it is narrowed and sorted, and the open case. */
export interface InboxSearch {
  view?: View
  sort?: CaseSort
  severity?: Severity
  outcome?: Outcome
  marketplace?: string
  brand?: string
  seller?: string
  /** What others are alike in: a picture, the pattern of the title, the band of the price. */
  picture?: string
  shape?: string
  band?: string
  text?: string
  /** The mail whose cases these are. */
  mail?: string
  /** What the rows show, in this order, with commas between. */
  columns?: string
  case?: string
  /** Which pane a narrow screen shows of the open case. */
  pane?: Pane
}

/** What to put into the address, and (`undefined`) what to take out. */
export type SearchChange = { [N in keyof InboxSearch]: InboxSearch[N] | undefined }

/** The panes beside the queue. */
export const PANES = ['listing', 'decision'] as const
export type Pane = (typeof PANES)[number]

const PICTURE = /^[0-9a-f]{64}$/
const BAND = /^[A-Z]{3}:-?\d{1,3}$/
/** The longest text that the list of cases takes. */
const TEXT_MAX = 200

/** The address as far as it can be meant: what is no value of its parameter is left out. */
export function readSearch(given: Readonly<Record<string, unknown>>): InboxSearch {
  const view = oneOf(VIEWS, given['view'])
  const sort = oneOf(sortsOf(view), given['sort'])
  const read = {
    view: view === VIEWS[0] ? undefined : view,
    sort: sort === sortsOf(view)[0] ? undefined : sort,
    severity: oneOf(SEVERITIES, given['severity']),
    outcome: view === 'closed' ? oneOf(OUTCOMES, given['outcome']) : undefined,
    marketplace: textOf(given['marketplace']),
    brand: textOf(given['brand']),
    seller: textOf(given['seller']),
    picture: isOpenView(view) ? textLike(PICTURE, given['picture']) : undefined,
    shape: isOpenView(view) ? textOf(given['shape']) : undefined,
    band: isOpenView(view) ? textLike(BAND, given['band']) : undefined,
    text: textOf(given['text']),
    mail: textOf(given['mail']),
    columns: textOfColumns(columnsOf(textOf(given['columns'])) ?? []),
    case: textOf(given['case'], 300),
    pane: oneOf(PANES, given['pane']),
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}

/** What the list of cases is asked for. */
export function listQueryOf(search: InboxSearch): CaseListQuery {
  const { view = VIEWS[0], severity, outcome, marketplace, brand, seller, text, mail } = search
  const { picture, shape, band } = search
  return {
    ...VIEW_ROWS[view].filter,
    sort: search.sort ?? sortsOf(view)[0],
    ...(severity ? { severity } : {}),
    ...(outcome ? { outcome } : {}),
    ...(marketplace ? { marketplace } : {}),
    ...(brand ? { brandId: brand } : {}),
    ...(seller ? { sellerId: seller } : {}),
    ...(picture ? { picture } : {}),
    ...(shape ? { titleShape: shape } : {}),
    ...(band ? { priceBand: band } : {}),
    ...(text ? { text } : {}),
    ...(mail ? { mailId: mail } : {}),
  }
}

/** The address at which all of what is listed is to be had as a file. */
export function exportAddress(query: CaseListQuery, format: ExportFormat): string {
  const parameters = Object.entries({ ...query, format }).map(([name, value]): [string, string] => [
    name,
    String(value),
  ])
  return `/v1/cases:export?${new URLSearchParams(parameters).toString()}`
}

/** A name of what is listed: the same for the same list. */
export function nameOfQuery(query: CaseListQuery): string {
  return JSON.stringify(query)
}

/** The orders a queue can be in, the usual one first. */
export function sortsOf(view: View = VIEWS[0]): readonly [CaseSort, ...CaseSort[]] {
  return VIEW_ROWS[view].sorts
}

/** What narrows a queue beside its view. */
const NARROWINGS = [
  ...(['severity', 'outcome', 'marketplace', 'brand', 'seller'] as const),
  ...(['picture', 'shape', 'band', 'text', 'mail'] as const),
]

/** True when it is narrowed by more than its view. */
export function isNarrowed(search: InboxSearch): boolean {
  return NARROWINGS.some((name) => search[name] !== undefined)
}

/** Takes away what narrows it. */
export const UNNARROWED: SearchChange = Object.fromEntries(
  NARROWINGS.map((name) => [name, undefined]),
)

/** The address of what can be decided and is alike in one thing. */
export function searchOfSimilar({ filter }: Pick<Similar, 'filter'>): SearchChange {
  const { brandId, marketplace, sellerId, picture, titleShape, priceBand } = filter
  return {
    ...{ ...UNNARROWED, view: undefined, sort: undefined, brand: brandId },
    ...{ marketplace, seller: sellerId, picture, shape: titleShape, band: priceBand },
  }
}

function oneOf<T extends string>(words: readonly T[], value: unknown): T | undefined {
  return words.find((word) => word === value)
}

/** What is alike is looked for among open cases. */
function isOpenView(view: View = VIEWS[0]): boolean {
  return view !== 'closed'
}

function textLike(form: RegExp, value: unknown): string | undefined {
  return typeof value === 'string' && form.test(value) ? value : undefined
}

/** Numbers stand bare in an address: an id that is one is read as one. */
function textOf(value: unknown, maxLength = TEXT_MAX): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string') return undefined
  const trimmed = text.trim().slice(0, maxLength)
  return trimmed === '' ? undefined : trimmed
}
