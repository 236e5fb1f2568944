import {
  CASE_FILTER_ROWS,
  type CaseFilterName,
  type GivenCaseFilter,
  type ReadCaseFilter,
} from '../../contract/case-filters.js'
import type { CaseFilter, Store } from '../../store/store.js'
import { instant } from '../http/instant.js'
import { withAlikePictures } from './alike-pictures.js'

/** The filters of a request as the store takes them: moments read, and a picture with those that look like it. */
export async function filterOf(
  store: Pick<Store, 'pictureHashes'>,
  given: GivenCaseFilter,
): Promise<CaseFilter> {
  return withAlikePictures(store, withMoments(given))
}

/** Each of them is one that the store knows. */
function withMoments(
  given: GivenCaseFilter,
): { [N in Exclude<CaseFilterName, 'picture'>]?: CaseFilter[N] } & Pick<ReadCaseFilter, 'picture'> {
  const read = CASE_FILTER_ROWS.flatMap(([name, { isMoment }]) => {
    const value = given[name]
    if (value === undefined) return []
    return [[name, isMoment ? instant(String(value), name) : value]]
  })
  return Object.fromEntries(read) as ReadCaseFilter
}
