import { type PersonRole, PERSON_ROLES } from '../../domain/vocabulary.js'
import type { PortalWord } from '../../wording/portal-words.js'

/** Whoever may change what belongs to a brand. */
const ADMINISTRATORS: readonly PersonRole[] = ['brandAdmin', 'operator']

/** A screen of the settings, and for whom. */
export interface Section {
  to: `/settings/${'people' | 'contacts' | 'policy' | 'calendar' | 'sellers' | 'references' | 'keys' | 'webhooks' | 'sessions'}`
  word: PortalWord
  roles: readonly PersonRole[]
  /** It is about one brand. */
  isOfBrand: boolean
}

const SECTIONS: readonly Section[] = [
  { to: '/settings/people', word: 'people.title', roles: ADMINISTRATORS, isOfBrand: false },
  { to: '/settings/contacts', word: 'contacts.title', roles: PERSON_ROLES, isOfBrand: true },
  { to: '/settings/policy', word: 'policy.title', roles: PERSON_ROLES, isOfBrand: true },
  { to: '/settings/calendar', word: 'calendar.title', roles: PERSON_ROLES, isOfBrand: true },
  { to: '/settings/sellers', word: 'sellers.title', roles: PERSON_ROLES, isOfBrand: true },
  { to: '/settings/references', word: 'references.title', roles: PERSON_ROLES, isOfBrand: true },
  { to: '/settings/keys', word: 'apiKeys.title', roles: ADMINISTRATORS, isOfBrand: false },
  { to: '/settings/webhooks', word: 'webhooks.title', roles: ADMINISTRATORS, isOfBrand: true },
  { to: '/settings/sessions', word: 'sessions.title', roles: PERSON_ROLES, isOfBrand: false },
]

/** The screens of the settings for somebody of that role, in order. */
export function sectionsOf(role: PersonRole): readonly Section[] {
  return SECTIONS.filter(({ roles }) => roles.includes(role))
}

/** Whether somebody of that role may change what the settings of a brand say. */
export function mayChangeBrand(role: PersonRole): boolean {
  return ADMINISTRATORS.includes(role)
}
