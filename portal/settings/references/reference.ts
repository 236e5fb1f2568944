import { referencePath } from '../../../client/paths.js'
import type { PresentedReference } from '../../../contract/reference.js'
import { pagesQuery } from '../../data/pages.js'

/** A genuine product as the API shows it. */
export type Reference = PresentedReference

/** The genuine products of a brand. */
export function referencesQuery(brandId: string) {
  return pagesQuery<Reference>(['references', brandId], referencePath(brandId))
}
