import type { Command } from 'commander'
import {
  type AuditedCase,
  type AuditFinding,
  verifyAllCases,
  verifyCase,
} from '../../store/cases/audit.js'
import type { Store } from '../../store/store.js'
import { examples } from '../examples.js'
import { CommandError, EXIT } from '../exit.js'
import type { Io } from '../io.js'
import { createProgress } from '../../platform/terminal-progress.js'
import { openSession } from '../session.js'
import { details } from '../../platform/terminal-table.js'
import { withStore } from '../with-store.js'

/** What a verification went through and found. */
interface Verification {
  cases: number
  events: number
  findings: AuditFinding[]
  /** Hash of each case's last event: kept elsewhere, it shows later whether a chain was rewritten. */
  heads?: Record<string, string | null>
}

/** `audit verify`: whether the records are what they were. */
export function addAuditCommands(program: Command, io: Io): void {
  program
    .command('audit')
    .description('Verify the records.')
    .command('verify')
    .description(
      'Verify that every event of a case is there, unchanged and chained to the one before, and ' +
        'that the case is what its events lead to. Reads MongoDB (MONGODB_URI) directly.',
    )
    .argument('[caseId]', 'one case; all when absent')
    .option('--heads', 'with --json: also the hash of the last event of each case')
    .addHelpText(
      'after',
      examples(
        'joint-force audit verify',
        'joint-force audit verify case~taobao~530912345678~hp~4q7xk2mzr5tca',
        'joint-force audit verify --json --heads > heads-2026-11-24.json',
      ),
    )
    .action(
      async (caseId: string | undefined, { heads }: { heads?: boolean }, command: Command) => {
        const session = openSession(io, command)
        const result = await withStore(io, (store) => verify(store, caseId, heads === true, io))
        const { cases, events, findings } = result
        session.print(result, () => findings.map((one) => inWords(one, session.width)).join('\n\n'))
        if (findings.length > 0) {
          throw new CommandError(
            EXIT.auditFailed,
            `${findings.length} of ${cases} records are not what they were.`,
          )
        }
        session.say(`records: ${cases}, events: ${events}; all are what they were.`)
      },
    )
}

async function verify(
  store: Store,
  caseId: string | undefined,
  withHeads: boolean,
  { stderr }: Io,
): Promise<Verification> {
  const progress = createProgress(stderr)
  const heads: Record<string, string | null> = {}
  const result: Verification = {
    cases: 0,
    events: 0,
    findings: [],
    ...(withHeads ? { heads } : {}),
  }
  for await (const audited of caseId === undefined ? verifyAllCases(store) : one(store, caseId)) {
    result.cases++
    result.events += audited.eventCount
    if (audited.finding) result.findings.push(audited.finding)
    heads[audited.caseId] = audited.headHash
    progress.show(`${result.cases} records, ${result.findings.length} not what they were`)
  }
  progress.end()
  return result
}

async function* one(store: Store, caseId: string): AsyncGenerator<AuditedCase> {
  const audited = await verifyCase(store, caseId)
  if (audited.eventCount === 0 && audited.finding?.problem === 'rowMissing') {
    throw new CommandError(EXIT.notFound, `There is no record of a case "${caseId}".`)
  }
  yield audited
}

function inWords({ caseId, seq, problem, detail }: AuditFinding, width: number | undefined) {
  const where = seq === null ? 'the row of the case' : `event ${seq}`
  return details(
    [
      ['Case', caseId],
      ['First bad', `${where} (${problem})`],
      ['Detail', detail],
    ],
    width,
  )
}
