import type { Applied } from '../../contract/decision.js'
import { randomUUID } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { type Command, Option } from 'commander'
import { STAFF_ROLES, type StaffRole } from '../../domain/vocabulary.js'
import { inParallel } from '../../platform/in-parallel.js'
import { messageOf } from '../../platform/message-of.js'
import { parseJson } from '../../platform/parse-json.js'
import type { ApiClient } from '../../client/client.js'
import { casePath } from '../../client/paths.js'
import { type CaseOptions, resolveCase, withCase } from '../case-reference.js'
import { confirm } from '../confirm.js'
import { examples } from '../examples.js'
import { usageError } from '../exit.js'
import type { Io } from '../io.js'
import { openSession, type Session } from '../session.js'
import { printStanding } from '../standing.js'
import { NO_WAIT, showSweep } from './sweep.js'

const LOOKED_UP_AT_ONCE = 8
/** The column of `case template` and `case export`. */
const ID_COLUMN = 'caseId'

interface ReassignOptions extends CaseOptions {
  to: string
  role: StaffRole
  from?: string
  brand?: string
  file?: string
  reason?: string
  wait: boolean
}

/** What is done to many open cases at once: `case reassign`, of which one is fine, and `case recall`. */
export function addCasesCommands(parent: Command, io: Io): void {
  withCase(
    parent
      .command('reassign')
      .description('Give a case, or up to 300, to another account manager or lead.'),
    '[case...]',
  )
    .requiredOption('--to <id>', 'who takes them; see manager list')
    .addOption(
      new Option('--role <role>', 'as what').choices(STAFF_ROLES).default('accountManager'),
    )
    .addOption(new Option('--from <id>', 'all open cases that they look after').conflicts('file'))
    .option('--brand <id>', 'of this brand only, with --from')
    .option('--file <file>', `cases, one a line, or CSV with a column ${ID_COLUMN}; - reads it`)
    .option('--reason <text>', 'why; it stays on record')
    .option(...NO_WAIT)
    .addHelpText(
      'after',
      examples(
        'joint-force case reassign 530912345678 --to rui-tavares --role lead',
        'joint-force case reassign --from ana-souza --brand hp --to rui-tavares',
        'joint-force case export --open --brand hp > cases.csv',
        'joint-force case reassign --file cases.csv --to rui-tavares --reason "Ana is on leave"',
      ),
    )
    .action(async (references: string[], options: ReassignOptions, command: Command) => {
      const session = openSession(io, command)
      const { from, brand: brandId, to, role, reason } = options
      const given = { to, role, ...(reason === undefined ? {} : { reason }) }
      if (from !== undefined) {
        if (references.length > 0) throw usageError('Give cases, or --from; not both.')
        const body = { ...given, from, ...(brandId === undefined ? {} : { brandId }) }
        return begin(session, await session.api(), '/cases:reassign', body, options.wait)
      }
      if (brandId !== undefined) throw usageError('--brand goes with --from.')
      const named = [...references, ...(await referencesOf(session, options.file))]
      if (named.length === 0) throw usageError('Give cases, --file or --from; --help has examples.')
      const api = await session.api()
      const caseIds = await inParallel(named, LOOKED_UP_AT_ONCE, (each) =>
        resolveCase(api, each, options),
      )
      const [caseId = '', ...others] = caseIds
      if (others.length > 0) {
        return begin(session, api, '/cases:reassign', { ...given, caseIds }, options.wait)
      }
      const { body } = await api.request<Applied>('POST', casePath(caseId, '/reassign'), {
        body: given,
        idempotencyKey: randomUUID(),
      })
      printStanding(session, body)
    })

  parent
    .command('recall')
    .description('Withdraw every open, undecided case that rests on a rule of yours alone.')
    .requiredOption('--rule <id>', 'the rule')
    .requiredOption('--monitor-version <version>', 'in this version')
    .option('--reason <text>', 'why; it stays on record')
    .option('--yes', 'do not ask', false)
    .option(...NO_WAIT)
    .addHelpText(
      'after',
      examples(
        'joint-force case recall --rule price-far-below-retail \\',
        '  --monitor-version ink-cartridges-1.1.0 --reason "wrong threshold" --yes',
      ),
    )
    .action(
      async (
        options: {
          rule: string
          monitorVersion: string
          reason?: string
          yes: boolean
          wait: boolean
        },
        command: Command,
      ) => {
        const session = openSession(io, command)
        const { rule: ruleId, monitorVersion, reason, wait } = options
        const body = { ruleId, monitorVersion, ...(reason === undefined ? {} : { reason }) }
        const api = await session.api()
        await confirm(io, `Withdraw what rests on ${ruleId} alone, for good?`, options.yes)
        await begin(session, api, '/cases:withdraw', body, wait)
      },
    )
}

async function begin(
  session: Session,
  api: ApiClient,
  path: string,
  body: object,
  wait: boolean,
): Promise<void> {
  const begun = await api.request<{ sweepId: string }>('POST', path, {
    body,
    idempotencyKey: randomUUID(),
  })
  await showSweep(session, api, begun.body.sweepId, wait)
}

/** The cases that a file names: a JSON list, CSV with a column for them, or one a line. */
async function referencesOf(session: Session, file: string | undefined): Promise<string[]> {
  if (file === undefined) return []
  const content = await session.read(file)
  if (/^\s*\[/.test(content)) {
    const listed = parseJson(content)
    if (Array.isArray(listed) && listed.every((each) => typeof each === 'string')) return listed
    throw usageError(`${file} is no JSON list of case ids.`)
  }
  const rows = rowsOf(content, file)
  const [heads = []] = rows
  const column = heads.indexOf(ID_COLUMN)
  if (column === -1 && rows.some((row) => row.length > 1)) {
    throw usageError(`${file} has no column ${ID_COLUMN}.`)
  }
  const cells = column === -1 ? rows.map(([only]) => only) : rows.slice(1).map((row) => row[column])
  return cells.flatMap((cell) => (cell ? [cell] : []))
}

function rowsOf(content: string, file: string): string[][] {
  try {
    return parse(content, {
      bom: true,
      delimiter: [',', ';'],
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    })
  } catch (error) {
    throw usageError(`${file} cannot be read as CSV: ${messageOf(error)}`, error)
  }
}
