import { Type } from 'typebox'
import { closed, Word } from './common.js'
import { CaseListQuerySchema } from './case-list.js'

/** The forms in which a list of cases can be taken away. */
export const EXPORT_FORMATS = ['csv', 'json'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** What a table of cases shows, in this order. */
export const EXPORT_COLUMNS = [
  ...(['caseId', 'brandId', 'marketplace', 'listingId', 'title', 'sellerId', 'severity'] as const),
  ...(['phase', 'outcome', 'owner', 'accountManagerId', 'dueAt'] as const),
  ...(['openedAt', 'updatedAt', 'closedAt'] as const),
]

const { limit: _limit, cursor: _cursor, ...filters } = CaseListQuerySchema.properties

/** Which cases to take away, in which order and form. */
export const CaseExportQuerySchema = Type.Object(
  {
    ...filters,
    format: Type.Optional(
      Word(EXPORT_FORMATS, '`csv`, unless told: a table. `json`: a list of `CaseSummary`.'),
    ),
  },
  closed,
)

/** The bodies of the answer. */
export const CaseExportCsvSchema = Type.String({
  description:
    `RFC 4180, UTF-8 with a byte order mark. Columns: ${EXPORT_COLUMNS.join(', ')}. What a ` +
    'spreadsheet would take for a formula has an apostrophe in front.',
  examples: [`${EXPORT_COLUMNS.join(',')}\r\n`],
})
