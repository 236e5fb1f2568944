import { DEFAULT_CALENDAR } from '../../domain/brand/calendar.js'
import { type BrandPolicy, DEFAULT_POLICY } from '../../domain/brand/policy.js'
import { generateApiKey } from '../../platform/api-key.js'
import { randomSuffix } from '../../platform/digest.js'
import type {
  AccountManager,
  ApiKey,
  AuthorisedSeller,
  Brand,
  Reference,
} from '../../store/store.js'

/** A brand as it is handed to `createBrand`. */
export type NewBrand = Omit<Brand, 'rev' | 'policyVersion' | 'createdAt' | 'updatedAt'>

/** A brand with one contact and the default policy. */
export function buildBrand(overrides: Partial<NewBrand> = {}): NewBrand {
  return {
    brandId: 'northwind',
    name: 'Northwind',
    active: true,
    contacts: [
      { contactId: 'mei-lin', name: 'Mei Lin', email: 'mei.lin@northwind.example', locale: 'en' },
    ],
    accountManagerId: 'ana-souza',
    calendar: DEFAULT_CALENDAR,
    policy: buildPolicy(),
    ...overrides,
  }
}

/** The default policy, changed in its top-level fields. */
export function buildPolicy(overrides: Partial<BrandPolicy> = {}): BrandPolicy {
  return { ...DEFAULT_POLICY, ...overrides }
}

export function buildAccountManager(
  overrides: Partial<Omit<AccountManager, 'rev'>> = {},
): Omit<AccountManager, 'rev'> {
  return {
    accountManagerId: 'ana-souza',
    name: 'Ana Souza',
    email: 'ana.souza@platform.example',
    locale: 'en',
    role: 'accountManager',
    leadId: 'li-wei',
    calendar: DEFAULT_CALENDAR,
    active: true,
    ...overrides,
  }
}

/** A key of an operator with access to everything. The secret is thrown away. */
export function buildApiKey(overrides: Partial<ApiKey> = {}): ApiKey {
  const { keyId, hash } = generateApiKey()
  return {
    keyId,
    name: 'operator on duty',
    hash,
    role: 'operator',
    brandIds: '*',
    marketplaces: '*',
    severityCap: 'S1',
    createdAt: new Date('2026-03-01T00:00:00Z'),
    createdBy: 'operator',
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
    ...overrides,
  }
}

export function buildAuthorisedSeller(overrides: Partial<AuthorisedSeller> = {}): AuthorisedSeller {
  return {
    entryId: `as-${randomSuffix()}`,
    brandId: 'northwind',
    marketplace: 'taobao',
    sellerId: 'shop-2214',
    sku: null,
    validFrom: new Date('2026-01-01T00:00:00Z'),
    validUntil: null,
    caseId: null,
    createdBy: 'mei-lin',
    createdAt: new Date('2026-01-01T00:00:00Z'),
    ...overrides,
  }
}

/** A genuine product of a brand, without pictures. */
export function buildReference(overrides: Partial<Reference> = {}): Reference {
  return {
    ...{ referenceId: `ref-${randomSuffix()}`, brandId: 'northwind', name: 'Classic shoulder bag' },
    ...{ skus: ['BAG-1'], words: ['shoulder bag'], features: ['A zip of brass'] },
    ...{ suggestedPrice: { amount: 2_400, currency: 'CNY' }, rights: null, pictures: [] },
    ...{ rev: 1, updatedAt: new Date('2026-03-02T08:00:00Z') },
    ...overrides,
  }
}
