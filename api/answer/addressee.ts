import { parseRecipient } from '../../domain/recipients.js'
import { addressDigest, type AnswerClaims } from '../../platform/answer-token.js'
import {
  type AccountManager,
  type AdminRepository,
  type Brand,
  EVERYTHING,
} from '../../store/store.js'
import { OUTAGE_MEMORY_MS } from '../authenticate.js'
import type { DatabaseGate } from '../outage.js'
import { createRecentCache } from '../recent-cache.js'
import type { PageReader } from './page.js'

const FRESH_MS = 3_000
const MAX_CACHED = 2_000

/** Finds the person a link was sent to; `null` when they, at that address, may no longer answer. */
export type FindAddressee = (
  claims: Pick<AnswerClaims, 'contactId' | 'role' | 'address'>,
) => Promise<PageReader | null>

/** Looks people up, and remembers them for a while, so that answers work during an outage. */
export function createFindAddressee(
  admin: Pick<AdminRepository, 'brand' | 'accountManager'>,
  gate: DatabaseGate,
  now: () => number,
): FindAddressee {
  const cached = <T>(load: (id: string) => Promise<T | null>) =>
    createRecentCache<T>({
      load: (id) => gate.attempt(() => load(id)),
      now,
      freshMs: FRESH_MS,
      outageMs: OUTAGE_MEMORY_MS,
      maxEntries: MAX_CACHED,
    })
  const brands = cached<Brand>((id) => admin.brand(EVERYTHING, id))
  const managers = cached<AccountManager>((id) => admin.accountManager(id))

  return async ({ contactId, role, address }) => {
    const recipient = parseRecipient(contactId)
    if (recipient?.kind === 'staff') {
      const person = await managers.get(recipient.accountManagerId)
      if (!person?.active || person.role !== role) return null
      if (addressDigest(person.email) !== address) return null
      const { name, locale, calendar } = person
      return { name, role, locale, timeZone: calendar.timeZone }
    }
    if (recipient?.kind !== 'brand' || role !== 'brandMember') return null
    const brand = await brands.get(recipient.brandId)
    const person = brand?.contacts.find((contact) => contact.contactId === recipient.contactId)
    if (!brand?.active || !person || addressDigest(person.email) !== address) return null
    return { name: person.name, role, locale: person.locale, timeZone: brand.calendar.timeZone }
  }
}
