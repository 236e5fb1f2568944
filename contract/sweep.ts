import { Type } from 'typebox'
import { MAX_SWEPT_BY_NAME } from '../domain/sweep/sweeps.js'
import { STAFF_ROLES, SWEEP_FAILURES, SWEEP_KINDS } from '../domain/vocabulary.js'
import { closed, Id, Instant, Named, Nullable, ShownText, Slug, Text, Word } from './common.js'

/** A rule to be taken back, in one version. */
export const RecallSchema = Named(
  'Recall',
  Type.Object(
    {
      ruleId: Id(100),
      monitorVersion: ShownText(100),
      reason: Type.Optional(Text(1000)),
    },
    closed,
  ),
)

/** Which open cases go to whom: those that are named, or what somebody looks after. */
export const ReassignmentSchema = Named(
  'Reassignment',
  Type.Object(
    {
      to: Slug,
      role: Type.Optional(Word(STAFF_ROLES)),
      caseIds: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 300 }), {
          minItems: 1,
          maxItems: MAX_SWEPT_BY_NAME,
        }),
      ),
      from: Type.Optional(Slug),
      brandId: Type.Optional(Slug),
      reason: Type.Optional(Text(1000)),
    },
    closed,
  ),
)

/** The name of a sweep that was asked for. */
export const SweepStartedSchema = Named('SweepStarted', Type.Object({ sweepId: Type.String() }))

/** One message to many open cases, and how far it is. */
export const SweepSchema = Named(
  'Sweep',
  Type.Object({
    sweepId: Type.String(),
    kind: Word(SWEEP_KINDS),
    status: Word(['running', 'done', 'stopped']),
    startedAt: Instant,
    endedAt: Nullable(Instant),
    counts: Type.Object({
      total: Nullable(Type.Integer()),
      done: Type.Integer(),
      kept: Type.Integer(),
      failed: Type.Integer(),
    }),
    failures: Type.Array(
      Type.Object({
        caseId: Type.String(),
        reason: Word(SWEEP_FAILURES),
        detail: Type.String(),
      }),
    ),
  }),
)
export const SweepParams = Type.Object({ sweepId: Type.String({ maxLength: 100 }) })
