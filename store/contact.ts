import type { Locale } from '../wording/vocabulary.js'

/** Somebody who gets mail. */
export interface Contact {
  contactId: string
  name: string
  email: string
  locale: Locale
}
