import type { PresentedReference } from '../../contract/reference.js'
import type { Reference } from '../../store/store.js'
import { iso } from './iso.js'

/** A genuine product as it is shown. */
export function presentReference({ updatedAt, ...reference }: Reference): PresentedReference {
  return { ...reference, updatedAt: iso(updatedAt) }
}
