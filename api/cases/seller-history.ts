import { DAY_MS } from '../../domain/brand/calendar.js'
import type { CaseRow, Store } from '../../store/store.js'
import type { ApiCaller } from '../callers/caller.js'

const SELLER_HISTORY_DAYS = 90

/** What became of the brand's cases about one seller. */
export interface SellerHistory {
  open: number
  removedIn90Days: number
}

/** The history of a case's seller with its brand, as far as the reader may see it. */
export async function sellerHistoryOf(
  store: Pick<Store, 'cases'>,
  reader: Pick<ApiCaller, 'brandIds' | 'marketplaces'>,
  { marketplace, sellerId, brandId }: CaseRow,
  nowMs: number,
): Promise<SellerHistory> {
  const since = new Date(nowMs - SELLER_HISTORY_DAYS * DAY_MS)
  const seller = { marketplace, sellerId, brandId }
  const { open, removed } = await store.cases.sellerStats(reader, seller, since)
  return { open, removedIn90Days: removed }
}
