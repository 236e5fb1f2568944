import { isPlainListingId, parseCaseId } from '../../domain/case/identity.js'
import { base32Sha256 } from '../../platform/digest.js'
import type { CaseRepository } from '../../store/store.js'
import type { ApiCaller } from '../callers/caller.js'
import { ApiProblem } from '../errors.js'
import type { DatabaseGate } from '../outage.js'

/** How an item of a batch names its case: by its id, by its listing, or by both. */
export interface CaseReference {
  caseId: string | undefined
  marketplace: string | undefined
  listingId: string | undefined
}

/**
 * The case that is meant: the named one, or the open one of the listing among those the caller sees.
 * Throws a problem where there is none or more than one, and where a case is named that is not of the
 * listing beside it, as happens when one column of a spreadsheet is sorted without the others.
 */
export async function caseOfListing(
  cases: Pick<CaseRepository, 'list'>,
  gate: DatabaseGate,
  caller: ApiCaller,
  { caseId, marketplace, listingId }: CaseReference,
): Promise<string> {
  if (caseId !== undefined) {
    if (isOfListing(caseId, marketplace, listingId)) return caseId
    throw new ApiProblem('invalid-value', 'The case is not of the listing named beside it.')
  }
  if (marketplace === undefined || listingId === undefined) {
    throw new ApiProblem('invalid-request', 'The item does not fit.', {
      extensions: {
        errors: [{ pointer: '', message: 'lacks: caseId, or marketplace and listingId' }],
      },
    })
  }
  const { items } = await gate.attempt(() =>
    cases.list(caller, { marketplace, listingId, open: true }, { limit: 2 }),
  )
  const [first, second] = items
  if (first && !second) return first.caseId
  if (!first) throw new ApiProblem('not-found', 'The listing has no open case that you may see.')
  throw new ApiProblem(
    'invalid-value',
    'The listing has open cases of several brands; name the one you mean by its caseId.',
  )
}

function isOfListing(caseId: string, marketplace?: string, listingId?: string): boolean {
  const parsed = parseCaseId(caseId)
  if (!parsed) return true
  const { marketplace: itsOwn, listingKey } = parsed
  if (marketplace !== undefined && marketplace !== itsOwn) return false
  if (listingId === undefined) return true
  return listingKey === (isPlainListingId(listingId) ? listingId : `x${base32Sha256(listingId)}`)
}
