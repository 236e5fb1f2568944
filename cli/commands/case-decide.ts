import type { Applied } from '../../contract/decision.js'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Static } from 'typebox'
import type { Case } from '../../contract/case.js'
import type {
  AcceptedSchema,
  DecidedSchema,
  DecisionBatchResultSchema,
  NewDecision,
} from '../../contract/decision.js'
import { INDICATORS, RIGHTS, VERDICTS } from '../../domain/vocabulary.js'
import { messageOf } from '../../platform/message-of.js'
import type { ApiClient } from '../../client/client.js'
import { casePath } from '../../client/paths.js'
import { type CaseOptions, resolveCase, withCase } from '../case-reference.js'
import { examples } from '../examples.js'
import { CommandError, EXIT, usageError } from '../exit.js'
import type { Io } from '../io.js'
import { MOMENT_HELP, parseMoment } from '../moments.js'
import { openSession, type Session } from '../session.js'
import { type Column, details, table } from '../../platform/terminal-table.js'
import { printStanding } from '../standing.js'

type Decided = Static<typeof DecidedSchema> | Static<typeof AcceptedSchema>
type BatchResult = Static<typeof DecisionBatchResultSchema>

const RECORD_WITHIN_MS = 2_000
const RECORD_EVERY_MS = 100

interface DecideOptions extends CaseOptions {
  file?: string
  verdict?: NewDecision['verdict']
  right?: NonNullable<NewDecision['right']>
  reasonCode?: string
  indicator?: NonNullable<NewDecision['indicators']>
  explanation?: string
  confidence?: number
  attest?: boolean
  proof?: string
  question?: string
  sku?: string
  allowUntil?: string
  decisionId?: string
  shown?: string
}

/** `case decide`, one case or a file of them, and `case undecide`. */
export function addCaseDecisionCommands(parent: Command, io: Io): void {
  const single = (flags: string, description: string) =>
    new Option(flags, description).conflicts('file')
  withCase(
    parent
      .command('decide')
      .description('Answer whether a listing infringes. The first valid answer wins.'),
    '[case]',
  )
    .addOption(single('--verdict <verdict>', 'the answer').choices(VERDICTS))
    .addOption(single('--right <right>', 'the right it rests on').choices(RIGHTS))
    .addOption(single('--reason-code <code>', 'a code of your own'))
    .addOption(single('--indicator <name...>', 'what gave it away').choices(INDICATORS))
    .addOption(single('--explanation <text>', 'why'))
    .addOption(single('--confidence <percent>', 'how sure you are').argParser(readPercent))
    .addOption(
      single(
        '--attest',
        'state in good faith that this is accurate and you may act for the owner of the right; ' +
          'needed when a brand confirms an infringement',
      ),
    )
    .addOption(single('--proof <text>', 'how the brand answered; needed to answer for it'))
    .addOption(single('--question <text>', 'what you need to know, with needInfo'))
    .addOption(single('--sku <sku>', 'authorise the seller for this SKU, with authorisedSeller'))
    .addOption(single('--allow-until <moment>', `authorise the seller until ${MOMENT_HELP}`))
    .addOption(single('--decision-id <id>', 'the same id again is the same decision'))
    .addOption(
      single(
        '--shown <hash>',
        'the listing you looked at, as case show names it; needed when it has changed since the case was opened',
      ),
    )
    .option('--file <file>', 'answer up to 300 cases: JSON or CSV as docs/api.md says; - reads it')
    .addHelpText(
      'after',
      examples(
        'joint-force case decide 530912345678 --verdict counterfeit --attest',
        'joint-force case decide 530912345678 --verdict genuine --explanation "our old packaging"',
        'joint-force case decide --file decisions.csv',
      ),
    )
    .action(async (reference: string | undefined, options: DecideOptions, command: Command) => {
      const session = openSession(io, command)
      if (options.file !== undefined) {
        if (reference !== undefined) throw usageError('Give a case or --file, not both.')
        if (options.marketplace !== undefined) {
          throw usageError('A file names the marketplace of each listing itself.')
        }
        return decideMany(session, options.file)
      }
      const { verdict } = options
      if (reference === undefined || verdict === undefined) {
        throw usageError('Give a case and its --verdict, or --file; --help has examples.')
      }
      return decideOne(session, reference, options, decisionOf({ ...options, verdict }, session))
    })

  withCase(
    parent
      .command('undecide')
      .description('Stop a removal that can still be stopped; the case waits for an answer again.'),
  )
    .requiredOption('--reason <text>', 'why')
    .option('--decision-id <id>', 'the decision to undo; the one that stands when absent')
    .addHelpText(
      'after',
      examples('joint-force case undecide 530912345678 --reason "wrong listing"'),
    )
    .action(
      async (
        reference: string,
        { reason, ...options }: CaseOptions & { reason: string; decisionId?: string },
        command: Command,
      ) => {
        const session = openSession(io, command)
        const api = await session.api()
        const caseId = await resolveCase(api, reference, options)
        const decisionId = options.decisionId ?? (await standingDecision(api, caseId))
        const { body } = await api.request<Applied>('POST', casePath(caseId, '/undecide'), {
          body: { decisionId, reason },
          idempotencyKey: randomUUID(),
        })
        printStanding(session, body)
      },
    )
}

