import type { Membership } from '../../domain/person/memberships.js'
import type { RecentPeople } from '../callers/recent-people.js'

/** The names of the brands that memberships name, by id; one that is not known is called by its id. */
export async function brandNamesOf(
  memberships: readonly Pick<Membership, 'brandIds'>[],
  brands: RecentPeople['brands'],
): Promise<Map<string, string>> {
  const ids = new Set(memberships.flatMap(({ brandIds }) => (brandIds === '*' ? [] : brandIds)))
  const named = [...ids].map(
    async (brandId) => [brandId, (await brands.get(brandId))?.name ?? brandId] as const,
  )
  return new Map(await Promise.all(named))
}
