import type { FittingReference } from '../../contract/reference.js'
import type { Case } from '../../contract/case.js'
import { shareOfSuggested, type Price } from '../../domain/listing/listing.js'
import { suggestedFor } from '../../domain/listing/references.js'

/** The price of an offer beside that of the genuine product. */
export interface ComparedPrice {
  /** Of a unit; `null` where the listing shows none. */
  unit: Price | null
  suggested: Price | null
  /** 0.4 = 40 %; `null` where they cannot be compared. */
  share: number | null
}

/** What a unit costs, and what it is suggested to cost. */
export function comparePrices(
  { shown, listing }: Pick<Case, 'shown' | 'listing'>,
  fit: FittingReference | null,
): ComparedPrice {
  const offer = shown ?? listing
  if (!offer) return { unit: null, suggested: null, share: null }
  const suggestedPrice = suggestedFor(offer, fit?.reference ?? null)
  const { price, units = 1 } = offer
  return {
    unit: price && units >= 1 ? { ...price, amount: price.amount / units } : price,
    suggested: suggestedPrice,
    share: shareOfSuggested({
      price,
      ...(suggestedPrice ? { suggestedPrice } : {}),
      ...(offer.units === undefined ? {} : { units: offer.units }),
    }),
  }
}
