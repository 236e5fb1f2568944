import { type Command, InvalidArgumentError, Option } from 'commander'
import { EXPORT_COLUMNS, EXPORT_FORMATS, type ExportFormat } from '../../contract/case-export.js'
import type { Case, CaseSummary } from '../../contract/case.js'
import type { Intake } from '../../contract/sighting.js'
import type { CaseListQuery } from '../../contract/case-list.js'
import { casePath } from '../../client/paths.js'
import { type CaseFilterOptions, caseQueryOf, withCaseFilters } from '../case-filters.js'
import { casePage } from '../case-page.js'
import { type CaseOptions, resolveCase, withCase } from '../case-reference.js'
import { csvLine } from '../../platform/csv-line.js'
import { examples } from '../examples.js'
import type { Io } from '../io.js'
import { distance, localMoment } from '../moments.js'
import { openSession, readJson, type Session } from '../session.js'
import { table } from '../../platform/terminal-table.js'

type ListOptions = CaseFilterOptions & { limit: number }

/** `case list`, `case template`, `case export`, `case show`, `case start`. */
export function addCaseReadCommands(parent: Command, io: Io): void {
  withCaseFilters(
    parent.command('list').description('List cases, newest first unless sorted otherwise.'),
  )
    .option('--limit <number>', 'at most so many', readLimit, 50)
    .addHelpText(
      'after',
      examples(
        'joint-force case list --open --brand hp',
        'joint-force case list --phase needsAttention --json | jq -r .[].caseId',
        'joint-force case list --phase awaitingLead needsAttention --sort dueAt',
        'joint-force case list --closed-after -7d --sort -closedAt',
        'joint-force case list --open --due-before +4h',
      ),
    )
    .action(async (options: ListOptions, command: Command) => {
      const session = openSession(io, command)
      const api = await session.api()
      const cases = await api.cases(caseQueryOf(options, session.nowMs), options.limit)
      session.print(cases, () => caseTable(cases, session))
      if (cases.length === 0) session.say('No cases.')
      if (cases.length === options.limit) {
        session.say(`The first ${options.limit}; --limit shows more.`)
      }
    })

  withCaseFilters(
    parent
      .command('template')
      .description('Write open cases as CSV to fill in, for case decide --file. All that fit.'),
  )
    .addHelpText(
      'after',
      examples(
        'joint-force case template --brand hp > decisions.csv',
        'joint-force case decide --file decisions.csv',
      ),
    )
    .action(async (options: ListOptions, command: Command) => {
      const session = openSession(io, command)
      const query = { ...caseQueryOf(options, session.nowMs), open: true }
      await writeCsv(session, query, TEMPLATE_COLUMNS, (one) => [
        ...[one.caseId, one.marketplace, one.listingId, one.title, one.sellerId, one.severity],
        one.shownHash ?? '',
        ...TO_FILL_IN.map(() => ''),
      ])
    })

  withCaseFilters(
    parent
      .command('export')
      .description(
        'Write cases as CSV or JSON, newest first unless sorted otherwise. All that fit.',
      ),
  )
    .addOption(
      new Option('--format <format>', 'in this form').choices(EXPORT_FORMATS).default('csv'),
    )
    .addHelpText(
      'after',
      examples(
        'joint-force case export --outcome takenDown > removed.csv',
        'joint-force case export --open --brand hp --format json > open.json',
      ),
    )
    .action(async (options: ListOptions & { format: ExportFormat }, command: Command) => {
      const session = openSession(io, command)
      const query = caseQueryOf(options, session.nowMs)
      if (options.format === 'json') return writeJson(session, query)
      await writeCsv(session, query, EXPORT_COLUMNS, (one) =>
        EXPORT_COLUMNS.map((column) => String(one[column] ?? '')),
      )
    })

  withCase(parent.command('show').description('Show a case with its record.'))
    .addHelpText(
      'after',
      examples(
        'joint-force case show 530912345678',
        'joint-force case show case~taobao~530912345678~hp~4q7xk2mzr5tca --json',
      ),
    )
    .action(async (reference: string, options: CaseOptions, command: Command) => {
      const session = openSession(io, command)
      const api = await session.api()
      const caseId = await resolveCase(api, reference, options)
      const shown = await api.get<Case>(casePath(caseId))
      const events = await api.events(caseId)
      session.print({ ...shown, events }, () => casePage(shown, events, session))
    })

  parent
    .command('start')
    .description(
      'Report a listing, as a monitor does. Sending the same file again opens no second case.',
    )
    .requiredOption('--file <file>', 'the report as JSON (NewCase in openapi.json); - reads it')
    .addHelpText('after', examples('joint-force case start --file report.json'))
    .action(async ({ file }: { file: string }, command: Command) => {
      const session = openSession(io, command)
      const report = await readJson(session, file)
      const api = await session.api()
      const { body } = await api.request<Intake>('POST', '/cases', { body: report })
      session.print(body, `${body.caseId}  ${body.result}`)
    })
}

const TO_FILL_IN = ['verdict', 'explanation', 'indicators', 'attestation', 'question'] as const
const TEMPLATE_COLUMNS = [
  ...['caseId', 'marketplace', 'listingId', 'title', 'sellerId', 'severity', 'shownHash'],
  ...TO_FILL_IN,
]

/** Page by page, so that a list of any length is written. */
async function writeCsv(
  session: Session,
  query: CaseListQuery,
  columns: readonly string[],
  cellsOf: (one: CaseSummary) => string[],
): Promise<void> {
  const api = await session.api()
  // Spreadsheets know by the byte order mark that it is UTF-8.
  session.io.stdout.write(`\ufeff${csvLine(columns)}`)
  let count = 0
  for await (const page of api.pages<CaseSummary>('/cases', query, 'cursor')) {
    for (const one of page) session.io.stdout.write(csvLine(cellsOf(one)))
    count += page.length
  }
  session.say(`${count} cases`)
}

/** The same as a JSON list. */
async function writeJson(session: Session, query: CaseListQuery): Promise<void> {
  const api = await session.api()
  session.io.stdout.write('[')
  let count = 0
  for await (const page of api.pages<CaseSummary>('/cases', query, 'cursor')) {
    for (const one of page) {
      session.io.stdout.write(`${count++ === 0 ? '' : ','}\n${JSON.stringify(one)}`)
    }
  }
  session.io.stdout.write('\n]\n')
  session.say(`${count} cases`)
}

function caseTable(cases: readonly CaseSummary[], { nowMs, width }: Session): string {
  if (cases.length === 0) return ''
  const moment = ({ closedAt, dueAt }: CaseSummary) =>
    closedAt ? localMoment(closedAt, nowMs) : dueAt ? distance(Date.parse(dueAt) - nowMs) : ''
  return table(
    [
      { head: 'listing', min: 14, cell: ({ listingId }) => listingId },
      { head: 'brand', min: 6, cell: ({ brandId }) => brandId },
      { head: 'sev', cell: ({ severity }) => severity },
      { head: 'stands', cell: ({ outcome, phase }) => outcome ?? phase },
      { head: 'due, closed', cell: moment },
      { head: 'title', min: 8, cell: ({ title }) => title },
    ],
    cases,
    width,
  )
}

/** A whole number above 0. */
function readLimit(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give a whole number above 0.')
}
