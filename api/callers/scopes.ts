import {
  BRAND_ROLES,
  type CaseAct,
  PERSON_ROLES,
  type Role,
  ROLES,
  STAFF_ROLES,
} from '../../domain/vocabulary.js'
import { REOPENERS } from '../../domain/case/reopening.js'
import { SENDERS } from '../../domain/case/message/senders.js'
import { MESSAGES } from '../../domain/case/messages.js'

/**
 * How far what an operation touches reaches, and so what the key must cover. What lies outside the
 * brands and marketplaces of a key does not exist for it (404); what only reaches further than the
 * key is refused (403).
 */
export const REACHES = {
  own: 'whatever lies within the key; the rest is left out',
  case: 'the brand and the marketplace of the case',
  question: 'the brand of the question, and the marketplace of a case that it is about',
  report: 'the brand and the marketplace of the report',
  brand: 'the brand',
  brandOnMarketplace: 'the brand, and the marketplace that is named',
  wholeBrand: 'the brand on every marketplace, so that the key must be for all of them',
  key: 'the brands and marketplaces of the other key',
  person: 'the brands and marketplaces of the memberships of the person',
  view: 'the caller’s own, and those shared within a brand of the key',
  session: 'the sessions of whoever signed in; no key has one',
  sweep: 'the brands and marketplaces of the key that asked for it',
  platform: 'every brand and marketplace, so that the key must be for all of them',
  staff: 'the people of the platform, whom all staff may know',
} as const
export type Reach = keyof typeof REACHES

interface Access {
  /** Who is granted it. */
  roles: readonly Role[]
  reach: Reach
}

const EVERYONE = ROLES
const BRAND = BRAND_ROLES
const STAFF = SENDERS['cases:manage']
const ADMINISTRATORS = ['brandAdmin', 'operator'] as const

/**
 * The one table of who may do what, and how far it reaches. Every route names one of its scopes (or
 * `public`), or the process does not boot. What a role may do to a case beyond that depends on the
 * case and is decided by its message's rule in domain/case/message/. docs/access.md is made from it.
 */
export const ACCESS = {
  'cases:report': { roles: ['monitor'], reach: 'brandOnMarketplace' },
  'reports:read': { roles: ['monitor', 'operator'], reach: 'report' },
  'cases:recall': { roles: ['monitor'], reach: 'own' },
  'cases:read': { roles: EVERYONE, reach: 'case' },
  'cases:decide': { roles: SENDERS['cases:decide'], reach: 'case' },
  'cases:extend': { roles: SENDERS['cases:extend'], reach: 'case' },
  'cases:manage': { roles: STAFF, reach: 'case' },
  'cases:reopen': { roles: REOPENERS, reach: 'case' },
  'cases:reassign': { roles: STAFF, reach: 'own' },
  'sweeps:read': { roles: ['monitor', ...STAFF], reach: 'sweep' },
  'cases:withdraw': { roles: SENDERS['cases:withdraw'], reach: 'case' },
  'notes:write': { roles: SENDERS['notes:write'], reach: 'case' },
  'references:read': { roles: [...BRAND, ...STAFF], reach: 'brand' },
  'references:write': { roles: [...BRAND, ...STAFF], reach: 'brand' },
  'cases:background': { roles: [...BRAND, ...STAFF], reach: 'case' },
  'brands:read': { roles: [...BRAND, ...STAFF], reach: 'brand' },
  'brands:create': { roles: ['operator'], reach: 'wholeBrand' },
  'brands:write': { roles: ADMINISTRATORS, reach: 'wholeBrand' },
  'sellers:write': { roles: ADMINISTRATORS, reach: 'brandOnMarketplace' },
  'calendars:read': { roles: PERSON_ROLES, reach: 'own' },
  'marketplaces:read': { roles: EVERYONE, reach: 'own' },
  'marketplaces:manage': { roles: ['operator'], reach: 'platform' },
  'managers:read': { roles: STAFF, reach: 'staff' },
  'managers:write': { roles: ['operator'], reach: 'platform' },
  'managers:cover': { roles: STAFF, reach: 'staff' },
  'keys:manage': { roles: ADMINISTRATORS, reach: 'key' },
  'people:read': { roles: ADMINISTRATORS, reach: 'person' },
  'people:manage': { roles: ADMINISTRATORS, reach: 'person' },
  'webhooks:manage': { roles: ADMINISTRATORS, reach: 'wholeBrand' },
  'session:own': { roles: PERSON_ROLES, reach: 'session' },
  'views:own': { roles: [...BRAND, ...STAFF], reach: 'view' },
  'questions:read': { roles: [...BRAND, ...STAFF], reach: 'question' },
  'questions:ask': { roles: BRAND, reach: 'question' },
  'questions:answer': { roles: STAFF_ROLES, reach: 'question' },
  'desk:read': { roles: STAFF, reach: 'own' },
  'desk:lead': { roles: ['lead', 'operator'], reach: 'own' },
  'stats:read': { roles: EVERYONE, reach: 'own' },
} as const satisfies Record<string, Access>
export type Scope = keyof typeof ACCESS

/** What can be asked of a case needs the scope that its row names. */
export function scopeOf(act: CaseAct): Scope {
  return act === 'reopen' ? 'cases:reopen' : MESSAGES[act].scope
}

/** Whose keys and memberships somebody may make, read and end, within the own reach. */
export const MAKES: Partial<Record<Role, readonly Role[]>> = {
  operator: ROLES,
  brandAdmin: BRAND,
}

/** Whether a role was granted it. */
export function mayUse(role: Role, scope: Scope): boolean {
  return rolesWith(scope).includes(role)
}

/** The roles an operation is open to, for the contract. */
export function rolesWith(scope: Scope): readonly Role[] {
  return ACCESS[scope].roles
}
