import type { Static } from 'typebox'
import type { MembershipChangeSchema } from '../../contract/person.js'
import type { Membership } from '../../domain/person/memberships.js'
import { isBrandRole } from '../../domain/vocabulary.js'
import { randomSuffix } from '../../platform/digest.js'
import type { ApiCaller } from '../callers/caller.js'
import { mayHandle } from '../callers/reach.js'
import type { RecentPeople } from '../callers/recent-people.js'
import { MAKES } from '../callers/scopes.js'
import { ApiProblem } from '../errors.js'

type GivenMembership = Static<typeof MembershipChangeSchema>

/**
 * The memberships somebody has after `caller` gave them `given`: these in the place of those that the
 * caller may handle, beside those they may not. Throws `invalid-value` and `not-allowed-for-role`.
 */
export async function changedMemberships(
  caller: ApiCaller,
  before: readonly Membership[],
  given: readonly GivenMembership[],
  brands: RecentPeople['brands'],
): Promise<Membership[]> {
  const isOfCaller = (one: Membership) => mayHandle(caller, one)
  const known = new Set(before.filter(isOfCaller).map(({ membershipId }) => membershipId))
  const memberships = given.map((one) => withDefaults(one))
  for (const membership of memberships) {
    const { membershipId, role } = membership
    const isKept = given.some((one) => one.membershipId === membershipId)
    if (isKept && !known.delete(membershipId)) {
      throw new ApiProblem('invalid-value', `"${membershipId}" is none of their memberships.`)
    }
    if (!isOfCaller(membership)) {
      throw new ApiProblem(
        'not-allowed-for-role',
        `A ${caller.role} adds ${MAKES[caller.role]?.join(', ') ?? 'nobody'}, for brands and ` +
          `marketplaces of their own; this is for a ${role}.`,
      )
    }
    await checkBrands(membership, brands)
  }
  return [...before.filter((one) => !isOfCaller(one)), ...memberships]
}

function withDefaults({
  membershipId = `m-${randomSuffix()}`,
  role,
  brandIds = isBrandRole(role) ? [] : '*',
  marketplaces = '*',
}: GivenMembership): Membership {
  return { membershipId, role, brandIds, marketplaces }
}

/** A brand's people must say which brand: that is their tenant. */
async function checkBrands(
  { role, brandIds, marketplaces }: Membership,
  brands: RecentPeople['brands'],
): Promise<void> {
  if (isBrandRole(role) && (brandIds === '*' || brandIds.length === 0)) {
    throw new ApiProblem('invalid-value', `A membership of a ${role} names its brandIds.`)
  }
  if (brandIds !== '*' && brandIds.length === 0) {
    throw new ApiProblem('invalid-value', 'A membership is for some brands, or for "*".')
  }
  if (marketplaces !== '*' && marketplaces.length === 0) {
    throw new ApiProblem('invalid-value', 'A membership is for some marketplaces, or for "*".')
  }
  for (const brandId of brandIds === '*' ? [] : brandIds) {
    if (await brands.get(brandId)) continue
    throw new ApiProblem('invalid-value', `There is no brand "${brandId}"; add it first.`)
  }
}
