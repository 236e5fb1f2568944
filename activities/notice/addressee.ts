import { seesCasesOf } from '../../domain/person/memberships.js'
import { parseRecipient } from '../../domain/notice/recipients.js'
import type { MailContact } from '../../notifications/mail-input.js'
import { EVERYTHING, type Person, type Store } from '../../store/store.js'
import type { ActivityDependencies } from '../dependencies.js'

/** Who a mail goes to. */
export interface Addressee {
  contact: MailContact
  email: string
  timeZone: string
  /** True where they can sign in and see that case there. */
  signsInFor: (of: { brandId: string; marketplace: string }) => boolean
  /** Whose place they take, who is away: they act in their own name, signed in. */
  coversFor?: string
}

/** Finds who a recipient's name is; `null` when they are no longer there. */
export function createFindAddressee({
  store,
  onCall,
}: Pick<ActivityDependencies, 'onCall'> & {
  store: Pick<Store, 'accountManagers' | 'brands' | 'people'>
}): (recipient: string) => Promise<Addressee | null> {
  return async (contactId) => {
    const recipient = parseRecipient(contactId)
    switch (recipient?.kind) {
      case 'staff': {
        const { accountManagerId } = recipient
        const own = await store.accountManagers.find(accountManagerId)
        if (!own?.active) return null
        const person = (await store.accountManagers.inCharge(accountManagerId, Date.now())) ?? own
        const { name, locale, role, email, calendar } = person
        const contact = { contactId, name, role, locale }
        const to = { contact, email, timeZone: calendar.timeZone }
        if (person.accountManagerId !== accountManagerId) {
          return { ...to, signsInFor: () => true, coversFor: own.name }
        }
        return { ...to, signsInFor: seenBy(await store.people.findByEmail(email), false) }
      }
      case 'onCall': {
        const contact = { contactId, name: 'On call', role: 'lead', locale: 'en' } as const
        // Nobody in particular, who answers with a key of their own.
        return onCall ? { contact, email: onCall, timeZone: 'UTC', signsInFor: () => false } : null
      }
      case 'brand': {
        const brand = await store.brands.find(EVERYTHING, recipient.brandId)
        const person = brand?.contacts.find((one) => one.contactId === recipient.contactId)
        if (!brand || !person) return null
        const { name, locale, email } = person
        const contact = { contactId, name, role: 'brandMember', locale } as const
        const account = await store.people.findByEmail(email)
        const { timeZone } = brand.calendar
        return { contact, email, timeZone, signsInFor: seenBy(account, true) }
      }
      case undefined:
        return null
    }
  }
}

/** Whoever is only invited has never signed in, and would not know how. */
function seenBy(account: Person | null, asBrand: boolean): Addressee['signsInFor'] {
  if (account?.joinedAt == null || account.deactivatedAt !== null) return () => false
  return (of) => seesCasesOf(account.memberships, of, asBrand)
}
