import type { Static } from 'typebox'
import type { AccountManagerSchema } from '../../contract/people.js'
import type { AccountManager } from '../../store/store.js'

/** Nothing of them is kept back. */
export function presentManager(manager: AccountManager): Static<typeof AccountManagerSchema> {
  return manager
}
