import { type Connection, Schema } from 'mongoose'
import { DOCUMENT_OPTIONS, required, storable } from '../../../store/documents.js'
import type { Audited } from '../../../store/record/audit.js'
import { recordsOf } from '../../../store/record/records.js'
import type { RowDocument } from '../../../store/record/collections.js'
import type { RecordRepository, RecordRow } from '../../../store/record/repository.js'
import { QUESTION_KIND, type QuestionEvent, type QuestionState } from './question.js'

/** A question as lists would see it. */
export interface QuestionRow extends RecordRow<QuestionState> {
  questionId: string
  brandId: string
  marketplace: string
  phase: QuestionState['phase']
}
interface QuestionDocument extends Omit<QuestionRow, 'questionId'>, RowDocument<QuestionState> {
  _id: string
}

const questionSchema = new Schema<QuestionDocument>(
  {
    _id: required(String),
    workflowId: required(String),
    brandId: required(String),
    marketplace: required(String),
    phase: required(String),
    open: required(Boolean),
    openingRev: required(Number),
    savedAt: required(Date),
    rev: required(Number),
    state: required(Schema.Types.Mixed),
  },
  DOCUMENT_OPTIONS,
)

/** Whether the answer to a question was counted: written with the event, or not at all. */
interface CountedAnswer {
  _id: string
  answer: string
}
/** What the asker was told. */
interface Letter {
  _id: string
  what: string
}

export const QUESTIONS: Audited<QuestionState, QuestionEvent, QuestionRow> = {
  kind: QUESTION_KIND,
  shownFields: ({ brandId, marketplace, phase }) => ({ brandId, marketplace, phase }),
}

/** The questions in a database. */
export function questionsIn(connection: Connection) {
  const records: RecordRepository<QuestionState, QuestionEvent, QuestionRow> = recordsOf(
    connection,
    {
      ...QUESTIONS,
      events: { model: 'QuestionEvent', collection: 'questionEvents' },
      rows: connection.model<QuestionDocument>('Question', questionSchema, 'questions'),
      derivedFields(state) {
        const { brandId, marketplace, phase, rev } = state
        const open = !QUESTION_KIND.isEnded(state)
        return { brandId, marketplace, phase, rev, open, state: storable(state) }
      },
      fixedFields: () => ({}),
      toRow({ _id, workflowId, brandId, marketplace, phase, rev, state }: QuestionDocument) {
        return { questionId: _id, workflowId, brandId, marketplace, phase, rev, state }
      },
      async added(session, { questionId }, event) {
        if (event.type !== 'answered') return
        const { answer } = event.data
        await counted().insertOne({ _id: questionId, answer }, { session })
      },
    },
  )
  const counted = () => connection.collection<CountedAnswer>('countedAnswers')
  const letters = () => connection.collection<Letter>('letters')

  return {
    records,
    countedAnswer: async (questionId: string) =>
      (await counted().findOne({ _id: questionId }))?.answer ?? null,
    async tell({ questionId, what }: { questionId: string; what: string }): Promise<void> {
      const _id = `${questionId}:${what}`
      await letters().updateOne({ _id }, { $setOnInsert: { what } }, { upsert: true })
    },
    told: async (questionId: string) =>
      (
        await letters()
          .find({ _id: { $regex: `^${questionId}:` } })
          .toArray()
      ).map(({ what }) => what),
  }
}
export type Questions = ReturnType<typeof questionsIn>
