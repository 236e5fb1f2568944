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

/** The kinds of queue, in the order in which they are offered. */
export const VIEWS = ['toDecide', 'stoppable', 'stuck', 'open', 'closed'] as const
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
  text?: string
  case?: string
  /** Which pane a narrow screen shows of the open case. */
  pane?: Pane
}

/** The panes beside the queue. */
export const PANES = ['listing', 'decision'] as const
export type Pane = (typeof PANES)[number]

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
    text: textOf(given['text']),
    case: textOf(given['case'], 300),
    pane: oneOf(PANES, given['pane']),
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}

/** What the list of cases is asked for. */
export function listQueryOf(search: InboxSearch): CaseListQuery {
  const { view = VIEWS[0], severity, outcome, marketplace, brand, seller, text } = search
  return {
    ...VIEW_ROWS[view].filter,
    sort: search.sort ?? sortsOf(view)[0],
    ...(severity ? { severity } : {}),
    ...(outcome ? { outcome } : {}),
    ...(marketplace ? { marketplace } : {}),
    ...(brand ? { brandId: brand } : {}),
    ...(seller ? { sellerId: seller } : {}),
    ...(text ? { text } : {}),
  }
}

/** The orders a queue can be in, the usual one first. */
export function sortsOf(view: View = VIEWS[0]): readonly [CaseSort, ...CaseSort[]] {
  return VIEW_ROWS[view].sorts
}

/** True when it is narrowed by more than its view. */
export function isNarrowed({ severity, outcome, marketplace, brand, seller, text }: InboxSearch) {
  return [severity, outcome, marketplace, brand, seller, text].some((each) => each !== undefined)
}

function oneOf<T extends string>(words: readonly T[], value: unknown): T | undefined {
  return words.find((word) => word === value)
}

/** Numbers stand bare in an address: an id that is one is read as one. */
function textOf(value: unknown, maxLength = TEXT_MAX): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string') return undefined
  const trimmed = text.trim().slice(0, maxLength)
  return trimmed === '' ? undefined : trimmed
}
