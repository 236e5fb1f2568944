import { type Connection, Schema } from 'mongoose'
import type { MailSettings } from '../../domain/notice/mail-settings.js'
import { MAIL_FREQUENCIES } from '../../domain/vocabulary.js'
import { DOCUMENT_OPTIONS, required } from '../documents.js'
import type { MailSettingsRepository } from './repository.js'

interface MailSettingsDocument extends MailSettings {
  /** `<recipient>~<address>` */
  _id: string
  changedAt: Date
}

const mailSettingsSchema = new Schema<MailSettingsDocument>(
  {
    _id: required(String),
    frequency: { type: String, enum: MAIL_FREQUENCIES, required: true },
    news: required(Boolean),
    changedAt: required(Date),
  },
  DOCUMENT_OPTIONS,
)

/** What people have chosen about their mails. */
export function mailSettingsOf(connection: Connection): MailSettingsRepository {
  const model = connection.model<MailSettingsDocument>(
    'MailSettings',
    mailSettingsSchema,
    'mailSettings',
  )
  return {
    async find(recipient, address) {
      const found = await model
        .findById(`${recipient}~${address}`, { _id: 0, frequency: 1, news: 1 })
        .lean<MailSettings>()
      return found
    },

    async save(recipient, address, { frequency, news }, changedAt) {
      const _id = `${recipient}~${address}`
      await model.updateOne({ _id }, { $set: { frequency, news, changedAt } }, { upsert: true })
    },
  }
}
