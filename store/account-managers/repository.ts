import type { Calendar } from '../../domain/brand/calendar.js'
import type { Absence } from '../../domain/staff/covering.js'
import type { StaffRole } from '../../domain/vocabulary.js'
import type { Contact } from '../contact.js'

/** One of the platform's people; `rev` is what its ETag is made of. */
export interface AccountManager extends Omit<Contact, 'contactId'> {
  accountManagerId: string
  role: StaffRole
  /** The lead a case goes to when this account manager does not act. */
  leadId: string | null
  calendar: Calendar
  active: boolean
  /** Who covers for them unless somebody else is named. */
  substituteId?: string | null
  /** The present or next absence. */
  absence?: Absence | null
  rev: number
}

/** What depends on an account manager or lead. Of each kind at most 100 are named. */
export interface Responsibilities {
  brandIds: string[]
  /** Account managers whose lead they are. */
  accountManagerIds: string[]
  openCases: number
}

/** The platform's people: account managers and their leads. */
export interface AccountManagerRepository {
  find(accountManagerId: string): Promise<AccountManager | null>
  list(page: { limit: number; after?: string }): Promise<AccountManager[]>
  create(manager: Omit<AccountManager, 'rev'>): Promise<AccountManager>
  update(
    accountManagerId: string,
    rev: number,
    changes: Partial<Omit<AccountManager, 'rev' | 'accountManagerId'>>,
    /** Gets in the same transaction what depends on them, but for open cases. */
    successorId?: string,
  ): Promise<AccountManager | null>
  /** Who acts in the place of one of them at `now` (epoch ms): themselves, or whoever covers. */
  inCharge(accountManagerId: string, now: number): Promise<AccountManager | null>
  /** For whom one of them acts at `now` besides themselves. */
  coveredBy(accountManagerId: string, now: number): Promise<AccountManager[]>
  /** What depends on one of them. */
  responsibilities(accountManagerId: string): Promise<Responsibilities>
}
