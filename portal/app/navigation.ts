import type { PersonRole } from '../../domain/vocabulary.js'
import { BRAND_ROLES, PERSON_ROLES, STAFF_ROLES } from '../../domain/vocabulary.js'
import type { PortalWord } from '../../wording/portal-words.js'

/** A screen that the bar leads to, and for whom. */
interface Destination {
  to:
    | '/'
    | '/questions'
    | '/desk'
    | '/lead'
    | '/dashboard'
    | '/brands'
    | '/marketplaces'
    | '/settings'
  word: PortalWord
  roles: readonly PersonRole[]
}

const DESTINATIONS: readonly Destination[] = [
  { to: '/', word: 'nav.inbox', roles: PERSON_ROLES },
  { to: '/desk', word: 'nav.desk', roles: STAFF_ROLES },
  { to: '/lead', word: 'nav.lead', roles: ['lead'] },
  { to: '/questions', word: 'nav.questions', roles: [...BRAND_ROLES, ...STAFF_ROLES] },
  { to: '/dashboard', word: 'nav.dashboard', roles: PERSON_ROLES },
  { to: '/brands', word: 'nav.brands', roles: ['operator'] },
  { to: '/marketplaces', word: 'nav.marketplaces', roles: ['operator'] },
  { to: '/settings', word: 'nav.settings', roles: PERSON_ROLES },
]

/** Where somebody of that role can go, in the order of the bar. */
export function destinationsOf(role: PersonRole): readonly Destination[] {
  return DESTINATIONS.filter(({ roles }) => roles.includes(role))
}
