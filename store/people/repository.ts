import type { Membership } from '../../domain/person/memberships.js'
import type { Locale } from '../../wording/vocabulary.js'
import type { TenantScope } from '../tenant-scope.js'

/** What lets somebody in for the first time. */
export interface Invitation {
  expiresAt: Date
  /** When the mail server took the mail; `null` while it has not. */
  mailedAt: Date | null
}

/** How a provider of OpenID Connect knows somebody. */
export interface Identity {
  issuer: string
  /** Theirs for good, whatever becomes of their address. */
  subject: string
}

/** Somebody who signs in; `rev` is what their ETag is made of. */
export interface Person {
  personId: string
  name: string
  /** As it was given. No two people have the same, however it is written. */
  email: string
  locale: Locale
  memberships: Membership[]
  /** By whom else they are known; at most one of each issuer. */
  identities: Identity[]
  /** The account manager or lead that they are, for those who get their cases by mail. */
  accountManagerId: string | null
  /** `null` once they have signed in. */
  invitation: Invitation | null
  joinedAt: Date | null
  deactivatedAt: Date | null
  createdAt: Date
  /** The id of the key or person. */
  createdBy: string
  rev: number
}

/** What can be changed of a person. */
export type PersonChanges = Partial<
  Pick<Person, 'name' | 'email' | 'locale' | 'memberships' | 'accountManagerId' | 'deactivatedAt'>
>

/** Thrown when a brand that takes part would have no administrator any more. */
export class LastAdmin extends Error {
  override name = 'LastAdmin'
}

/** The people who sign in. */
export interface PersonRepository {
  find(personId: string): Promise<Person | null>
  /** However the address is written. */
  findByEmail(email: string): Promise<Person | null>
  /** Whom a provider knows so. */
  findByIdentity(identity: Identity): Promise<Person | null>
  /** People with a membership for one of these brands, deactivated ones too; all for `'*'`. */
  list(
    scope: Pick<TenantScope, 'brandIds'>,
    page: { limit: number; after?: string },
  ): Promise<Person[]>
  /** Throws `AlreadyExists` where somebody has the address. */
  create(person: Omit<Person, 'rev'>): Promise<Person>
  /**
   * Changes the named fields if `rev` is still current (`null`: whatever it is); throws `StaleRevision`, `AlreadyExists` for
   * an address that somebody has, and `LastAdmin`. Ends the sessions of memberships that are gone;
   * all of them, every link and identity, where the person is deactivated or their address changes.
   */
  change(personId: string, rev: number | null, changes: PersonChanges): Promise<Person | null>
  /** Keeps until when somebody is invited, who has not joined. */
  invite(personId: string, invitation: Invitation): Promise<void>
  /** Keeps how a provider knows somebody; `false` where it knows them otherwise, or knows another so. */
  identify(personId: string, identity: Identity): Promise<boolean>
  /** Remembers that somebody has signed in for the first time; the invitation is used up. */
  join(personId: string, at: Date): Promise<void>
}
