import { type Static, Type } from 'typebox'
import {
  ATTESTATION_VERSION,
  INDICATORS,
  NOTE_AUDIENCES,
  OUTCOMES,
  PHASES,
  RIGHTS,
  STAFF_ROLES,
  VERDICTS,
} from '../domain/vocabulary.js'
import { closed, Id, Instant, Named, Nullable, SENT_AS, Slug, Text, Word } from './common.js'
import { MAX_DECISIONS } from './limits.js'
import { ProblemSchema } from './problem-schema.js'

const decisionId = Type.String({
  pattern: '^[A-Za-z0-9._-]{1,64}$',
  description: 'Made by the client so that sending it again is the same decision.',
})

const ShownHash = Type.String({
  pattern: '^[0-9a-f]{64}$',
  description:
    '`shown.hash` of the case as it was looked at. A confirmation needs it; an answer is refused ' +
    '(`listing-changed`) when seller, title, pictures or price have changed since.',
})

const answerFields = {
  verdict: Word(VERDICTS),
  right: Type.Optional(Word(RIGHTS)),
  shownHash: Type.Optional(ShownHash),
  reasonCode: Type.Optional(Text(100)),
  indicators: Type.Optional(Type.Array(Word(INDICATORS), { maxItems: INDICATORS.length })),
  explanation: Type.Optional(Text(4000)),
  confidence: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  attestation: Type.Optional(
    Type.Object(
      {
        accepted: Type.Literal(true),
        textVersion: Type.Optional(Type.Literal(ATTESTATION_VERSION)),
      },
      {
        ...closed,
        description: 'The good-faith statement; needed when a brand confirms an infringement.',
      },
    ),
  ),
  proof: Type.Optional(Text(2000)),
  question: Type.Optional(Text(2000)),
  allowList: Type.Optional(
    Type.Object({ sku: Type.Optional(Id(200)), until: Type.Optional(Instant) }, closed),
  ),
}

/** What may hold for many cases: each has been shown a listing of its own. */
const { shownHash: _ofOneCase, ...sharedFields } = answerFields

/** An answer to "does this listing infringe?". */
export const NewDecisionSchema = Named(
  'NewDecision',
  Type.Object({ decisionId: Type.Optional(decisionId), ...answerFields }, closed),
)
export type NewDecision = Static<typeof NewDecisionSchema>

/** The same for one of many cases. */
export const BatchDecisionSchema = Type.Object(
  {
    caseId: Type.Optional(Id(300)),
    marketplace: Type.Optional(Slug),
    listingId: Type.Optional(Id(200)),
    decisionId: Type.Optional(decisionId),
    ...answerFields,
  },
  closed,
)

const BatchItemSchema = Named(
  'BatchDecision',
  Type.Object(
    { ...BatchDecisionSchema.properties, verdict: Type.Optional(answerFields.verdict) },
    { ...closed, description: 'A `verdict` is needed here or for all.' },
  ),
)

/** Many decisions; fields beside `decisions` hold for every item that does not give its own. */
export const DecisionBatchSchema = Named(
  'DecisionBatch',
  Type.Object(
    {
      decisions: Type.Array(
        Type.Record(Type.String(), Type.Unknown(), { [SENT_AS]: BatchItemSchema }),
        {
          minItems: 1,
          maxItems: MAX_DECISIONS,
          description:
            'Each with the `caseId`, or the `marketplace` and `listingId` of an open case; ' +
            'one that does not fit is refused alone.',
        },
      ),
      ...sharedFields,
      verdict: Type.Optional(answerFields.verdict),
    },
    closed,
  ),
)
export type DecisionBatch = Static<typeof DecisionBatchSchema>

/** Why a confirmation waits, and how long at least. */
export const HeldSchema = Named(
  'Held',
  Type.Object(
    { ms: Type.Integer(), reason: Type.String() },
    {
      description:
        'There because the brand confirmed more within an hour than its brake lets pass, or because ' +
        'that could not be counted. Until `dueAt` of the case, `undecide` stops it.',
    },
  ),
)

const appliedFields = {
  caseId: Type.String(),
  rev: Type.Integer(),
  phase: Word(PHASES),
  dueAt: Nullable(Instant),
  decisionId: Type.Optional(Type.String()),
  outcome: Type.Optional(Word(OUTCOMES)),
}
/** Where the case stands after a message was applied. */
export const AppliedSchema = Named('Applied', Type.Object(appliedFields))
export type Applied = Static<typeof AppliedSchema>

