import { type Static, type TSchema, Type } from 'typebox'
import { CASE_SORTS } from '../domain/case/sorts.js'
import { CaseSummarySchema } from './case.js'
import { CASE_FILTERS } from './case-filters.js'
import { closed, DEFAULT_LIMIT, PageOf, Word } from './common.js'

type Rows = typeof CASE_FILTERS

/** The parameters of the filters, all of them optional. */
const filters = Object.fromEntries(
  Object.entries(CASE_FILTERS).map(([name, { schema }]: [string, { schema: TSchema }]) => [
    name,
    Type.Optional(schema),
  ]),
) as { [N in keyof Rows]: ReturnType<typeof Type.Optional<Rows[N]['schema']>> }

/** Which cases to list, in which order, and which page of them. */
export const CaseListQuerySchema = Type.Object(
  {
    ...filters,
    sort: Type.Optional(
      Word(CASE_SORTS, 'By deadline and by severity: open cases only; by closing: closed ones.'),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: DEFAULT_LIMIT })),
    cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 800 })),
  },
  closed,
)

/** What of it is the same for every page. */
export type CaseListQuery = Omit<Static<typeof CaseListQuerySchema>, 'limit' | 'cursor'>

/** One page of the list. */
export const CasePageSchema = PageOf(CaseSummarySchema)
