import type { Brake } from '../../domain/brand/brake.js'
import type { BrandPolicy } from '../../domain/brand/policy.js'
import type { ApiClient } from '../../client/client.js'

/** The calendar of Brazilian offices; holidays are left to whoever uses it in earnest. */
export const SAO_PAULO = { timeZone: 'America/Sao_Paulo', weekdays: [1, 2, 3, 4, 5], holidays: [] }

/** Who steps in after the account manager. Every name here is invented. */
export const LEAD = {
  accountManagerId: 'rui-tavares',
  name: 'Rui Tavares',
  role: 'lead',
  email: 'rui.tavares@marketplace.example',
  locale: 'en',
  calendar: SAO_PAULO,
} as const
/** Who looks after the brands for the marketplace. */
export const ACCOUNT_MANAGER = {
  accountManagerId: 'ana-souza',
  name: 'Ana Souza',
  role: 'accountManager',
  email: 'ana.souza@marketplace.example',
  locale: 'en',
  calendar: SAO_PAULO,
  leadId: LEAD.accountManagerId,
} as const

/** A brand as it is added: one contact, looked after by the account manager above. */
export interface NewBrand {
  brandId: string
  name: string
  contact: { contactId: string; name: string; email: string }
  calendar?: typeof SAO_PAULO
  /** The default policy where absent. */
  policy?: BrandPolicy
  /** The default brake where absent. */
  brake?: Brake
}

/** Adds the people and brands that are not there yet; what is there stays as it is. */
export async function addPeople(operator: ApiClient, brands: readonly NewBrand[]): Promise<void> {
  await operator.create('/account-managers', LEAD)
  await operator.create('/account-managers', ACCOUNT_MANAGER)
  for (const { contact, ...brand } of brands) {
    await operator.create('/brands', {
      ...brand,
      contacts: [{ ...contact, locale: 'en' }],
      accountManagerId: ACCOUNT_MANAGER.accountManagerId,
    })
  }
}
