import { type Connection, type QueryFilter, Schema, trusted } from 'mongoose'
import {
  NO_MARKETPLACE,
  QUESTION_KIND,
  type QuestionEvent,
  type QuestionState,
} from '../../domain/question/question.js'
import { DOCUMENT_OPTIONS, required, storable } from '../documents.js'
import type { RowDocument } from '../record/collections.js'
import type { RecordRepository } from '../record/repository.js'
import { recordsOf } from '../record/records.js'
import { inScope, oneOf } from '../scope.js'
import type { TenantScope } from '../tenant-scope.js'
import { QUESTIONS, shownOfQuestion } from './audit.js'
import type { QuestionFilter, QuestionRepository, QuestionRow } from './repository.js'

interface QuestionDocument extends Omit<QuestionRow, 'questionId'>, RowDocument<QuestionState> {
  _id: string
}

const questionSchema = new Schema<QuestionDocument>(
  {
    _id: required(String),
    workflowId: required(String),
    brandId: required(String),
    marketplace: required(String),
    caseId: String,
    phase: required(String),
    accountManagerId: String,
    askedAt: required(Date),
    dueAt: Date,
    open: required(Boolean),
    openingRev: required(Number),
    savedAt: required(Date),
    rev: required(Number),
    state: required(Schema.Types.Mixed),
  },
  DOCUMENT_OPTIONS,
)
  .index({ brandId: 1, askedAt: -1, _id: -1 })
  .index({ askedAt: -1, _id: -1 })
  .index({ accountManagerId: 1, phase: 1, askedAt: -1, _id: -1 })
  .index({ phase: 1, askedAt: -1, _id: -1 })
  .index({ caseId: 1, askedAt: -1, _id: -1 })
  .index({ open: 1, _id: 1 })

/** The questions of brands. One that is about no case is of every marketplace. */
export function questionsOf(connection: Connection): QuestionRepository {
  const rows = connection.model<QuestionDocument>('Question', questionSchema, 'questions')
  const records: RecordRepository<QuestionState, QuestionEvent, QuestionRow> = recordsOf(
    connection,
    {
      ...QUESTIONS,
      events: { model: 'QuestionEvent', collection: 'questionEvents' },
      rows,
      derivedFields: (state) => ({
        ...shownOfQuestion(state),
        open: !QUESTION_KIND.isEnded(state),
        state: storable(state),
      }),
      fixedFields: () => ({}),
      toRow,
    },
  )
  return {
    ...records,
    get: (scope, questionId) => records.get(withGeneral(scope), questionId),
    events: (scope, questionId) => records.events(withGeneral(scope), questionId),

    async list(scope, filter, { limit, after }) {
      const last = after === undefined ? null : await rows.findById(after).lean<QuestionDocument>()
      const following: QueryFilter<QuestionDocument>[] = last
        ? [
            {
              $or: [
                { askedAt: trusted({ $lt: last.askedAt }) },
                { askedAt: last.askedAt, _id: trusted({ $lt: last._id }) },
              ],
            },
          ]
        : []
      const found = await rows
        .find({ $and: [inScope(withGeneral(scope)), conditionsOf(filter), ...following] })
        .sort({ askedAt: -1, _id: -1 })
        .limit(limit)
        .lean<QuestionDocument[]>()
      return found.map(toRow)
    },
  }
}

function conditionsOf({
  brandId,
  caseId,
  phases,
  accountManagerIds,
}: QuestionFilter): QueryFilter<QuestionDocument> {
  return {
    ...(brandId === undefined ? {} : { brandId }),
    ...(caseId === undefined ? {} : { caseId }),
    ...(phases === undefined ? {} : { phase: trusted({ $in: [...phases] }) }),
    ...(accountManagerIds === undefined ? {} : { accountManagerId: oneOf(accountManagerIds) }),
  }
}

function withGeneral({ brandIds, marketplaces }: TenantScope): TenantScope {
  const seen = marketplaces === '*' ? marketplaces : [...marketplaces, NO_MARKETPLACE]
  return { brandIds, marketplaces: seen }
}

function toRow(document: QuestionDocument): QuestionRow {
  const { _id, workflowId, brandId, marketplace, caseId, phase, accountManagerId } = document
  const { askedAt, dueAt, rev, state } = document
  return {
    ...{ questionId: _id, workflowId, brandId, marketplace, caseId, phase, accountManagerId },
    ...{ askedAt, dueAt, rev, state },
  }
}
