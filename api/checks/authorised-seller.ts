import type { Static } from 'typebox'
import type { NewAuthorisedSellerSchema } from '../../contract/brand.js'
import { randomSuffix } from '../../platform/digest.js'
import type { AuthorisedSeller } from '../../store/store.js'
import type { ApiCaller } from '../callers/caller.js'
import { covers } from '../callers/reach.js'
import { ApiProblem } from '../errors.js'
import { instant } from '../http/instant.js'

/** The entry that somebody asks for, at `nowMs`. Throws `invalid-value` and `invalid-request`. */
export function newSellerEntry(
  caller: ApiCaller,
  brandId: string,
  given: Static<typeof NewAuthorisedSellerSchema>,
  { marketplaces, nowMs }: { marketplaces: readonly { id: string }[]; nowMs: number },
): AuthorisedSeller {
  const { marketplace, sellerId, sku = null, validFrom, validUntil = null } = given
  const isKnown = marketplaces.some(({ id }) => id === marketplace)
  if (!isKnown || !covers(caller.marketplaces, marketplace)) {
    throw new ApiProblem(
      'invalid-value',
      `There is no marketplace "${marketplace}" that this key may use.`,
    )
  }
  const from = validFrom === undefined ? new Date(nowMs) : instant(validFrom, 'validFrom')
  const until = validUntil === null ? null : instant(validUntil, 'validUntil')
  if (until && until <= from) {
    throw new ApiProblem('invalid-value', 'validUntil must lie after validFrom.')
  }
  return {
    ...{ entryId: `as-${randomSuffix()}`, brandId, marketplace, sellerId, sku },
    ...{ validFrom: from, validUntil: until },
    ...{ caseId: null, createdBy: caller.id, createdAt: new Date(nowMs) },
  }
}
