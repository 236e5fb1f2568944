import { isBrandRole, type Role } from '../../domain/vocabulary.js'
import { ApiProblem } from '../errors.js'
import type { RecentPeople } from './recent-people.js'

const REMEMBERED = 20

/** Tells whether brands take part at present. */
export interface BrandStanding {
  /**
   * Throws `brand-inactive` when a brand's own key would act for a brand that no longer takes part:
   * it may read, and its open cases are the staff's to end. A brand that is absent is no matter of
   * this. During an outage what was seen lately counts.
   */
  checkActing(role: Role, brandIds: readonly string[]): Promise<void>
  /** False for a brand's own key while the brand takes no part; see `checkActing`. */
  mayAct(role: Role, brandId: string): Promise<boolean>
  /** Looks up what a key of these brands may need during an outage; at most a few of many. */
  remember(role: Role, brandIds: readonly string[]): Promise<void>
}

export function createBrandStanding({ brands }: Pick<RecentPeople, 'brands'>): BrandStanding {
  const mayAct = async (role: Role, brandId: string) =>
    !isBrandRole(role) || ((await brands.get(brandId))?.active ?? true)

  return {
    mayAct,
    async checkActing(role, brandIds) {
      for (const brandId of brandIds) {
        if (await mayAct(role, brandId)) continue
        throw new ApiProblem(
          'brand-inactive',
          `The brand ${brandId} takes no part at present; ask the marketplace's staff.`,
        )
      }
    },
    async remember(role, brandIds) {
      const some = brandIds.slice(0, REMEMBERED)
      await Promise.all(some.map((brandId) => mayAct(role, brandId)))
    },
  }
}