/** The answer was applied. */
export const DecidedSchema = Named(
  'Decided',
  Type.Object({ ...appliedFields, held: Type.Optional(HeldSchema), applied: Type.Literal(true) }),
)

/** The answer is kept, but nobody has looked at it yet; ask for the decision later. */
export const AcceptedSchema = Named(
  'Accepted',
  Type.Object({
    caseId: Type.String(),
    decisionId: Type.String(),
    applied: Type.Literal(false),
  }),
)

const DECISION_STATES = [
  'won',
  'handedOver',
  'refused',
  'undone',
  'superseded',
  'late',
  'pending',
] as const

/** What became of one decision. */
export const DecisionStateSchema = Named(
  'DecisionState',
  Type.Object({
    caseId: Type.String(),
    decisionId: Type.String(),
    state: Word(DECISION_STATES),
    phase: Word(PHASES),
    outcome: Nullable(Word(OUTCOMES)),
    verdict: Type.Optional(Word(VERDICTS)),
    at: Type.Optional(Instant),
    refusal: Type.Optional(Type.String()),
  }),
)

const DecisionResultSchema = Named(
  'DecisionResult',
  Type.Object({
    index: Type.Integer(),
    line: Type.Optional(Type.Integer({ description: 'Of the CSV; the header is line 1.' })),
    caseId: Type.Optional(Type.String()),
    decisionId: Type.Optional(Type.String()),
    status: Type.Integer({ description: 'What a single decision would have been answered.' }),
    applied: Type.Boolean(),
    phase: Type.Optional(Word(PHASES)),
    outcome: Type.Optional(Word(OUTCOMES)),
    held: Type.Optional(HeldSchema),
    problem: Type.Optional(ProblemSchema),
  }),
)

/** What became of each decision of a batch, in their order. */
export const DecisionBatchResultSchema = Named(
  'DecisionBatchResult',
  Type.Object({
    results: Type.Array(DecisionResultSchema),
    counts: Type.Object({
      applied: Type.Integer(),
      accepted: Type.Integer(),
      refused: Type.Integer(),
    }),
    ignoredColumns: Type.Optional(
      Type.Array(Type.String(), { description: 'Columns of the CSV that are no field.' }),
    ),
  }),
)

/** Bodies of the other messages to a case. */
export const UndecideSchema = Named(
  'Undecide',
  Type.Object({ decisionId, reason: Text(1000) }, closed),
)
export const ExtendSchema = Named(
  'Extend',
  Type.Object({ until: Instant, reason: Type.Optional(Text(1000)) }, closed),
)
export const ReassignSchema = Named(
  'Reassign',
  Type.Object(
    {
      role: Word(STAFF_ROLES),
      to: Slug,
      reason: Type.Optional(Text(1000)),
    },
    closed,
  ),
)
export const ReturnToBrandSchema = Named(
  'ReturnToBrand',
  Type.Object({ message: Text(4000) }, closed),
)
export const RetryTakedownSchema = Named(
  'RetryTakedown',
  Type.Object({ acceptChanged: Type.Optional(Type.Boolean()) }, closed),
)
export const ReasonSchema = Named('Reason', Type.Object({ reason: Text(1000) }, closed))
export const CloseSchema = Named(
  'Close',
  Type.Object(
    {
      reason: Text(1000),
      force: Type.Optional(
        Type.Boolean({
          description:
            'Close without knowing what became of the takedown, for a marketplace that never answers.',
        }),
      ),
    },
    closed,
  ),
)
export const NewNoteSchema = Named(
  'NewNote',
  Type.Object(
    {
      text: Text(4000),
      audience: Type.Optional(
        Word(
          NOTE_AUDIENCES,
          'Who reads it, beside staff: nobody, the brand, or the marketplace’s monitors. A brand writes for ' +
            '`brand`; staff, unless told, `internal`.',
        ),
      ),
    },
    closed,
  ),
)

/** The case that takes a closed one up again. */
export const ReopenedSchema = Named(
  'Reopened',
  Type.Object({
    caseId: Type.String({ description: 'The new case.' }),
    reopens: Type.String({ description: 'The closed one.' }),
  }),
)
export type DecisionBatchResult = Static<typeof DecisionBatchResultSchema>
