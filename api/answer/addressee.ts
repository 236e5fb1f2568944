import { parseRecipient } from '../../domain/notice/recipients.js'
import { addressDigest, type AnswerClaims } from '../../platform/answer-token.js'
import type { RecentPeople } from '../callers/recent-people.js'
import type { PageReader } from './reader.js'

/** Finds the person a link was sent to; `null` when they, at that address, may no longer answer. */
export type FindAddressee = (
  claims: Pick<AnswerClaims, 'contactId' | 'role' | 'address' | 'verdicts'>,
) => Promise<PageReader | null>

/** People are looked up as `recent-people.ts` does, so that answers work during an outage. */
export function createFindAddressee({
  brands,
  managers,
}: Pick<RecentPeople, 'brands' | 'managers'>): FindAddressee {
  return async ({ contactId, role, address, verdicts }) => {
    const recipient = parseRecipient(contactId)
    if (recipient?.kind === 'staff') {
      const person = await managers.get(recipient.accountManagerId)
      if (!person?.active || person.role !== role) return null
      if (addressDigest(person.email) !== address) return null
      const { name, locale, calendar } = person
      return { name, role, locale, timeZone: calendar.timeZone, verdicts }
    }
    if (recipient?.kind !== 'brand' || role !== 'brandMember') return null
    const brand = await brands.get(recipient.brandId)
    const person = brand?.contacts.find((contact) => contact.contactId === recipient.contactId)
    if (!brand?.active || !person || addressDigest(person.email) !== address) return null
    const { name, locale } = person
    return { name, role, locale, timeZone: brand.calendar.timeZone, verdicts }
  }
}
