import type { Command } from 'commander'
import { type AuditedKind, auditedKinds } from '../../store/audited-kinds.js'
import type { AuditedRecord, RecordFinding } from '../../store/record/audit.js'
import type { Store } from '../../store/store.js'
import { examples } from '../examples.js'
import { CommandError, EXIT } from '../exit.js'
import type { Io } from '../io.js'
import { createProgress } from '../../platform/terminal-progress.js'
import { openSession } from '../session.js'
import { details } from '../../platform/terminal-table.js'
import { withStore } from '../with-store.js'

/** What is wrong with the record of what. */
interface Found extends RecordFinding {
  noun: string
  id: string
}

/** What a verification went through and found. */
interface Verification {
  /** How many of each kind. */
  records: Record<string, number>
  events: number
  findings: Found[]
  /** Hash of each record's last event: kept elsewhere, it shows later whether a chain was rewritten. */
  heads?: Record<string, string | null>
}

/** `audit verify`: whether the records are what they were. */
export function addAuditCommands(program: Command, io: Io): void {
  program
    .command('audit')
    .description('Verify the records.')
    .command('verify')
    .description(
      'Verify that every event of a record is there, unchanged and chained to the one before, and ' +
        'that the case or question is what its events lead to. Reads MongoDB (MONGODB_URI) directly.',
    )
    .argument('[id]', 'one case or question; all when absent')
    .option('--heads', 'with --json: also the hash of the last event of each')
    .addHelpText(
      'after',
      examples(
        'joint-force audit verify',
        'joint-force audit verify case~taobao~530912345678~hp~4q7xk2mzr5tca',
        'joint-force audit verify --json --heads > heads-2026-11-24.json',
      ),
    )
    .action(async (id: string | undefined, { heads }: { heads?: boolean }, command: Command) => {
      const session = openSession(io, command)
      const result = await withStore(io, (store) => verify(store, id, heads === true, io))
      const { events, findings } = result
      session.print(result, () => findings.map((one) => inWords(one, session.width)).join('\n\n'))
      if (findings.length > 0) {
        throw new CommandError(
          EXIT.auditFailed,
          `${findings.length} of ${countOf(result)} records are not what they were.`,
        )
      }
      session.say(`records: ${countOf(result)}, events: ${events}; all are what they were.`)
    })
}

async function verify(
  store: Store,
  id: string | undefined,
  withHeads: boolean,
  { stderr }: Io,
): Promise<Verification> {
  const progress = createProgress(stderr)
  const kinds = auditedKinds(store)
  const heads: Record<string, string | null> = {}
  const result: Verification = {
    records: Object.fromEntries(kinds.map(({ noun }) => [noun, 0])),
    events: 0,
    findings: [],
    ...(withHeads ? { heads } : {}),
  }
  for await (const { noun, audited } of id === undefined ? all(kinds) : one(kinds, id)) {
    result.records[noun] = (result.records[noun] ?? 0) + 1
    result.events += audited.eventCount
    if (audited.finding) result.findings.push({ noun, id: audited.id, ...audited.finding })
    heads[audited.id] = audited.headHash
    progress.show(`${countOf(result)} records, ${result.findings.length} not what they were`)
  }
  progress.end()
  return result
}

function countOf({ records }: Verification): number {
  return Object.values(records).reduce((sum, count) => sum + count, 0)
}

interface AuditedOne {
  noun: string
  audited: AuditedRecord
}

async function* all(kinds: readonly AuditedKind[]): AsyncGenerator<AuditedOne> {
  for (const { noun, verifyAll } of kinds) {
    for await (const audited of verifyAll()) yield { noun, audited }
  }
}

async function* one(kinds: readonly AuditedKind[], id: string): AsyncGenerator<AuditedOne> {
  const kind = kinds.find(({ isIdOf }) => isIdOf(id))
  const audited = await kind?.verify(id)
  const isAbsent = audited?.eventCount === 0 && audited.finding?.problem === 'rowMissing'
  if (!kind || !audited || isAbsent) {
    const nouns = kinds.map(({ noun }) => noun).join(' or ')
    throw new CommandError(EXIT.notFound, `There is no record of a ${nouns} "${id}".`)
  }
  yield { noun: kind.noun, audited }
}

function inWords({ noun, id, seq, problem, detail }: Found, width: number | undefined) {
  const where = seq === null ? `the row of the ${noun}` : `event ${seq}`
  return details(
    [
      [`${noun.charAt(0).toUpperCase()}${noun.slice(1)}`, id],
      ['First bad', `${where} (${problem})`],
      ['Detail', detail],
    ],
    width,
  )
}
