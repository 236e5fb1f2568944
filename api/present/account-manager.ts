import type { Static } from 'typebox'
import type { AccountManagerSchema, BrandManagerSchema } from '../../contract/people.js'
import type { AccountManager } from '../../store/store.js'
import { iso } from './iso.js'

/** Nothing of them is kept back. */
export function presentManager({
  absence,
  substituteId = null,
  ...manager
}: AccountManager): Static<typeof AccountManagerSchema> {
  const { from, until, coverId } = absence ?? {}
  const isKnown = from !== undefined && until !== undefined && coverId !== undefined
  return {
    ...manager,
    substituteId,
    absence: isKnown ? { from: iso(from), until: iso(until), coverId } : null,
  }
}

/** Who looks after a brand now, as the brand may know it; `own` is its account manager. */
export function presentBrandManager(
  own: AccountManager | null,
  present: AccountManager | null,
): Static<typeof BrandManagerSchema> {
  if (!own?.active || !present) return { name: null, coversFor: null, until: null }
  const { absence } = own
  return present.accountManagerId === own.accountManagerId || !absence
    ? { name: own.name, coversFor: null, until: null }
    : { name: present.name, coversFor: own.name, until: iso(absence.until) }
}
