import { type Connection, Schema } from 'mongoose'
import { parseCaseId } from '../../domain/case/identity.js'
import { ROLES, VERDICTS } from '../../domain/vocabulary.js'
import { DOCUMENT_OPTIONS, required, storable } from '../documents.js'
import { inScope } from '../scope.js'
import type { LateAnswer, LateAnswerRepository } from './repository.js'

interface LateAnswerDocument extends LateAnswer {
  /** `<caseId>:<decisionId>` */
  _id: string
  marketplace: string
}

const lateAnswerSchema = new Schema<LateAnswerDocument>(
  {
    _id: required(String),
    caseId: required(String),
    decisionId: required(String),
    brandId: required(String),
    marketplace: required(String),
    verdict: { type: String, enum: VERDICTS, required: true },
    by: new Schema(
      { role: { type: String, enum: ROLES, required: true }, id: required(String) },
      { _id: false },
    ),
    receivedAt: required(Date),
    message: required(Schema.Types.Mixed),
  },
  DOCUMENT_OPTIONS,
).index({ caseId: 1, receivedAt: 1 })

/** Nobody means more than a few; without a limit anyone with a key could fill the database. */
const MAX_LATE_ANSWERS = 100

/** Answers that came after their case had closed, outside its chain. */
export function lateAnswersOf(connection: Connection): LateAnswerRepository {
  const model = connection.model<LateAnswerDocument>('LateAnswer', lateAnswerSchema, 'lateAnswers')
  return {
    async add(answer) {
      const { caseId, decisionId } = answer
      const marketplace = parseCaseId(caseId)?.marketplace
      if (marketplace === undefined) {
        throw new RangeError(`"${caseId}" is not a case id; a late answer must name its case`)
      }
      const kept = await model.countDocuments({ caseId }, { limit: MAX_LATE_ANSWERS })
      const _id = `${caseId}:${decisionId}`
      if (kept >= MAX_LATE_ANSWERS) return (await model.exists({ _id })) !== null
      const fields = { ...answer, message: storable(answer.message), marketplace }
      await model.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true })
      return true
    },

    async list(scope, caseId) {
      const found = await model
        .find({ $and: [inScope(scope), { caseId }] })
        .sort({ receivedAt: 1 })
        .lean<LateAnswerDocument[]>()
      return found.map(({ _id, marketplace, ...answer }) => answer)
    },
  }
}
