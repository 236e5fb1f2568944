import type { Static } from 'typebox'
import { brandPath } from '../../../client/paths.js'
import type { AuthorisedSellerSchema } from '../../../contract/brand.js'
import type { SELLER_COLUMNS as COLUMNS } from '../../../contract/seller-import.js'
import { pagesQuery } from '../../data/pages.js'

/** An entry of a brand's list. */
export type Seller = Static<typeof AuthorisedSellerSchema>

/** The columns of the table that goes in and out, as the API reads them. */
export const SELLER_COLUMNS = [
  'marketplace',
  'sellerId',
  'sku',
  'validFrom',
  'validUntil',
] as const satisfies typeof COLUMNS

/** The sellers that a brand allows. */
export function sellersQuery(brandId: string) {
  return pagesQuery<Seller>(['sellers', brandId], brandPath(brandId, '/authorised-sellers'))
}
