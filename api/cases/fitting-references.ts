import { type Fit, fittingReferences, REFERENCE_LIMITS } from '../../domain/listing/references.js'
import { shownListing } from '../../domain/case/shown.js'
import type { CaseRow, Reference } from '../../store/store.js'
import type { ApiCaller } from '../callers/caller.js'
import type { RouteDeps } from '../deps.js'

/** More pictures of a listing than anybody looks at say nothing more. */
const PICTURES_COMPARED = 10

/**
 * The genuine products that fit what a case shows, the best first. Pictures are compared that have
 * been looked at before: they are kept then, with the hash we made.
 */
export async function referencesFor(
  { store, pictures }: Pick<RouteDeps, 'store' | 'pictures'>,
  caller: ApiCaller,
  { brandId, state }: CaseRow,
): Promise<Fit<Reference & { pictureHashes: string[] }>[]> {
  const listing = shownListing(state)
  if (!listing) return []
  const page = { limit: REFERENCE_LIMITS.perBrand }
  const [references, facts] = await Promise.all([
    store.references.list(caller, brandId, page),
    Promise.all(
      listing.pictures.slice(0, PICTURES_COMPARED).map(({ sha256 }) => pictures.factsOf(sha256)),
    ),
  ])
  const hashes = facts.flatMap((known) => (known ? [known.phash] : []))
  const products = references.map((reference) => ({
    ...reference,
    pictureHashes: reference.pictures.map(({ phash }) => phash),
  }))
  return fittingReferences(listing, hashes, products)
}
