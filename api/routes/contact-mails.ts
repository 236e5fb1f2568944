import { Type } from 'typebox'
import { BrandParams } from '../../contract/common.js'
import {
  ContactMailsSchema,
  ContactParams,
  MailSettingsSchema,
} from '../../contract/mail-settings.js'
import { DEFAULT_MAIL_SETTINGS } from '../../domain/notice/mail-settings.js'
import { brandRecipient } from '../../domain/notice/recipients.js'
import { addressDigest } from '../../platform/answer-token.js'
import type { RouteDeps } from '../deps.js'
import { found, notFound } from '../errors.js'
import { type App, callerOf } from './route.js'

/** How the contacts of a brand get mails; each may choose it by the link in their mails, too. */
export function contactMailRoutes(app: App, { store, now }: RouteDeps): void {
  const { brands, mailSettings } = store

  app.get(
    '/brands/:brandId/mail-settings',
    {
      config: { scope: 'brands:read', problems: ['not-found'] },
      schema: {
        operationId: 'listMailSettings',
        summary: 'Read how the contacts of a brand get mails',
        description: 'Of each contact, at the address they have now.',
        tags: ['Brands'],
        params: BrandParams,
        response: { 200: Type.Object({ items: Type.Array(ContactMailsSchema) }) },
      },
    },
    async (request) => {
      const { brandId } = request.params
      const { contacts } = await found('brand', brands.find(callerOf(request), brandId))
      const items = await Promise.all(
        contacts.map(async ({ contactId, email }) => {
          const recipient = brandRecipient(brandId, contactId)
          const chosen = await mailSettings.find(recipient, addressDigest(email))
          return { contactId, ...(chosen ?? DEFAULT_MAIL_SETTINGS) }
        }),
      )
      return { items }
    },
  )

  app.put(
    '/brands/:brandId/mail-settings/:contactId',
    {
      config: { scope: 'brands:write', problems: ['not-found'] },
      schema: {
        operationId: 'saveContactMailSettings',
        summary: 'Choose how a contact gets mails',
        description:
          'Safety risks, and what would be due before the next mail, come at once all the same. ' +
          'At another address a contact has chosen nothing yet.',
        tags: ['Brands'],
        params: ContactParams,
        body: MailSettingsSchema,
        response: { 200: ContactMailsSchema },
      },
    },
    async (request) => {
      const { brandId, contactId } = request.params
      const { contacts } = await found('brand', brands.find(callerOf(request), brandId))
      const contact = contacts.find((one) => one.contactId === contactId)
      if (!contact) throw notFound('contact')
      const recipient = brandRecipient(brandId, contactId)
      await mailSettings.save(
        recipient,
        addressDigest(contact.email),
        request.body,
        new Date(now()),
      )
      return { contactId, ...request.body }
    },
  )
}
