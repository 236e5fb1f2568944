import { type Connection, Schema } from 'mongoose'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { DOCUMENT_OPTIONS, required } from '../documents.js'
import { inScope, oneOf } from '../scope.js'
import { isDuplicateKey } from '../transaction.js'
import type { CaseView, CaseViewRepository } from './repository.js'

interface CaseViewDocument extends Omit<CaseView, 'caseId'> {
  _id: string
}

/** Two of the longest periods that are compared with each other. */
const KEPT_S = (2 * 400 * DAY_MS) / 1000

const caseViewSchema = new Schema<CaseViewDocument>(
  {
    _id: required(String),
    brandId: required(String),
    marketplace: required(String),
    personId: required(String),
    at: required(Date),
  },
  DOCUMENT_OPTIONS,
).index({ at: 1 }, { expireAfterSeconds: KEPT_S })

/** First looks at cases, one document each. */
export function caseViewsOf(connection: Connection): CaseViewRepository {
  const model = connection.model<CaseViewDocument>('CaseView', caseViewSchema, 'caseViews')
  return {
    async note({ caseId, ...fields }) {
      try {
        await model.updateOne({ _id: caseId }, { $setOnInsert: fields }, { upsert: true })
      } catch (error) {
        // Somebody else was first in the same moment.
        if (!isDuplicateKey(error)) throw error
      }
    },

    async firstViews(scope, caseIds) {
      const views = await model
        .find({ $and: [{ _id: oneOf(caseIds) }, inScope(scope)] }, { at: 1 })
        .lean<Pick<CaseViewDocument, '_id' | 'at'>[]>()
      return new Map(views.map(({ _id, at }) => [_id, at]))
    },
  }
}
