import type { DecideMessage } from '../domain/case-messages.js'
import type { CaseEvent } from '../domain/case-events.js'
import type { CaseState } from '../domain/case-state.js'
import type { Calendar } from '../domain/calendar.js'
import type { BrandPolicy } from '../domain/policy.js'
import type { Outcome, Owner, Phase, Role, Severity, Verdict } from '../domain/vocabulary.js'

/** What a caller may see. Every read and write of tenant data takes one; `'*'` = all. */
export interface TenantScope {
  brandIds: readonly string[] | '*'
  marketplaces: readonly string[] | '*'
}
export const EVERYTHING: TenantScope = { brandIds: '*', marketplaces: '*' }

export interface Contact {
  contactId: string
  name: string
  email: string
  locale: 'en' | 'zh-CN'
}

/** A rights holder taking part. `rev` and `policyVersion` are what ETags are made of. */
export interface Brand {
  brandId: string
  name: string
  active: boolean
  contacts: Contact[]
  accountManagerId: string | null
  calendar: Calendar
  policy: BrandPolicy
  policyVersion: number
  rev: number
  createdAt: Date
  updatedAt: Date
}

export interface AccountManager extends Omit<Contact, 'contactId'> {
  accountManagerId: string
  role: 'accountManager' | 'lead'
  /** The lead a case goes to when this account manager does not act. */
  leadId: string | null
  calendar: Calendar
  active: boolean
  rev: number
}

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

/** One case as lists and filters see it; `state` is the whole. */
export interface CaseRow {
  caseId: string
  workflowId: string
  brandId: string
  marketplace: string
  listingId: string
  title: string
  sellerId: string
  severity: Severity
  phase: Phase
  outcome: Outcome | null
  owner: Owner | null
  accountManagerId: string | null
  dueAt: Date | null
  openedAt: Date
  updatedAt: Date
  closedAt: Date | null
  ruleIds: string[]
  externalIds: string[]
  rev: number
  state: CaseState
}

export interface StoredEvent {
  event: CaseEvent
  caseId: string
  /** RFC 8785 text that `hash` is taken over, with `prevHash` in it. */
  canonical: string
  prevHash: string
  hash: string
}

/** An event exactly as it lies in the database, for verifying it. */
export interface RecordedEvent extends Omit<StoredEvent, 'event'> {
  seq: number
  /** The event as shown to people beside `canonical`; unequal only if somebody changed one. */
  shown: { seq: number; at: number; type: string; by: unknown; data: unknown }
}

export interface CaseFilter {
  brandId?: string
  phase?: Phase
  outcome?: Outcome
  marketplace?: string
  /** The case's account manager, or its lead while it is the lead's turn. */
  assignee?: string
  severity?: Severity
  ruleId?: string
  sellerId?: string
  externalId?: string
  dueBefore?: Date
  updatedAfter?: Date
  /**
   * Words that must all occur, as part of a word too, in title, listing id or seller id; case does
   * not matter. The first 10 words of the first 200 characters count.
   */
  text?: string
  open?: boolean
}
export interface Page<T> {
  items: T[]
  /** Keyset position after the last item, `null` at the end. */
  next: { openedAt: Date; caseId: string } | null
}

export interface OpenCaseCommand {
  workflowId: string
  externalId: string | null
  events: CaseEvent[]
  state: CaseState
}

export interface SaveCaseCommand {
  caseId: string
  workflowId: string
  /** The events not saved yet, in order. Saving the same again changes nothing. */
  events: CaseEvent[]
  state: CaseState
}

/**
 * The record cannot be continued as asked: an event was saved before with other content, or its
 * predecessor is missing. Trying again does not help; somebody must look (store/audit.ts).
 */
export class RecordConflict extends Error {
  override name = 'RecordConflict'
}

/** Who claimed a sighting first. */
export interface SightingClaim {
  sightingId: string
  caseId: string
  marketplace: string
  listingId: string
}

