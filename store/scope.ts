import { trusted } from 'mongoose'
import type { TenantScope } from './tenant-scope.js'

/** The values a tenant field may have. */
interface Membership {
  $in: string[]
}

/** What a query must hold to stay in scope. */
export interface ScopeFilter {
  brandId?: Membership
  marketplace?: Membership
}

/** The filter that keeps a query inside a caller's brands and marketplaces. Empty for `'*'`. */
export function inScope({ brandIds, marketplaces }: TenantScope): ScopeFilter {
  return {
    ...(brandIds === '*' ? {} : { brandId: oneOf(brandIds) }),
    ...(marketplaces === '*' ? {} : { marketplace: oneOf(marketplaces) }),
  }
}

/** Operators are refused in filters (`sanitizeFilter`) unless written here, in code. */
export function oneOf(values: readonly string[]): Membership {
  return trusted({ $in: [...values] })
}

/** The keyset condition of lists in ascending order of `_id`. */
export function afterId(after: string | null | undefined) {
  return after == null ? {} : { _id: trusted({ $gt: after }) }
}
