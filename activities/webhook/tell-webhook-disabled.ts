import { ApplicationFailure, log } from '@temporalio/activity'
import { administeredBrands } from '../../domain/person/memberships.js'
import { MailError } from '../../notifications/mail-error.js'
import type { Mail } from '../../notifications/mail-transport.js'
import { renderWebhookMail } from '../../notifications/webhook-mail.js'
import { type Brand, EVERYTHING, type WebhookEndpoint } from '../../store/store.js'
import type { ActivityDependencies } from '../dependencies.js'
import { whileBeating } from '../while-beating.js'

const PEOPLE_AT_ONCE = 200

type Addressee = Pick<Mail, 'to' | 'contactId'> & {
  person: Parameters<typeof renderWebhookMail>[0]['person']
}

/**
 * Tells the administrators of a brand that its endpoint was given up; its contacts, where nobody who
 * administers it signs in. Whom the mail server refuses is left out; where it is away, all of it is
 * tried again under the same Message-IDs.
 */
export function createTellWebhookDisabled({
  store,
  mail,
  publicUrl,
}: Pick<ActivityDependencies, 'store' | 'mail' | 'publicUrl'>) {
  return async function tellWebhookDisabled({ endpointId }: { endpointId: string }): Promise<void> {
    const endpoint = await store.webhookEndpoints.get(endpointId)
    const brand = endpoint && (await store.brands.find(EVERYTHING, endpoint.brandId))
    if (!endpoint?.disabled || !brand) return
    const { disabled } = endpoint
    const addressees = await addresseesOf(brand)
    await whileBeating(async () => {
      const sent = await Promise.allSettled(
        addressees.map((addressee) => send(addressee, brand, endpoint, disabled)),
      )
      const failed = sent.filter(({ status }) => status === 'rejected')
      if (failed.length > 0) {
        throw ApplicationFailure.retryable(`${failed.length} mails were not taken`, 'MailNotTaken')
      }
    })
  }

  async function send(
    { to, contactId, person }: Addressee,
    brand: Brand,
    { endpointId, url: endpointUrl }: WebhookEndpoint,
    { at, reason }: NonNullable<WebhookEndpoint['disabled']>,
  ): Promise<void> {
    const url = `${publicUrl}/settings/webhooks`
    const rendered = renderWebhookMail({ person, brand: brand.name, endpointUrl, reason, url })
    try {
      await mail.send({
        ...{ to, contactId, kind: 'webhookDisabled', window: `${endpointId}.${at.getTime()}` },
        ...rendered,
      })
    } catch (error) {
      if (!(error instanceof MailError && error.kind === 'refused')) throw error
      log.warn('nobody reads the mail that an endpoint was given up', { contactId, error })
    }
  }

  async function addresseesOf({ brandId, contacts }: Brand): Promise<Addressee[]> {
    const administrators = await administratorsOf(brandId)
    if (administrators.length > 0) return administrators
    return contacts.map(({ contactId, name, email, locale }) => ({
      to: { name, address: email },
      contactId,
      person: { name, locale },
    }))
  }

  async function administratorsOf(brandId: string): Promise<Addressee[]> {
    const found: Addressee[] = []
    for (let after: string | undefined; ;) {
      const page = { limit: PEOPLE_AT_ONCE, ...(after === undefined ? {} : { after }) }
      const people = await store.people.list({ brandIds: [brandId] }, page)
      for (const { personId, name, email, locale, memberships, ...since } of people) {
        const isIn = since.joinedAt !== null && since.deactivatedAt === null
        if (!isIn || !administeredBrands(memberships).includes(brandId)) continue
        const person = { name, locale }
        found.push({ to: { name, address: email }, contactId: personId, person })
      }
      after = people.at(-1)?.personId
      if (people.length < PEOPLE_AT_ONCE) return found
    }
  }
}