export interface CaseRepository {
  /**
   * Claims the sighting and writes row and first events in one transaction. On a retry (same case
   * id) the stored first events are the answer. When another case has the sighting, nothing is
   * written: open the case again with events that refuse it. A refused case claims nothing.
   */
  open(
    command: OpenCaseCommand,
  ): Promise<{ kind: 'opened'; events: CaseEvent[] } | { kind: 'claimed'; claim: SightingClaim }>
  /** The stored first events of a case, when it was opened before; for retries of `open`. */
  openingEvents(caseId: string): Promise<CaseEvent[] | null>
  /**
   * One transaction: events, claims of added sightings (first come, first served), allow-list
   * entries, and the row if `state` is newer. `savedRev`: every event up to it is on record.
   * Throws `RecordConflict`; any other error is worth a retry.
   */
  save(command: SaveCaseCommand): Promise<{ savedRev: number }>
  get(scope: TenantScope, caseId: string): Promise<CaseRow | null>
  getMany(scope: TenantScope, caseIds: readonly string[]): Promise<CaseRow[]>
  list(
    scope: TenantScope,
    filter: CaseFilter,
    page: { limit: number; after?: { openedAt: Date; caseId: string } },
  ): Promise<Page<CaseRow>>
  events(scope: TenantScope, caseId: string): Promise<StoredEvent[]>
  /** Everything on record about a case, unread and unchecked, for the audit. */
  recordOf(caseId: string): Promise<{ row: CaseRow | null; events: RecordedEvent[] }>
  /** The latest closed case of that listing and brand; refused ones, which answer nothing, aside. */
  latestClosed(key: {
    brandId: string
    marketplace: string
    listingId: string
  }): Promise<CaseRow | null>
  claimOf(sightingId: string): Promise<SightingClaim | null>
  /** Open cases that carry that rule, for a recall. */
  openByRule(
    marketplaces: readonly string[] | '*',
    ruleId: string,
    after: string | null,
    limit: number,
  ): Promise<CaseRow[]>
  sellerStats(
    scope: TenantScope,
    seller: { marketplace: string; sellerId: string; brandId: string },
    since: Date,
  ): Promise<{ open: number; removed: number }>
  stats(scope: TenantScope, now: Date): Promise<CaseStats>
  /** All ids of cases whose row is open, ascending, for the reconciler. */
  openCaseIds(after: string | null, limit: number): Promise<string[]>
  /** Ids of all cases with a row or a first event, ascending, for the audit. */
  caseIds(after: string | null, limit: number): Promise<string[]>
}

/** Percentiles are exact over the latest 10 000 cases of the span; `n` says how many those were. */
export interface CaseStats {
  openByPhase: Partial<Record<Phase, number>>
  /** Open cases by age: under a day, 1–3 days, 3–7 days, older. */
  openByAge: {
    underOneDay: number
    oneToThreeDays: number
    threeToSevenDays: number
    older: number
  }
  /** Open cases whose deadline has passed. */
  overdue: number
  /** Cases whose standing decision was given on this day of UTC. */
  decidedToday: number
  /** ms from opening, over cases decided, or removed, in the last 90 days. */
  timeToDecisionMs: Percentiles
  timeToTakedownMs: Percentiles
}
export interface Percentiles {
  n: number
  p50: number | null
  p90: number | null
  p95: number | null
  p99: number | null
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

export interface AdminRepository {
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
    changes: Partial<Pick<Brand, 'name' | 'active' | 'contacts' | 'accountManagerId' | 'calendar'>>,
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
  createApiKey(key: ApiKey): Promise<ApiKey>
  revokeApiKey(keyId: string, at: Date): Promise<ApiKey | null>
  /** Remembers the use of a key, to the minute. */
  touchApiKey(keyId: string, at: Date): Promise<void>
  addLateAnswer(answer: LateAnswer): Promise<void>
  lateAnswers(scope: TenantScope, caseId: string): Promise<LateAnswer[]>
}

/** Everything kept in MongoDB. */
export interface Store {
  cases: CaseRepository
  admin: AdminRepository
  /** Resolves when the primary answers; rejects within `timeoutMs`. */
  ping(timeoutMs: number): Promise<void>
  close(): Promise<void>
}
