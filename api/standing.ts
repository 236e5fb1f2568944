import { isBrandRole, type Role } from '../domain/vocabulary.js'
import { type AdminRepository, type Brand, EVERYTHING } from '../store/store.js'
import { OUTAGE_MEMORY_MS } from './authenticate.js'
import { ApiProblem } from './errors.js'
import type { DatabaseGate } from './outage.js'
import { createRecentCache } from './recent-cache.js'

const FRESH_MS = 3_000
const MAX_CACHED_BRANDS = 5_000
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

/** Looks brands up, at most every few seconds each. */
export function createBrandStanding(
  admin: Pick<AdminRepository, 'brand'>,
  gate: DatabaseGate,
  now: () => number,
): BrandStanding {
  const brands = createRecentCache<Pick<Brand, 'active'>>({
    load: (brandId) => gate.attempt(() => admin.brand(EVERYTHING, brandId)),
    now,
    freshMs: FRESH_MS,
    outageMs: OUTAGE_MEMORY_MS,
    maxEntries: MAX_CACHED_BRANDS,
  })
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
