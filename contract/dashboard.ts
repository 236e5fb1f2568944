import { type Static, Type } from 'typebox'
import { REMINDER_STEPS } from '../domain/statistics/dashboard.js'
import { OUTCOMES, PHASES } from '../domain/vocabulary.js'
import { closed, Instant, Named, Nullable, Slug, Word } from './common.js'
import { openByAge } from './stats.js'

/** The period of a dashboard, and the one brand it is about, where it is. */
export const DashboardQuerySchema = Type.Object(
  {
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
    brandId: Type.Optional(Slug),
  },
  closed,
)

const count = (description: string) => Type.Integer({ description })

const SurvivalSchema = Named(
  'Survival',
  Type.Object(
    {
      n: Type.Integer({ description: 'How many cases it is about.' }),
      censored: count('How many of them still wait for it, which counts, too.'),
      p50Ms: Nullable(Type.Number(), 'In ms; `null` where it has happened in fewer than half.'),
      p90Ms: Nullable(Type.Number(), 'In ms; `null` where it has happened in too few.'),
    },
    { description: 'How long it takes, estimated by Kaplan and Meier.' },
  ),
)

const STEP_MEANINGS: Record<(typeof REMINDER_STEPS)[number], string> = {
  none: 'Before any reminder.',
  one: 'After one.',
  more: 'After more than one.',
  late: 'After the time of the brand had passed.',
}

const FiguresSchema = Named(
  'DashboardFigures',
  Type.Object({
    cases: count('Opened in the period, as many as were counted.'),
    answered: count('Of these with an answer.'),
    unanswered: count('Of these closed without one.'),
    outcomes: Type.Object(
      Object.fromEntries(OUTCOMES.map((outcome) => [outcome, Type.Optional(Type.Integer())])),
      { description: 'How those ended that have ended.' },
    ),
    toFirstView: SurvivalSchema,
    toDecision: SurvivalSchema,
    toTakedown: SurvivalSchema,
    reminders: Type.Object(
      Object.fromEntries(
        REMINDER_STEPS.map((step) => [step, Type.Integer({ description: STEP_MEANINGS[step] })]),
      ) as Record<(typeof REMINDER_STEPS)[number], ReturnType<typeof Type.Integer>>,
      { description: 'When answers came.' },
    ),
    sellers: count('How many sellers they are of.'),
    returnedCount: count('Of how many of them a listing was reported after another was removed.'),
    returned: Type.Array(
      Type.Object({
        marketplace: Type.String(),
        sellerId: Type.String(),
        times: count('Cases after the first removal.'),
      }),
      { description: 'Those who came back most often.' },
    ),
  }),
)

/** What happened in a period, beside the period before it. */
export const DashboardSchema = Named(
  'Dashboard',
  Type.Object({
    from: Instant,
    to: Instant,
    previousFrom: Type.String({
      ...Instant,
      description: 'When the period before it begins, which is as long and ends with `from`.',
    }),
    isCapped: Type.Boolean({
      description: 'More cases were opened than are counted; the latest are.',
    }),
    open: Type.Array(Type.Object({ phase: Word(PHASES), ...openByAge }), {
      description:
        'Open cases as they are now, whenever they were opened; no row for a phase without.',
    }),
    step: Word(['day', 'week'], 'What each point of `course` stands for.'),
    course: Type.Array(
      Type.Object({
        at: Type.String({ ...Instant, description: 'When the day or week begins, of UTC.' }),
        opened: Type.Integer(),
        decided: Type.Integer(),
        removed: Type.Integer(),
      }),
      { description: 'What happened day by day or week by week; where nothing did, no point.' },
    ),
    current: FiguresSchema,
    previous: FiguresSchema,
  }),
)
export type Dashboard = Static<typeof DashboardSchema>
