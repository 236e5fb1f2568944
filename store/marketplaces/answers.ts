import { type Connection, Schema } from 'mongoose'
import { DOCUMENT_OPTIONS, required } from '../documents.js'
import type { MarketplaceAnswerRepository, MarketplaceAnswers } from './repository.js'

interface AnswersDocument extends Omit<MarketplaceAnswers, 'marketplace'> {
  _id: string
}

const answersSchema = new Schema<AnswersDocument>(
  { _id: required(String), answeredAt: Date, failedAt: Date, failure: String },
  DOCUMENT_OPTIONS,
)

/** How marketplaces have answered last. */
export function marketplaceAnswersOf(connection: Connection): MarketplaceAnswerRepository {
  const model = connection.model<AnswersDocument>(
    'MarketplaceAnswers',
    answersSchema,
    'marketplaceAnswers',
  )
  return {
    async note(marketplace, { at, failure }) {
      // Several workers note: the latest holds, whoever comes last.
      const change =
        failure === null
          ? { $max: { answeredAt: at } }
          : { $max: { failedAt: at }, $set: { failure } }
      await model.updateOne({ _id: marketplace }, change, { upsert: true })
    },

    async all() {
      const found = await model.find().sort({ _id: 1 }).lean<Partial<AnswersDocument>[]>()
      return found.map(({ _id = '', answeredAt = null, failedAt = null, failure = null }) => ({
        ...{ marketplace: _id, answeredAt, failedAt, failure },
      }))
    },
  }
}
