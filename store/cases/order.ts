import { type QueryFilter, trusted } from 'mongoose'
import type { CaseDocument } from './document.js'
import type { CaseRow, CasePosition } from '../store.js'
import type { CaseSort } from '../../domain/case/sorts.js'

type Condition = QueryFilter<CaseDocument>
type Field = 'openedAt' | 'dueAt' | 'closedAt' | 'severity'

interface Order {
  field: Field
  direction: 1 | -1
  /** What a case must be to have a place in this order. */
  only: Condition
}

/** How each order is read; every one of them has an index. */
const ORDERS: Record<CaseSort, Order> = {
  '-openedAt': { field: 'openedAt', direction: -1, only: {} },
  openedAt: { field: 'openedAt', direction: 1, only: {} },
  // `open` lets the partial indexes be used.
  dueAt: {
    field: 'dueAt',
    direction: 1,
    only: { open: true, dueAt: trusted({ $gt: new Date(0) }) },
  },
  severity: { field: 'severity', direction: 1, only: { open: true } },
  '-closedAt': { field: 'closedAt', direction: -1, only: { open: false } },
}

/** Which cases a list in this order shows after a position, and how it is sorted. */
export function caseOrder(
  sort: CaseSort,
  after: CasePosition | undefined,
): { condition: Condition; sort: Record<string, 1 | -1> } {
  const { field, direction, only } = ORDERS[sort]
  const beyond = direction === 1 ? '$gt' : '$lt'
  const following: Condition[] = after
    ? [
        { [field]: trusted({ [`${beyond}e`]: after.value }) },
        {
          $or: [
            { [field]: trusted({ [beyond]: after.value }) },
            { [field]: after.value, _id: trusted({ [beyond]: after.caseId }) },
          ],
        },
      ]
    : []
  return {
    condition: { $and: [only, ...following] },
    sort: { [field]: direction, _id: direction },
  }
}

/** The place of a row in a list in this order. */
export function positionOf(row: CaseRow, sort: CaseSort): CasePosition {
  const value = row[ORDERS[sort].field]
  if (value === null) throw new Error(`case ${row.caseId} has no place in the order ${sort}`)
  return { value, caseId: row.caseId }
}
