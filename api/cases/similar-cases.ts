import { MAX_SIMILAR } from '../../contract/limits.js'
import type { Similar } from '../../contract/similar.js'
import { shownListing } from '../../domain/case/shown.js'
import { LIKENESSES, type Likeness, priceBand, titleShape } from '../../domain/listing/likeness.js'
import { WAITING_PHASES } from '../../domain/vocabulary.js'
import type { CaseRow, Store, TenantScope } from '../../store/store.js'
import { withAlikePictures } from './alike-pictures.js'

/**
 * In what a case is alike others of its brand that wait for an answer, and how many those are in
 * `scope`: nothing for what the listing does not have, such as a picture.
 */
export async function similarCases(
  store: Pick<Store, 'cases' | 'pictureHashes'>,
  scope: TenantScope,
  row: CaseRow,
): Promise<Similar[]> {
  const found = LIKENESSES.map(async (by): Promise<Similar | null> => {
    const alike = filterOf(row, by)
    if (!alike) return null
    const filter = { brandId: row.brandId, ...alike }
    const waiting = { ...(await withAlikePictures(store, filter)), phase: WAITING_PHASES }
    const count = await store.cases.countOthers(scope, waiting, row.caseId, MAX_SIMILAR)
    return { by, count, filter }
  })
  return (await Promise.all(found)).filter((each) => each !== null)
}

function filterOf(row: CaseRow, by: Likeness): Omit<Similar['filter'], 'brandId'> | null {
  const { marketplace, sellerId, state } = row
  const shown = shownListing(state)
  if (by === 'seller') return sellerId === '' ? null : { marketplace, sellerId }
  if (!shown) return null
  if (by === 'picture') {
    const picture = shown.pictures[0]?.sha256
    return picture === undefined ? null : { picture }
  }
  if (by === 'title') {
    const shape = titleShape(shown.title)
    return shape === '' ? null : { titleShape: shape }
  }
  const band = priceBand(shown)
  return band === null ? null : { priceBand: band }
}
