import type { CaseSummary } from '../../contract/case.js'
import { shareOfSuggested } from '../../domain/listing/listing.js'

/** What an offer costs beside what a unit is suggested to cost. */
export interface PriceFacts {
  price: { amount: number; currency: string } | null
  suggested: { amount: number; currency: string } | null
  /** Of a unit's price in the suggested one (0.4 = 40 %); `null` where they cannot be compared. */
  share: number | null
  /** Far below: it catches the eye. */
  isLow: boolean
}

/** Below this share of the suggested price an offer is marked. */
const LOW_SHARE = 0.6

/** The price of a row, compared. */
export function priceFacts({
  price,
  suggestedPrice,
  units,
}: Pick<CaseSummary, 'price' | 'suggestedPrice' | 'units'>): PriceFacts {
  const share = shareOfSuggested({
    price,
    ...(suggestedPrice ? { suggestedPrice } : {}),
    ...(units === null ? {} : { units }),
  })
  return { price, suggested: suggestedPrice, share, isLow: share !== null && share < LOW_SHARE }
}
