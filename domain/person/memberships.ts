import type { PersonRole } from '../vocabulary.js'

/** What a person may be for the service: a role, and the brands and marketplaces it is for. */
export interface Membership {
  membershipId: string
  role: PersonRole
  brandIds: string[] | '*'
  marketplaces: string[] | '*'
}

/** The brands of which these memberships make an administrator, for all marketplaces. */
export function administeredBrands(memberships: readonly Membership[]): string[] {
  const brandIds = memberships.flatMap(({ role, brandIds, marketplaces }) =>
    role === 'brandAdmin' && marketplaces === '*' && brandIds !== '*' ? brandIds : [],
  )
  return [...new Set(brandIds)]
}
