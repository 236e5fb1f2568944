import { type Static, Type } from 'typebox'
import { ATTENTION_REASONS, MESSAGE_NAMES, SEVERITIES, STAFF_ROLES } from '../domain/vocabulary.js'
import { CaseSummarySchema } from './case.js'
import { closed, Instant, Named, Nullable, Slug, Word } from './common.js'
import { openFigures } from './stats.js'

/** Whose desk. */
export const DeskQuerySchema = Type.Object(
  { accountManagerId: Type.Optional(Type.String({ ...Slug })) },
  closed,
)

const DeskBrandSchema = Named(
  'DeskBrand',
  Type.Object({
    brandId: Type.String(),
    name: Type.String(),
    active: Type.Boolean(),
    accountManagerId: Nullable(Type.String()),
    ...openFigures,
    answeredInTime: Type.Integer(),
    missed: Type.Integer(),
    reminded: Type.Integer(),
    silent: Type.Boolean(),
  }),
)

const UnreachableSchema = Named(
  'Unreachable',
  Type.Object({
    brandId: Type.String(),
    contactId: Nullable(Type.String()),
    name: Nullable(Type.String()),
    detail: Type.String(),
    at: Instant,
    cases: Type.Integer(),
  }),
)

/** Everything an account manager has to look after. */
export const DeskSchema = Named(
  'Desk',
  Type.Object({
    accountManagerId: Nullable(Type.String()),
    name: Nullable(Type.String()),
    absence: Nullable(
      Type.Object({
        from: Instant,
        until: Instant,
        coverId: Type.String(),
        coverName: Type.String(),
      }),
    ),
    coversFor: Type.Array(
      Named(
        'CoveredManager',
        Type.Object({ accountManagerId: Type.String(), name: Type.String(), until: Instant }),
      ),
    ),
    asOf: Instant,
    brands: Type.Array(DeskBrandSchema),
    escalated: Type.Array(CaseSummarySchema),
    stuck: Type.Array(CaseSummarySchema),
    unreachable: Type.Array(UnreachableSchema),
  }),
)
export type Desk = Static<typeof DeskSchema>

const WorkloadSchema = Named(
  'Workload',
  Type.Object({
    accountManagerId: Nullable(Type.String()),
    name: Nullable(Type.String()),
    role: Nullable(Word(STAFF_ROLES)),
    active: Type.Boolean(),
    leadId: Nullable(Type.String()),
    ...openFigures,
    missed: Type.Integer(),
  }),
)

const StuckCaseSchema = Named(
  'StuckCase',
  Type.Object({
    caseId: Type.String(),
    brandId: Type.String(),
    title: Type.String(),
    severity: Word(SEVERITIES),
    since: Instant,
    detail: Type.String(),
    unblock: Type.Array(Word(MESSAGE_NAMES)),
  }),
)

/** What needs a lead: who has too much, what does not move, which marketplace does not answer. */
export const LeadDeskSchema = Named(
  'LeadDesk',
  Type.Object({
    asOf: Instant,
    managers: Type.Array(WorkloadSchema),
    stuck: Type.Array(
      Named(
        'StuckGroup',
        Type.Object({
          reason: Word(ATTENTION_REASONS),
          marketplace: Type.String(),
          count: Type.Integer(),
          since: Instant,
          cases: Type.Array(StuckCaseSchema),
        }),
      ),
    ),
    takedowns: Type.Array(
      Named(
        'TakedownQueue',
        Type.Object({
          marketplace: Type.String(),
          waiting: Type.Integer(),
          oldest: Instant,
        }),
      ),
    ),
  }),
)
export type LeadDesk = Static<typeof LeadDeskSchema>