/** The decision that stands. The record may be a moment behind what was just decided. */
async function standingDecision(api: ApiClient, caseId: string): Promise<string> {
  const deadlineMs = performance.now() + RECORD_WITHIN_MS
  for (;;) {
    const found = await api.get<Case>(casePath(caseId))
    if (found.decision) return found.decision.decisionId
    if (performance.now() > deadlineMs) {
      throw new CommandError(EXIT.refused, `No decision stands in ${caseId}: nothing to undo.`)
    }
    await delay(RECORD_EVERY_MS)
  }
}

async function decideOne(
  session: Session,
  reference: string,
  where: CaseOptions,
  decision: NewDecision,
): Promise<void> {
  const api = await session.api()
  const caseId = await resolveCase(api, reference, where)
  const shownHash = decision.shownHash ?? (await hashOfUnchanged(session, api, caseId))
  const { body } = await api.request<Decided>('POST', casePath(caseId, '/decision'), {
    body: { ...decision, ...(shownHash === null ? {} : { shownHash }) },
  })
  if (body.applied) return printStanding(session, body)
  session.print(
    body,
    `${caseId}: decision ${body.decisionId} is kept; no worker has applied it yet`,
  )
}

/**
 * Names the listing the case asks about, and says which that is. One that has changed must be looked
 * at: whoever answers from memory would answer about another.
 */
async function hashOfUnchanged(
  session: Session,
  api: ApiClient,
  caseId: string,
): Promise<string | null> {
  const { shown, shownBefore, shownHash } = await api.get<Case>(casePath(caseId))
  if (shown && shownBefore) {
    throw new CommandError(
      EXIT.refused,
      `The listing of ${caseId} has changed since the case was opened. ` +
        'Look at it with case show, and decide with the --shown it names.',
    )
  }
  if (shown) session.say(`about: ${shown.title}, of seller ${shown.seller.id}`)
  return shownHash
}

/** The id is made here, so that a request that is sent again is the same decision. */
function decisionOf(
  options: DecideOptions & Pick<NewDecision, 'verdict'>,
  { nowMs }: Session,
): NewDecision {
  const { verdict, right, reasonCode, indicator, explanation, confidence } = options
  const { attest, proof, question, sku, allowUntil, decisionId = randomUUID(), shown } = options
  const until = allowUntil === undefined ? undefined : parseMoment(allowUntil, nowMs)
  const allowList = { ...(sku ? { sku } : {}), ...(until ? { until } : {}) }
  return {
    decisionId,
    verdict,
    ...(shown ? { shownHash: shown } : {}),
    ...(right ? { right } : {}),
    ...(reasonCode ? { reasonCode } : {}),
    ...(indicator ? { indicators: indicator } : {}),
    ...(explanation ? { explanation } : {}),
    ...(confidence === undefined ? {} : { confidence }),
    ...(attest ? { attestation: { accepted: true } } : {}),
    ...(proof ? { proof } : {}),
    ...(question ? { question } : {}),
    ...(sku || until ? { allowList } : {}),
  }
}

async function decideMany(session: Session, file: string): Promise<void> {
  const content = await session.read(file)
  const request = /^\s*[[{]/.test(content) ? { body: batchOf(content, file) } : { csv: content }
  const api = await session.api()
  const { body } = await api.request<BatchResult>('POST', '/decisions:batch', {
    ...request,
    idempotencyKey: randomUUID(),
  })
  const { applied, accepted, refused } = body.counts
  session.print(body, () => batchTable(body, session))
  if (body.ignoredColumns) session.say(`Ignored columns: ${body.ignoredColumns.join(', ')}`)
  session.say(`${applied} applied, ${accepted} kept for later, ${refused} refused`)
  if (refused > 0) {
    const total = body.results.length
    throw new CommandError(EXIT.partly, `${refused} of ${total} decisions were refused, see above.`)
  }
}

/** A list of decisions, or the object the API takes, with fields that hold for all. */
function batchOf(content: string, file: string): unknown {
  try {
    const parsed: unknown = JSON.parse(content)
    return Array.isArray(parsed) ? { decisions: parsed } : parsed
  } catch (cause) {
    throw usageError(`${file} is not JSON: ${messageOf(cause)}`, cause)
  }
}

function batchTable({ results }: BatchResult, { width }: Session): string {
  const unit = results.some(({ line }) => line !== undefined) ? 'line' : 'item'
  const placeOf = ({ index, line }: BatchResult['results'][number]) => String(line ?? index + 1)
  const columns: Column<BatchResult['results'][number]>[] = [
    { head: unit, cell: placeOf },
    {
      head: 'result',
      cell: ({ applied, outcome, phase, problem }) =>
        applied ? (outcome ?? phase ?? 'applied') : (problem?.code ?? 'kept'),
    },
    { head: 'case', cell: ({ caseId = '' }) => caseId },
  ]
  const refused = results.flatMap((one): [string, string][] =>
    one.problem ? [[`${unit} ${placeOf(one)}`, reasonOf(one.problem)]] : [],
  )
  return [
    table(columns, results, width),
    ...(refused.length > 0 ? ['', details(refused, width)] : []),
  ].join('\n')
}

function reasonOf({ detail, errors = [] }: NonNullable<BatchResult['results'][number]['problem']>) {
  const fields = errors.map(({ pointer, message }) => `${pointer || '/'} ${message}`)
  return fields.length > 0 ? fields.join('; ') : detail
}

function readPercent(text: string): number {
  if (/^\d{1,2}$|^100$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give a whole number from 0 to 100.')
}
