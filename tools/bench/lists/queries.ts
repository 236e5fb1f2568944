import { DAY_MS } from '../../../domain/brand/calendar.js'
import {
  BUSY_MANAGER,
  COMMON_BAND,
  COMMON_PICTURE,
  COMMON_SHAPE,
  COMMON_WORD,
  MARKETPLACES,
  OTHER_MANAGER,
} from './records.js'

/** Whose key asks: a brand of four cases in ten, one of two in a hundred, or staff, who see all. */
export type Reader = 'largeBrand' | 'smallBrand' | 'staff'

/** A list as somebody asks for it. */
export interface ListQuery {
  reader: Reader
  /** What is asked of `GET /v1/cases`, without the limit. */
  query: Readonly<Record<string, string>>
  /** Full pages at every size, so that only the number of cases differs. */
  limit: number
  /**
   * A search through texts, or a period in another order than its own: no index has both, so that it
   * reads more as there are more cases.
   */
  mayGrow: boolean
}

const FULL = 25
/** As many as the small brand has of every kind already among a thousand cases. */
const FEW = 2

/** The lists that people and programs ask for, `now` in epoch ms. */
export function listQueries(now: number): ListQuery[] {
  const daysAgo = (days: number) => new Date(now - days * DAY_MS).toISOString()
  const [marketplace] = MARKETPLACES
  const large: ListQuery['query'][] = [
    {},
    { open: 'true' },
    { phase: 'awaitingBrand' },
    { phase: 'awaitingBrand,awaitingAccountManager' },
    { open: 'true', sort: 'openedAt' },
    { sort: 'dueAt' },
    { phase: 'awaitingBrand', sort: 'dueAt' },
    { sort: 'severity' },
    { sort: '-closedAt' },
    { outcome: 'takenDown' },
    { severity: 'S3' },
    { marketplace },
    { text: COMMON_WORD },
    { openedAfter: daysAgo(30), openedBefore: daysAgo(7) },
    { closedAfter: daysAgo(30), sort: '-closedAt' },
    { updatedAfter: daysAgo(1) },
    { titleShape: COMMON_SHAPE },
    { priceBand: COMMON_BAND },
    { picture: COMMON_PICTURE },
  ]
  const small: ListQuery['query'][] = [
    {},
    { open: 'true' },
    { phase: 'awaitingBrand' },
    { open: 'true', sort: 'openedAt' },
    { sort: 'dueAt' },
    { sort: 'severity' },
    { sort: '-closedAt' },
    { outcome: 'takenDown' },
  ]
  const staff: ListQuery['query'][] = [
    {},
    { open: 'true', sort: 'openedAt' },
    { phase: 'needsAttention' },
    { phase: 'needsAttention', sort: 'dueAt' },
    { sort: 'dueAt' },
    { sort: 'severity' },
    { sort: '-closedAt' },
    { assignee: BUSY_MANAGER },
    { assignee: BUSY_MANAGER, open: 'true' },
    { assignee: BUSY_MANAGER, sort: 'dueAt' },
    { assignee: BUSY_MANAGER, sort: 'severity' },
    { marketplace, sort: 'dueAt' },
    { outcome: 'released' },
    { dueBefore: daysAgo(0), sort: 'dueAt' },
    { ruleId: 'price-far-below-retail' },
    { text: COMMON_WORD },
  ]
  const smallManager: ListQuery['query'][] = [
    { assignee: OTHER_MANAGER },
    { assignee: OTHER_MANAGER, sort: 'dueAt' },
    { assignee: OTHER_MANAGER, sort: 'severity' },
  ]
  const one: ListQuery['query'][] = [
    { sellerId: 'shop-7' },
    { listingId: 'b-7' },
    { externalId: 'report-7' },
  ]
  const growing: ListQuery['query'][] = [
    { text: 'in-no-listing' },
    { closedBefore: daysAgo(75) },
    { dueBefore: daysAgo(0) },
  ]
  const lists = (
    reader: Reader,
    limit: number,
    queries: readonly ListQuery['query'][],
    mayGrow = false,
  ): ListQuery[] => queries.map((query) => ({ reader, query, limit, mayGrow }))
  return [
    ...lists('largeBrand', FULL, large),
    ...lists('smallBrand', FEW, small),
    ...lists('staff', FULL, staff),
    ...lists('staff', FEW, smallManager),
    ...lists('staff', 1, one),
    ...lists('staff', FULL, growing, true),
  ]
}

/** How a list is named in the table: `staff sort=dueAt`. */
export function nameOf({ reader, query }: ListQuery): string {
  const asked = Object.entries(query).map(([name, value]) => `${name}=${shortened(value)}`)
  return [READERS[reader], ...(asked.length === 0 ? ['newest first'] : asked)].join(' ')
}

const READERS: Record<Reader, string> = {
  largeBrand: 'brand',
  smallBrand: 'small brand',
  staff: 'staff',
}

/** Instants as their day, hashes by their beginning. */
function shortened(value: string): string {
  if (/^[0-9a-f]{64}$/.test(value)) return value.slice(0, 8)
  return /^\d{4}-\d\d-\d\dT/.test(value) ? value.slice(0, 10) : value
}
