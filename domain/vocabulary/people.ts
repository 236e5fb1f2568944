/** Who may call. `system` is the service itself and never an API role. */
export const ROLES = [
  'monitor',
  'brandMember',
  'brandAdmin',
  'accountManager',
  'lead',
  'operator',
] as const
export type Role = (typeof ROLES)[number]

/** What people who sign in may be; a monitor is a program. */
export const PERSON_ROLES = [
  'brandMember',
  'brandAdmin',
  'accountManager',
  'lead',
  'operator',
] as const satisfies readonly Role[]
export type PersonRole = (typeof PERSON_ROLES)[number]

/** Where a link that signs somebody in comes from: asked for, sent with an invitation, handed out. */
export const SIGN_IN_LINK_KINDS = ['asked', 'invitation', 'handed'] as const
export type SignInLinkKind = (typeof SIGN_IN_LINK_KINDS)[number]

/** Who looks after a brand for the platform, and who steps in after them. */
export const STAFF_ROLES = ['accountManager', 'lead'] as const satisfies readonly Role[]
export type StaffRole = (typeof STAFF_ROLES)[number]

/** The roles that may answer by a link in a mail. */
export const ANSWERING_ROLES = [
  'brandMember',
  'accountManager',
  'lead',
] as const satisfies readonly Role[]
export type AnsweringRole = (typeof ANSWERING_ROLES)[number]

/** Who speaks for the brand itself. */
export const BRAND_ROLES = ['brandMember', 'brandAdmin'] as const satisfies readonly Role[]

/** True for the roles that speak for the brand itself. */
export function isBrandRole(role: Role | 'system' | undefined): boolean {
  return (BRAND_ROLES as readonly unknown[]).includes(role)
}

/** The way a message reached us; `portal` is whatever people do when signed in. */
export const VIAS = ['api', 'portal', 'batch', 'mailLink', 'temporalUi', 'system'] as const
export type Via = (typeof VIAS)[number]
