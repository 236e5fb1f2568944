import { type Connection, Schema, trusted } from 'mongoose'
import { parseCaseId } from '../../domain/case/identity.js'
import { MAIL_RESULTS, NOTICE_KINDS } from '../../domain/vocabulary.js'
import { DOCUMENT_OPTIONS, required } from '../documents.js'
import { mayUseBrand, type TenantScope } from '../tenant-scope.js'
import type { SentMail, SentMails } from './repository.js'

interface MailDocument extends Omit<SentMail, 'mailId'> {
  _id: string
}

const mailSchema = new Schema<MailDocument>(
  {
    _id: required(String),
    messageId: { type: String, default: null },
    contactId: required(String),
    kind: { type: String, enum: NOTICE_KINDS, required: true },
    sentAt: required(Date),
    caseIds: required([String]),
    result: { type: String, enum: MAIL_RESULTS, required: true },
    resultAt: required(Date),
    detail: { type: String, default: null },
  },
  DOCUMENT_OPTIONS,
)
  .index({ caseIds: 1, sentAt: -1, _id: -1 })
  .index({ messageId: 1 }, { sparse: true })

const MOST = 200

/** The mails about cases, as far as it is known what became of them. */
export function sentMailsOf(connection: Connection): SentMails {
  const model = connection.model<MailDocument>('Mail', mailSchema, 'mails')
  return {
    async keep({ mailId: _id, ...fields }) {
      // A bounce is later than any attempt at sending.
      const isOpen = { _id, result: trusted({ $ne: 'bounced' as const }) }
      // What is sent again may list fewer cases; that it had left stays known.
      const { caseIds, result } = fields
      const news = result === 'sending' ? { caseIds } : fields
      const known = await model.updateOne(isOpen, { $set: news })
      if (known.matchedCount === 0) {
        await model.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true })
      }
    },

    async find(mailId) {
      const found = await model.findById(mailId).lean<MailDocument>()
      return found && toMail(found)
    },

    async bounced(messageId, { at, detail }) {
      const change = { $set: { result: 'bounced' as const, resultAt: at, detail } }
      await model.updateOne({ messageId, result: 'sent' }, change)
      const mail = await model.findOne({ messageId }).lean<MailDocument>()
      return mail && toMail(mail)
    },

    async about(scope, caseId) {
      if (!isInScope(scope, caseId)) return []
      const latest = await model
        .find({ caseIds: caseId })
        .sort({ sentAt: -1, _id: -1 })
        .limit(MOST)
        .lean<MailDocument[]>()
      return latest.map(toMail).toReversed()
    },
  }
}

/** A mail to staff is about cases of several brands: what of it may be seen is said by the case. */
function isInScope(scope: TenantScope, caseId: string): boolean {
  const named = parseCaseId(caseId)
  if (!named || !mayUseBrand(scope, named.brandId)) return false
  return scope.marketplaces === '*' || scope.marketplaces.includes(named.marketplace)
}

function toMail({ _id, ...fields }: MailDocument): SentMail {
  return { mailId: _id, ...fields }
}
