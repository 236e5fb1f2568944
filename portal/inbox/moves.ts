import type { CaseSummary } from '../../contract/case.js'
import { isDecidable } from '../case/standing.js'

type Row = Pick<CaseSummary, 'caseId' | 'sellerId' | 'marketplace' | 'phase' | 'verdict'>

/** The case `by` places on from the open one; the first where none is open, the last at the end. */
export function moved(rows: readonly Row[], openId: string | undefined, by: 1 | -1): string | null {
  const place = rows.findIndex(({ caseId }) => caseId === openId)
  const next = place === -1 ? 0 : Math.min(Math.max(place + by, 0), rows.length - 1)
  return rows[next]?.caseId ?? null
}

/**
 * The case to look at when the open one is answered: the next that can be answered, else the first
 * that can; `null` when there is none but this.
 */
export function nextToDecide(
  rows: readonly Row[],
  openId: string | undefined,
  isSkipped: (caseId: string) => boolean = () => false,
): string | null {
  const place = rows.findIndex(({ caseId }) => caseId === openId)
  const around = [...rows.slice(place + 1), ...rows.slice(0, Math.max(place, 0))]
  return around.find((row) => isDecidable(row) && !isSkipped(row.caseId))?.caseId ?? null
}

/** The next case of the seller of the open one, around the end; `null` when there is no other. */
export function nextOfSeller(rows: readonly Row[], openId: string | undefined): string | null {
  const place = rows.findIndex(({ caseId }) => caseId === openId)
  const open = rows[place]
  if (!open) return null
  const around = [...rows.slice(place + 1), ...rows.slice(0, place)]
  return around.find((row) => isSameSeller(row, open))?.caseId ?? null
}

/** True for two cases of one seller: an id is one seller's at its marketplace only. */
function isSameSeller(
  one: Pick<Row, 'sellerId' | 'marketplace'>,
  other: Pick<Row, 'sellerId' | 'marketplace'>,
): boolean {
  return one.sellerId === other.sellerId && one.marketplace === other.marketplace
}
