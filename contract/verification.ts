import { type Static, Type } from 'typebox'
import { RECORD_PROBLEMS } from '../domain/vocabulary.js'
import { Instant, Named, Nullable, Word } from './common.js'

/** What became of going through a record from its first event to its last. */
export const VerificationSchema = Named(
  'Verification',
  Type.Object({
    caseId: Type.String(),
    verifiedAt: Instant,
    eventCount: Type.Integer({ description: 'How many events the record has.' }),
    headHash: Nullable(
      Type.String(),
      'Hash of the last event. Kept elsewhere, it shows later whether the whole record was rewritten.',
    ),
    finding: Nullable(
      Type.Object({
        seq: Nullable(
          Type.Integer(),
          'The event that does not fit; `null` when it is the case that its events lead to.',
        ),
        problem: Word(RECORD_PROBLEMS),
        detail: Type.Optional(Type.String()),
      }),
    ),
  }),
)
export type Verification = Static<typeof VerificationSchema>
