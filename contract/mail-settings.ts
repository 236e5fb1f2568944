import { type Static, Type } from 'typebox'
import { MAIL_FREQUENCIES } from '../domain/vocabulary.js'
import { BrandParams, closed, Named, Word } from './common.js'

const fields = { frequency: Word(MAIL_FREQUENCIES), news: Type.Boolean() }

/** How a contact is to get mails. */
export const MailSettingsSchema = Named('MailSettings', Type.Object(fields, closed))

/** How a contact of a brand gets mails at the address that they have. */
export const ContactMailsSchema = Named(
  'ContactMails',
  Type.Object({ contactId: Type.String(), ...fields }),
)
export type ContactMails = Static<typeof ContactMailsSchema>

/** Names a contact of a brand. */
export const ContactParams = Type.Object({
  ...BrandParams.properties,
  contactId: Type.String({ maxLength: 100 }),
})
