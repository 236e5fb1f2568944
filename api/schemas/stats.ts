import { Type } from 'typebox'
import { PHASES } from '../../domain/vocabulary.js'
import { Named, Nullable } from './common.js'

const Percentiles = Named(
  'Percentiles',
  Type.Object(
    {
      n: Type.Integer(),
      p50: Nullable(Type.Number()),
      p90: Nullable(Type.Number()),
      p95: Nullable(Type.Number()),
      p99: Nullable(Type.Number()),
    },
    { description: 'In ms, over the cases of the last 90 days; `n` is how many.' },
  ),
)

/** How much is open, how old it is, and how fast answers and removals were. */
export const StatsSchema = Named(
  'Stats',
  Type.Object({
    openByPhase: Type.Object(
      Object.fromEntries(PHASES.map((phase) => [phase, Type.Optional(Type.Integer())])),
    ),
    openByAge: Type.Object({
      underOneDay: Type.Integer(),
      oneToThreeDays: Type.Integer(),
      threeToSevenDays: Type.Integer(),
      older: Type.Integer(),
    }),
    overdue: Type.Integer(),
    decidedToday: Type.Integer({ description: 'Since 00:00 UTC.' }),
    timeToDecisionMs: Percentiles,
    timeToTakedownMs: Percentiles,
  }),
)
