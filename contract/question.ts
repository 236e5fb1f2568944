import { type Static, Type } from 'typebox'
import { MAX_QUESTION_LENGTH } from '../domain/question/answering.js'
import { QUESTION_PHASES } from '../domain/vocabulary.js'
import { ActorSchema } from './actor.js'
import { closed, Instant, Named, Nullable, Slug, Text, Word } from './common.js'

/** A question of a brand to its account manager. */
export const NewQuestionSchema = Named(
  'NewQuestion',
  Type.Object(
    {
      text: Text(MAX_QUESTION_LENGTH),
      brandId: Type.Optional(Slug),
      caseId: Type.Optional(Type.String({ maxLength: 300 })),
    },
    closed,
  ),
)
/** The question is kept; its record follows. */
export const AskedQuestionSchema = Named(
  'AskedQuestion',
  Type.Object({ questionId: Type.String() }),
)

/** Its answer. */
export const NewAnswerSchema = Named(
  'NewAnswer',
  Type.Object({ text: Text(MAX_QUESTION_LENGTH) }, closed),
)
/** What became of it: `false` while nobody has looked at it yet, who will. */
export const AnswerAppliedSchema = Named(
  'AnswerApplied',
  Type.Object({ questionId: Type.String(), applied: Type.Boolean() }),
)

/** A question with its answer, as both sides read it. */
export const QuestionSchema = Named(
  'Question',
  Type.Object({
    questionId: Type.String(),
    brandId: Type.String(),
    caseId: Nullable(Type.String()),
    phase: Word(QUESTION_PHASES),
    text: Type.String(),
    askedBy: Nullable(ActorSchema),
    askedAt: Instant,
    accountManagerId: Nullable(Type.String()),
    dueAt: Nullable(Instant),
    answer: Nullable(
      Named('QuestionAnswer', Type.Object({ text: Type.String(), by: ActorSchema, at: Instant })),
    ),
  }),
)
export type Question = Static<typeof QuestionSchema>

/** Which questions, and which page of them. */
export const QuestionListQuerySchema = Type.Object(
  {
    open: Type.Optional(Type.Boolean()),
    phase: Type.Optional(Word(QUESTION_PHASES)),
    brandId: Type.Optional(Slug),
    caseId: Type.Optional(Type.String({ maxLength: 300 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
    after: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
  },
  closed,
)
export const QuestionParams = Type.Object({ questionId: Type.String({ maxLength: 300 }) })
