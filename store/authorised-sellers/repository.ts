import type { TenantScope } from '../tenant-scope.js'

/** A seller the brand allows, on one marketplace, optionally for one SKU and a span of time. */
export interface AuthorisedSeller {
  entryId: string
  brandId: string
  marketplace: string
  sellerId: string
  sku: string | null
  validFrom: Date
  validUntil: Date | null
  caseId: string | null
  createdBy: string
  createdAt: Date
}

/** The brands' lists of sellers they allow. A brand outside the scope is as if absent. */
export interface AuthorisedSellerRepository {
  list(
    scope: TenantScope,
    brandId: string,
    page: { limit: number; after?: string },
  ): Promise<AuthorisedSeller[]>
  add(entry: AuthorisedSeller): Promise<AuthorisedSeller>
  /** Adds all of them or none. */
  addMany(entries: readonly AuthorisedSeller[]): Promise<void>
  /** What there is on these sellers of a marketplace. */
  ofSellers(
    scope: TenantScope,
    brandId: string,
    sellers: { marketplace: string; sellerIds: readonly string[] },
  ): Promise<AuthorisedSeller[]>
  remove(scope: TenantScope, brandId: string, entryId: string): Promise<boolean>
  /** The entry that covers this seller, SKU and instant, if any. */
  covering(query: {
    brandId: string
    marketplace: string
    sellerId: string
    sku: string | null
    at: Date
  }): Promise<AuthorisedSeller | null>
}
