import { Type } from 'typebox'
import { PHASES } from '../domain/vocabulary.js'
import { closed, Instant, Named, Nullable, Word } from './common.js'

/** The period of a report, and by what it tells figures apart. */
export const StatsQuerySchema = Type.Object(
  {
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
    groupBy: Type.Optional(Word(['brand', 'accountManager'], 'Adds `groups`.')),
  },
  closed,
)

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
    { description: 'In ms, over the latest cases of the period; `n` is how many.' },
  ),
)

const count = (description: string) => Type.Integer({ description })
/** What is open, and how much of that is overdue. */
export const openFigures = {
  openByPhase: Type.Object(
    Object.fromEntries(PHASES.map((phase) => [phase, Type.Optional(Type.Integer())])),
    { description: 'Open cases as they are now.' },
  ),
  overdue: count(
    'Open cases whose deadline has passed, however often somebody was reminded of it.',
  ),
}
/** Open cases by how long ago they were opened. */
export const openByAge = {
  underOneDay: Type.Integer(),
  oneToThreeDays: Type.Integer(),
  threeToSevenDays: Type.Integer(),
  older: Type.Integer(),
}
const figures = {
  ...openFigures,
  openByAge: Type.Object(openByAge),
  waitingForWorker: count('Those of them for which the service itself should have done something.'),
  opened: count('In the period.'),
  decided: count('In the period; the standing decisions.'),
  removed: count('In the period, by the marketplace for a case.'),
  missed: Type.Object(
    { brand: Type.Integer(), accountManager: Type.Integer(), lead: Type.Integer() },
    { description: 'Deadlines that passed in the period without an answer, by whose they were.' },
  ),
  timeToDecisionMs: Percentiles,
  timeToTakedownMs: Percentiles,
  decisionToRemovalMs: Percentiles,
}

/** How much is open, how old it is, and how fast answers and removals were. */
export const StatsSchema = Named(
  'Stats',
  Type.Object({
    from: Instant,
    to: Instant,
    ...figures,
    decidedToday: count('Since 00:00 UTC.'),
    groups: Type.Optional(
      Type.Array(
        Type.Object({
          id: Nullable(Type.String({ description: 'Brand or account manager; `null`: none.' })),
          ...figures,
        }),
        { description: 'The same figures of each, those with most open cases first; at most 500.' },
      ),
    ),
  }),
)
