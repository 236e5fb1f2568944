import { Type } from 'typebox'
import { closed, Named, Word } from './common.js'
import { AuthorisedSellerSchema } from './brand.js'
import { MAX_SELLERS } from './limits.js'
import { ProblemSchema } from './problem-schema.js'

/** What becomes of a line: it is a new entry, there was one that says the same, or it cannot be. */
const SELLER_IMPORT_RESULTS = ['added', 'known', 'refused'] as const

/** The columns that mean something, in the order in which they are written. */
export const SELLER_COLUMNS = ['marketplace', 'sellerId', 'sku', 'validFrom', 'validUntil'] as const

/** Whether an import only says what it would do. */
export const SellerImportQuery = Type.Object(
  {
    preview: Type.Optional(
      Type.Boolean({ default: false, description: 'Adds nothing, and says what would be added.' }),
    ),
  },
  closed,
)

/** Authorised sellers as a table. */
export const SellerCsvSchema = Named(
  'AuthorisedSellerCsv',
  Type.String({
    description:
      `A header row, and up to ${MAX_SELLERS} sellers. A moment may be a date: \`validFrom\` begins ` +
      'with that day, and `validUntil` ends with it, in the time zone of the brand. Empty cells are ' +
      'absent fields; other columns are ignored and named in the answer.',
    examples: [
      `${SELLER_COLUMNS.join(',')}\r\nlantern-market,official-shop,,2026-01-01,2026-12-31\r\n`,
    ],
  }),
)

/** What became of each line. */
export const SellerImportSchema = Named(
  'AuthorisedSellerImport',
  Type.Object({
    results: Type.Array(
      Named(
        'AuthorisedSellerImportResult',
        Type.Object({
          line: Type.Integer({ description: 'Where it begins in the text; the header is line 1.' }),
          result: Word(
            SELLER_IMPORT_RESULTS,
            'New, there already, or not possible, for which `problem` says why.',
          ),
          fields: Type.Record(Type.String(), Type.String(), {
            description: 'The cells of the line, by column.',
          }),
          entry: Type.Optional(AuthorisedSellerSchema),
          problem: Type.Optional(ProblemSchema),
        }),
      ),
    ),
    counts: Type.Object(
      { added: Type.Integer(), known: Type.Integer(), refused: Type.Integer() },
      { description: 'How many lines have which result.' },
    ),
    ignoredColumns: Type.Optional(Type.Array(Type.String())),
  }),
)
