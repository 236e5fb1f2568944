import type { Static } from 'typebox'
import type { AuthorisedSellerSchema } from '../../contract/brand.js'
import type { AuthorisedSeller } from '../../store/store.js'
import { iso } from './iso.js'

/** An entry as the API shows it. */
export function presentAuthorisedSeller(
  entry: AuthorisedSeller,
): Static<typeof AuthorisedSellerSchema> {
  return {
    ...entry,
    validFrom: iso(entry.validFrom),
    validUntil: entry.validUntil && iso(entry.validUntil),
    createdAt: iso(entry.createdAt),
  }
}
