/** What a caller may see. Every read and write of tenant data takes one; `'*'` = all. */
export interface TenantScope {
  brandIds: readonly string[] | '*'
  marketplaces: readonly string[] | '*'
}

/** The scope of the service itself and of operators' tools. */
export const EVERYTHING: TenantScope = { brandIds: '*', marketplaces: '*' }

/** True when things of this brand are in a caller's scope. */
export function mayUseBrand({ brandIds }: Pick<TenantScope, 'brandIds'>, brandId: string): boolean {
  return brandIds === '*' || brandIds.includes(brandId)
}
