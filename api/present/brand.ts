import type { Static } from 'typebox'
import { DEFAULT_BRAKE } from '../../domain/brand/brake.js'
import type { BrandSchema } from '../../contract/brand.js'
import type { Brand } from '../../store/store.js'
import { iso } from './iso.js'

/** A brand as the API shows it. */
export function presentBrand(brand: Brand): Static<typeof BrandSchema> {
  const { policy: _policy, brake = DEFAULT_BRAKE, createdAt, updatedAt, ...shown } = brand
  return { ...shown, brake, createdAt: iso(createdAt), updatedAt: iso(updatedAt) }
}
