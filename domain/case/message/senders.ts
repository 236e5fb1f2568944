import { BRAND_ROLES, type Role, STAFF_ROLES } from '../../vocabulary.js'

const STAFF = [...STAFF_ROLES, 'operator'] as const

/** Who may send a message to a case at all, by the scope a key needs. Beyond that the case decides. */
export const SENDERS = {
  'cases:decide': [...BRAND_ROLES, ...STAFF_ROLES],
  'cases:extend': [...BRAND_ROLES, ...STAFF],
  'cases:manage': STAFF,
  'cases:withdraw': ['monitor', 'operator'],
  'notes:write': [...BRAND_ROLES, ...STAFF],
} as const satisfies Record<string, readonly Role[]>
export type MessageScope = keyof typeof SENDERS

/** True for a role that has the scope. */
export function maySend(role: Role, scope: MessageScope): boolean {
  return (SENDERS[scope] as readonly Role[]).includes(role)
}
