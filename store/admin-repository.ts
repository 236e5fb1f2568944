import type { Brake } from '../domain/brand/brake.js'
import type { Calendar } from '../domain/brand/calendar.js'
import type { DecideMessage } from '../domain/case/messages.js'
import type { BrandPolicy } from '../domain/brand/policy.js'
import type { Role, Severity, StaffRole, Verdict } from '../domain/vocabulary.js'
import type { Locale } from '../wording/vocabulary.js'
import type { TenantScope } from './tenant-scope.js'

/** Somebody who gets mail. */
export interface Contact {
  contactId: string
  name: string
  email: string
  locale: Locale
}

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

/** One of the platform's people; `rev` is what its ETag is made of. */
export interface AccountManager extends Omit<Contact, 'contactId'> {
  accountManagerId: string
  role: StaffRole
  /** The lead a case goes to when this account manager does not act. */
  leadId: string | null
  calendar: Calendar
  active: boolean
  rev: number
}

/** What a caller of the API may do and see. */
export interface ApiKey {
  keyId: string
  name: string
  /** SHA-256 of the secret; the secret itself is shown once and never stored. */
  hash: string
  role: Role
  brandIds: string[] | '*'
  marketplaces: string[] | '*'
  /** The most severe severity a monitor's key may suspect. */
  severityCap: Severity
  /** The monitor that a monitor's key is for; absent where none was named. */
  monitorName?: string
  createdAt: Date
  createdBy: string
  expiresAt: Date | null
  revokedAt: Date | null
  lastUsedAt: Date | null
}

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

/** An answer that came after the case had closed. */
export interface LateAnswer {
  caseId: string
  decisionId: string
  brandId: string
  verdict: Verdict
  by: { role: Role; id: string }
  receivedAt: Date
  message: DecideMessage
}

/** Thrown when a row was changed by somebody else since it was read (HTTP 412). */
export class StaleRevision extends Error {
  override name = 'StaleRevision'
}
/** Thrown when an id to be created exists (HTTP 409). */
export class AlreadyExists extends Error {
  override name = 'AlreadyExists'
}

/** What depends on an account manager or lead. Of each kind at most 100 are named. */
export interface Responsibilities {
  brandIds: string[]
  /** Account managers whose lead they are. */
  accountManagerIds: string[]
  openCases: number
}

/** Who is responsible for what. */
export interface ResponsibilityRepository {
  responsibilities(accountManagerId: string): Promise<Responsibilities>
}

/** Thrown when nobody could administer the service any more. */
export class LastOperator extends Error {
  override name = 'LastOperator'
}
/** Thrown when the key that makes another was revoked meanwhile. */
export class MakerRevoked extends Error {
  override name = 'MakerRevoked'
}
/** Thrown when a brand has as many keys that work as it may have. */
export class TooManyKeys extends Error {
  override name = 'TooManyKeys'
}

/** What people administer, and the late answers. A brand outside the scope is as if absent. */
export interface AdminRepository extends ResponsibilityRepository {
  brand(scope: TenantScope, brandId: string): Promise<Brand | null>
  brands(scope: TenantScope, page: { limit: number; after?: string }): Promise<Brand[]>
  createBrand(
    brand: Omit<Brand, 'rev' | 'policyVersion' | 'createdAt' | 'updatedAt'>,
  ): Promise<Brand>
  /** Changes the named fields if `rev` is still current; throws `StaleRevision`. `null` = unknown. */
  updateBrand(
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
  accountManager(accountManagerId: string): Promise<AccountManager | null>
  accountManagers(page: { limit: number; after?: string }): Promise<AccountManager[]>
  createAccountManager(manager: Omit<AccountManager, 'rev'>): Promise<AccountManager>
  updateAccountManager(
    accountManagerId: string,
    rev: number,
    changes: Partial<Omit<AccountManager, 'rev' | 'accountManagerId'>>,
    /** Gets in the same transaction what depends on them, but for open cases. */
    successorId?: string,
  ): Promise<AccountManager | null>
  authorisedSellers(
    scope: TenantScope,
    brandId: string,
    page: { limit: number; after?: string },
  ): Promise<AuthorisedSeller[]>
  addAuthorisedSeller(entry: AuthorisedSeller): Promise<AuthorisedSeller>
  removeAuthorisedSeller(scope: TenantScope, brandId: string, entryId: string): Promise<boolean>
  /** The entry that covers this seller, SKU and instant, if any. */
  findAuthorisedSeller(query: {
    brandId: string
    marketplace: string
    sellerId: string
    sku: string | null
    at: Date
  }): Promise<AuthorisedSeller | null>
  apiKey(keyId: string): Promise<ApiKey | null>
  apiKeys(page: { limit: number; after?: string }): Promise<ApiKey[]>
  /**
   * Keeps a new key. With `liveKeysOfBrand`, throws `TooManyKeys` where one of its brands has that
   * many working keys of brand roles; throws `MakerRevoked` where the key that makes it was revoked.
   */
  createApiKey(key: ApiKey, limits?: { liveKeysOfBrand: number }): Promise<ApiKey>
  /**
   * Revokes a key and, unless `keepMade`, those it made and so on, but for the revoking key `by` and
   * what that made. Gives the ids of those that worked until now. Throws `LastOperator` rather than
   * revoke the last operator's key for everything.
   */
  revokeApiKey(
    keyId: string,
    options: { at: Date; by: string; keepMade?: boolean },
  ): Promise<string[]>
  /** Remembers the use of a key, to the minute. */
  touchApiKey(keyId: string, at: Date): Promise<void>
  /**
   * Keeps the first of equal decision ids, and the first 100 of a case. Throws `RangeError` for what
   * is no case id.
   */
  /** False when the case has so many that it was not kept. */
  addLateAnswer(answer: LateAnswer): Promise<boolean>
  lateAnswers(scope: TenantScope, caseId: string): Promise<LateAnswer[]>
}
