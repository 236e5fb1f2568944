import type { Brake } from '../../domain/brand/brake.js'
import type { Calendar } from '../../domain/brand/calendar.js'
import type { BrandPolicy } from '../../domain/brand/policy.js'
import type { Contact } from '../contact.js'
import type { TenantScope } from '../tenant-scope.js'

/** A rights holder taking part. `rev` and `policyVersion` are what ETags are made of. */
export interface Brand {
  brandId: string
  name: string
  active: boolean
  contacts: Contact[]
  accountManagerId: string | null
  calendar: Calendar
  /** What its confirmations are held by; the default where it is absent. */
  brake?: Brake
  policy: BrandPolicy
  policyVersion: number
  rev: number
  createdAt: Date
  updatedAt: Date
}

/** The brands taking part, and every version of their policies. One outside the scope is as if absent. */
export interface BrandRepository {
  find(scope: TenantScope, brandId: string): Promise<Brand | null>
  list(scope: TenantScope, page: { limit: number; after?: string }): Promise<Brand[]>
  /** Those that one of these account managers looks after. */
  ofManagers(scope: TenantScope, managerIds: readonly string[], limit: number): Promise<Brand[]>
  create(brand: Omit<Brand, 'rev' | 'policyVersion' | 'createdAt' | 'updatedAt'>): Promise<Brand>
  /** Changes the named fields if `rev` is still current; throws `StaleRevision`. `null` = unknown. */
  update(
    scope: TenantScope,
    brandId: string,
    rev: number,
    changes: Partial<
      Pick<Brand, 'name' | 'active' | 'contacts' | 'accountManagerId' | 'calendar' | 'brake'>
    >,
  ): Promise<Brand | null>
  /** Saves a policy as the next version, for new cases; keeps every earlier version. */
  savePolicy(
    scope: TenantScope,
    brandId: string,
    policyVersion: number,
    policy: BrandPolicy,
    by: string,
  ): Promise<Brand | null>
  policyVersions(
    scope: TenantScope,
    brandId: string,
  ): Promise<{ version: number; policy: BrandPolicy; savedAt: Date; savedBy: string }[]>
}
