import { isBrandRole, type PersonRole, STAFF_ROLES } from '../vocabulary.js'

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

/**
 * True when somebody with these memberships sees the cases of a brand on a marketplace, speaking for
 * the brand or for the platform.
 */
export function seesCasesOf(
  memberships: readonly Membership[],
  { brandId, marketplace }: { brandId: string; marketplace: string },
  asBrand: boolean,
): boolean {
  return memberships.some(
    ({ role, brandIds, marketplaces }) =>
      (asBrand ? isBrandRole(role) : isStaffRole(role)) &&
      (brandIds === '*' || brandIds.includes(brandId)) &&
      (marketplaces === '*' || marketplaces.includes(marketplace)),
  )
}

function isStaffRole(role: PersonRole): boolean {
  return (STAFF_ROLES as readonly PersonRole[]).includes(role)
}
