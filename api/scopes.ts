import type { Role } from '../domain/vocabulary.js'

/**
 * What an operation needs. Every route names one (or `public`), or the process does not boot. What
 * a role may do to a case beyond that depends on the case and is decided by domain/handling.ts.
 */
export const SCOPES = [
  'cases:report',
  'reports:read',
  'cases:read',
  'cases:decide',
  'cases:extend',
  'cases:manage',
  'cases:withdraw',
  'cases:recall',
  'notes:write',
  'brands:read',
  'brands:create',
  'brands:write',
  'managers:read',
  'managers:write',
  'keys:manage',
  'stats:read',
] as const
export type Scope = (typeof SCOPES)[number]

const READER = ['cases:read', 'stats:read'] as const
const BRAND_MEMBER = [
  ...READER,
  'cases:decide',
  'cases:extend',
  'notes:write',
  'brands:read',
] as const
const CASE_STAFF = [...BRAND_MEMBER, 'cases:manage', 'managers:read'] as const

/** The one table of who may do what. */
const GRANTS: Record<Role, readonly Scope[]> = {
  monitor: [...READER, 'cases:report', 'reports:read', 'cases:withdraw', 'cases:recall'],
  brandMember: BRAND_MEMBER,
  brandAdmin: [...BRAND_MEMBER, 'brands:write', 'keys:manage'],
  accountManager: CASE_STAFF,
  lead: CASE_STAFF,
  operator: [
    ...READER,
    'reports:read',
    'cases:extend',
    'cases:manage',
    'cases:withdraw',
    'notes:write',
    'brands:read',
    'brands:create',
    'brands:write',
    'managers:read',
    'managers:write',
    'keys:manage',
  ],
}

/** Whether a role was granted it. */
export function mayUse(role: Role, scope: Scope): boolean {
  return GRANTS[role].includes(scope)
}

/** The roles an operation is open to, for the contract. */
export function rolesWith(scope: Scope): Role[] {
  return (Object.keys(GRANTS) as Role[]).filter((role) => mayUse(role, scope))
}
