import { type ClientSession, type Connection, Schema, trusted } from 'mongoose'
import type { CaseEvent } from '../../domain/case/events.js'
import type { CaseState } from '../../domain/case/state.js'
import { parseInstant } from '../../domain/form/instants.js'
import { DOCUMENT_OPTIONS, required } from '../documents.js'
import { afterId, inScope, oneOf } from '../scope.js'
import { AlreadyExists } from '../errors.js'
import { mayUseBrand } from '../tenant-scope.js'
import type { AuthorisedSeller, AuthorisedSellerRepository } from './repository.js'
import { inTransaction, isDuplicateKey } from '../transaction.js'

interface AuthorisedSellerDocument extends Omit<AuthorisedSeller, 'entryId'> {
  _id: string
}

const authorisedSellerSchema = new Schema<AuthorisedSellerDocument>(
  {
    _id: required(String),
    brandId: required(String),
    marketplace: required(String),
    sellerId: required(String),
    sku: String,
    validFrom: required(Date),
    validUntil: Date,
    caseId: String,
    createdBy: required(String),
    createdAt: required(Date),
  },
  DOCUMENT_OPTIONS,
)
  .index({ brandId: 1, marketplace: 1, sellerId: 1 })
  .index({ brandId: 1, _id: 1 })

export type AuthorisedSellers = ReturnType<typeof authorisedSellersOf>

/** The brands' lists of sellers they allow. */
export function authorisedSellersOf(connection: Connection) {
  const model = connection.model<AuthorisedSellerDocument>(
    'AuthorisedSeller',
    authorisedSellerSchema,
    'authorisedSellers',
  )

  /**
   * The entry a release asked for, valid from then on; at most one a case. An end that is no date
   * makes no entry: it would be valid for ever, which nobody asked for.
   */
  async function addFromCase(
    session: ClientSession,
    { caseId, brandId, marketplace, decision }: CaseState,
    event: CaseEvent<'closed'>,
  ): Promise<void> {
    const { allowList } = event.data
    const validUntil = allowList?.until === undefined ? null : parseInstant(allowList.until)
    if (!allowList || (allowList.until !== undefined && validUntil === null)) return
    const at = new Date(event.at)
    const fields = {
      brandId,
      marketplace,
      sellerId: allowList.sellerId,
      sku: allowList.sku ?? null,
      validFrom: at,
      validUntil: validUntil === null ? null : new Date(validUntil),
      caseId,
      createdBy: decision?.by.id ?? event.by.id,
      createdAt: at,
    }
    await model.updateOne(
      { _id: `al~${caseId}` },
      { $setOnInsert: fields },
      { upsert: true, session },
    )
  }

  const repository: AuthorisedSellerRepository = {
    async list(scope, brandId, { limit, after }) {
      if (!mayUseBrand(scope, brandId)) return []
      const entries = await model
        .find({ $and: [inScope(scope), { brandId }, afterId(after)] })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<AuthorisedSellerDocument[]>()
      return entries.map(toEntry)
    },

    async add(entry) {
      const { entryId, ...fields } = entry
      try {
        await model.create({ _id: entryId, ...fields })
      } catch (error) {
        if (isDuplicateKey(error)) {
          throw new AlreadyExists(`the list has an entry ${entryId}; choose another id`)
        }
        throw error
      }
      return entry
    },

    async addMany(entries) {
      const documents = entries.map(({ entryId, ...fields }) => ({ _id: entryId, ...fields }))
      await inTransaction(connection, async (session) => {
        await model.insertMany(documents, { session })
      })
    },

    async ofSellers(scope, brandId, { marketplace, sellerIds }) {
      if (!mayUseBrand(scope, brandId)) return []
      const entries = await model
        .find({ $and: [inScope(scope), { brandId, marketplace, sellerId: oneOf(sellerIds) }] })
        .lean<AuthorisedSellerDocument[]>()
      return entries.map(toEntry)
    },

    async remove(scope, brandId, entryId) {
      if (!mayUseBrand(scope, brandId)) return false
      const { deletedCount } = await model.deleteOne({
        $and: [inScope(scope), { _id: entryId, brandId }],
      })
      return deletedCount === 1
    },

    async covering({ brandId, marketplace, sellerId, sku, at }) {
      const entry = await model
        .findOne({
          brandId,
          marketplace,
          sellerId,
          sku: trusted({ $in: [null, sku] }),
          validFrom: trusted({ $lte: at }),
          $or: [{ validUntil: null }, { validUntil: trusted({ $gt: at }) }],
        })
        .sort({ _id: 1 })
        .lean<AuthorisedSellerDocument>()
      return entry && toEntry(entry)
    },
  }
  return { repository, addFromCase }
}

function toEntry({ _id, ...fields }: AuthorisedSellerDocument): AuthorisedSeller {
  return { entryId: _id, ...fields }
}
