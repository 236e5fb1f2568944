import { type PersonRole, PERSON_ROLES } from '../../domain/vocabulary.js'
import type { PortalWord } from '../../wording/portal-words.js'

/** A screen of the settings, and for whom. */
export interface Section {
  to: '/settings/sessions'
  word: PortalWord
  roles: readonly PersonRole[]
  /** It is about one brand. */
  isOfBrand: boolean
}

const SECTIONS: readonly Section[] = [
  { to: '/settings/sessions', word: 'sessions.title', roles: PERSON_ROLES, isOfBrand: false },
]

/** The screens of the settings for somebody of that role, in order. */
export function sectionsOf(role: PersonRole): readonly Section[] {
  return SECTIONS.filter(({ roles }) => roles.includes(role))
}
