import type { CaseSummary } from '../../contract/case.js'
import type { DecisionBatchResult } from '../../contract/decision.js'
import { MAX_DECISIONS } from '../../contract/limits.js'
import { isDecidable } from '../case/standing.js'

/** As many are answered together at most. */
export const MAX_BULK = 1_000

/** What selected cases are, before one answer is given to all of them. */
export interface BulkPlan {
  /** Those that can be answered, the first 1,000 of them, */
  rows: readonly CaseSummary[]
  /** how many more there are than are answered together, */
  beyond: number
  /** and how many of the selected cannot: they are closed or answered, or somebody else acts. */
  skipped: number
  sellers: number
  marketplaces: readonly string[]
  /** How many of them are safety cases: worth a second look. */
  safety: number
}

/** What an answer to all of them would be given to. */
export function bulkPlan(selected: readonly CaseSummary[]): BulkPlan {
  const decidable = selected.filter(isDecidable)
  const rows = decidable.slice(0, MAX_BULK)
  const sellers = new Set(rows.map((row) => JSON.stringify([row.marketplace, row.sellerId])))
  return {
    rows,
    beyond: decidable.length - rows.length,
    skipped: selected.length - decidable.length,
    sellers: sellers.size,
    marketplaces: [...new Set(rows.map(({ marketplace }) => marketplace))].sort(),
    safety: rows.filter(({ severity }) => severity === 'S1').length,
  }
}

/** One decision of a batch: of this case, under an id of its own, on the listing as it was shown. */
export interface BulkItem {
  caseId: string
  decisionId: string
  shownHash?: string
}

/** The decisions, and the requests they go in: no request holds more than the API takes. */
export function bulkRequests(
  rows: readonly Pick<CaseSummary, 'caseId' | 'shownHash'>[],
  freshId: () => string,
): BulkItem[][] {
  const items = rows.map(({ caseId, shownHash }) => ({
    caseId,
    decisionId: freshId(),
    ...(shownHash === null ? {} : { shownHash }),
  }))
  return Array.from({ length: Math.ceil(items.length / MAX_DECISIONS) }, (_, index) =>
    items.slice(index * MAX_DECISIONS, (index + 1) * MAX_DECISIONS),
  )
}

export type ItemResult = DecisionBatchResult['results'][number]

/** What became of one decision of a bulk: of the API's answer, or of a request that had none. */
export type BulkOutcome = BulkItem & { result: ItemResult | null; error?: unknown }

/** The outcomes of one request, by the place of each item in it. */
export function outcomesOf(
  items: readonly BulkItem[],
  results: readonly ItemResult[],
): BulkOutcome[] {
  const byIndex = new Map(results.map((result) => [result.index, result]))
  return items.map((item, index) => ({ ...item, result: byIndex.get(index) ?? null }))
}

/** How a bulk went. */
export interface BulkCounts {
  taken: number
  /** Of those, the ones that are removed only after a while, and can be stopped until then. */
  stoppable: number
  failed: number
}

/** Counts what became of a bulk so far. */
export function countsOf(outcomes: readonly BulkOutcome[]): BulkCounts {
  const taken = outcomes.filter(({ result }) => result !== null && result.status < 300)
  return {
    taken: taken.length,
    stoppable: taken.filter(({ result }) => result?.phase === 'coolingOff').length,
    failed: outcomes.length - taken.length,
  }
}
