import { Type } from 'typebox'
import { CHANGES_KEPT_DAYS } from '../domain/record/changes.js'
import { CaseSummarySchema } from './case.js'
import { closed } from './common.js'

/** Changes of a page, unless the reader says otherwise. */
export const DEFAULT_CHANGES = 200
/** In place of a cursor: after everything that has changed so far. */
export const LATEST_CHANGE = 'latest'

/** Which changes to read. */
export const CaseChangesQuerySchema = Type.Object(
  {
    after: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: `The "next" of the page before, or "${LATEST_CHANGE}" for what changes from now on. Left out: everything of the last ${CHANGES_KEPT_DAYS} days.`,
        examples: [LATEST_CHANGE],
      }),
    ),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 500,
        default: DEFAULT_CHANGES,
        description: 'How many changes to read. Several of one case are one item.',
        examples: [DEFAULT_CHANGES],
      }),
    ),
  },
  closed,
)

/** A page of changes. */
export const CaseChangesPageSchema = Type.Object({
  items: Type.Array(CaseSummarySchema, {
    description: 'Cases that changed, each once, in the order of their last change here.',
  }),
  next: Type.String({
    description: `Where to go on, now or later. Opaque; good for ${CHANGES_KEPT_DAYS} days.`,
    examples: ['WyJjNGI1Il0'],
  }),
  isEnd: Type.Boolean({
    description: 'Nothing more has changed yet: ask again after a pause.',
    examples: [true],
  }),
})
