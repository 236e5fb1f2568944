import { Type } from 'typebox'
import { parseCsv, CsvError, type CsvRecord } from './csv.js'
import { ApiProblem } from '../errors.js'
import { SHA256 } from '../../contract/fields/field.js'
import { Named } from '../../contract/common.js'
import { BatchDecisionSchema, type DecisionBatch } from '../../contract/decision.js'
import { MAX_DECISIONS } from '../../contract/limits.js'

/** One decision of a batch, not yet checked; `line` is its place in a CSV. */
export interface BatchItem {
  fields: Record<string, unknown>
  line?: number
}

/** The apostrophe that keeps a spreadsheet from taking a text for a formula. */
const SHOWN_AS_TEXT = /^'(?=[=+\-@])/

/** The items of a JSON batch, each completed with the fields given for all. */
export function itemsOfJson(body: unknown): BatchItem[] {
  // The route has checked the body against DecisionBatchSchema.
  const { decisions, ...shared } = body as DecisionBatch
  return decisions.map((own) => ({ fields: { ...shared, ...own } }))
}

const SIMPLE_COLUMNS = Object.keys(BatchDecisionSchema.properties).filter(
  (name) => name !== 'attestation' && name !== 'allowList' && name !== 'indicators',
)
/**
 * `indicators` are separated by spaces; `attestation` and `allowList` (all that the seller offers)
 * are `true` or `false`, in any case.
 */
const COLUMNS = [
  ...SIMPLE_COLUMNS,
  ...['indicators', 'attestation', 'allowList', 'allowList.sku', 'allowList.until'],
]

/** Many decisions as a table. */
export const DecisionCsvSchema = Named(
  'DecisionCsv',
  Type.String({
    description:
      'RFC 4180 with a header row; commas or semicolons. One row is one `BatchDecision`, an empty ' +
      `cell an absent field. Columns, in any order: ${COLUMNS.map((name) => `\`${name}\``).join(', ')}. ` +
      '`indicators` are separated by spaces; `attestation` and `allowList` are `true` or `false`, ' +
      'and `allowList.sku` and `allowList.until` limit whom `allowList` authorises. Other columns ' +
      'are ignored and named in the answer.',
    examples: [
      'marketplace,listingId,verdict,shownHash,right,indicators,attestation,explanation\r\n' +
        `lantern-market,LM-48213,counterfeit,${SHA256},trademark,packaging price,true,"No serial number, wrong box"\r\n` +
        'lantern-market,LM-48377,genuine,,,,,\r\n',
    ],
  }),
)

/** The items of a CSV batch. Empty cells are absent fields; columns of other names are ignored. */
export async function itemsOfCsv(
  text: string,
): Promise<{ items: BatchItem[]; ignoredColumns: string[] }> {
  const { records, ignored } = await read(text)
  if (records.length === 0 || records.length > MAX_DECISIONS) {
    throw unreadable(`there are ${records.length} decisions; send between 1 and ${MAX_DECISIONS}`)
  }
  const items = records.map(({ line, fields }) => ({ line, fields: decisionFields(fields) }))
  return { items, ignoredColumns: ignored }
}

async function read(text: string): ReturnType<typeof parseCsv> {
  try {
    return await parseCsv(text, COLUMNS)
  } catch (error) {
    throw error instanceof CsvError ? unreadable(error.message) : error
  }
}

function unreadable(detail: string): ApiProblem {
  return new ApiProblem('malformed-body', `The CSV cannot be used: ${detail}.`)
}

function decisionFields(cells: CsvRecord['fields']): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  const scope: Record<string, string> = {}
  for (const [column, text] of Object.entries(cells)) {
    const cell = text.replace(SHOWN_AS_TEXT, '')
    if (cell === '') continue
    if (column === 'indicators') fields[column] = cell.split(/\s+/)
    else if (column === 'confidence') fields[column] = numberOr(cell)
    else if (column === 'attestation') Object.assign(fields, attestationOf(cell))
    else if (column === 'allowList') Object.assign(fields, allowListOf(cell))
    else if (column.startsWith('allowList.')) scope[column.slice(10)] = cell
    else fields[column] = cell
  }
  return Object.keys(scope).length > 0 ? { ...fields, allowList: scope } : fields
}

/** Spreadsheets write TRUE and FALSE. Any other word stays, for the schema to refuse by name. */
function attestationOf(cell: string): { attestation?: { accepted: unknown } } {
  const word = cell.toLowerCase()
  if (word === 'false') return {}
  return { attestation: { accepted: word === 'true' ? true : cell } }
}

function allowListOf(cell: string): { allowList?: unknown } {
  const word = cell.toLowerCase()
  if (word === 'false') return {}
  return { allowList: word === 'true' ? {} : cell }
}

/** A cell that is no number stays text, which the schema then refuses by name. */
function numberOr(cell: string): number | string {
  const number = Number(cell)
  return Number.isNaN(number) ? cell : number
}
