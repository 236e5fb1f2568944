import {
  type Client,
  isGrpcCancelledError,
  isGrpcDeadlineError,
  ScheduleNotFoundError,
  WorkflowFailedError,
  WorkflowNotFoundError,
} from '@temporalio/client'
import { type Command, InvalidArgumentError } from 'commander'
import type { Drift } from '../../domain/vocabulary.js'
import { readReport, type ReconcileReport } from '../../domain/record/reconciling.js'
import {
  CASES_QUEUE,
  RECONCILE,
  RECONCILE_SCHEDULE,
  reconcileProgress,
} from '../../workflows/messages.js'
import { examples } from '../examples.js'
import { CommandError, EXIT } from '../exit.js'
import type { Io } from '../io.js'
import { localMoment } from '../moments.js'
import { createProgress, type Progress } from '../../platform/terminal-progress.js'
import { openSession, type Session } from '../session.js'
import { details } from '../../platform/terminal-table.js'
import { withTemporal } from '../with-temporal.js'

/** One at a time, whoever asks for it. */
const BY_HAND = 'reconcile-by-hand'
const LOOK_EVERY_MS = 2_000

interface ReconcileOptions {
  last?: boolean
  timeout: number
}

/** `reconcile`: compares cases with their workflows now, or shows the last comparison. */
export function addReconcileCommand(program: Command, io: Io): void {
  program
    .command('reconcile')
    .description(
      'Compare open cases with running workflows now: a case whose workflow has ended goes on from ' +
        'its record. The service does it by itself every few minutes.',
    )
    .option('--last', 'show the service’s own last comparison instead')
    .option('--timeout <seconds>', 'wait so long for a worker to get on with it', readSeconds, 120)
    .addHelpText('after', examples('joint-force reconcile', 'joint-force reconcile --last --json'))
    .action(async (options: ReconcileOptions, command: Command) => {
      const session = openSession(io, command)
      const report = await withTemporal(io, (client) =>
        options.last
          ? lastReport(client, session)
          : reconcileNow(client, options.timeout, createProgress(io.stderr)),
      )
      session.print(report, () => inWords(report, session.width))
      const { restarted: _repaired, ...unrepaired } = report.counts
      if (Object.values(unrepaired).some((count) => count > 0)) {
        throw new CommandError(
          EXIT.unhealthy,
          'Some could not be repaired: see stuck list, close them by hand, look at a record with audit verify, or terminate a workflow without a case.',
        )
      }
    })
}

async function reconcileNow(
  client: Client,
  timeoutS: number,
  progress: Progress,
): Promise<ReconcileReport> {
  const handle = await client.workflow.start(RECONCILE, {
    workflowId: BY_HAND,
    taskQueue: CASES_QUEUE,
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowExecutionTimeout: '1 day',
  })
  let movedAtMs = Date.now()
  let shown = ''
  try {
    for (;;) {
      const waitMs = Math.min(LOOK_EVERY_MS, movedAtMs + timeoutS * 1000 - Date.now())
      const result = () => handle.result() as Promise<ReconcileReport>
      const report = await resultWithin(client, Math.max(1, waitMs), result)
      if (report) return readReport(report)
      const standing = await client
        .withDeadline(Date.now() + LOOK_EVERY_MS, () => handle.query(reconcileProgress))
        .then(inOneLine, () => shown)
      if (standing !== shown) movedAtMs = Date.now()
      shown = standing
      if (shown !== '') progress.show(shown)
      if (Date.now() - movedAtMs < timeoutS * 1000) continue
      throw new CommandError(
        EXIT.unreachable,
        `No worker did it within ${timeoutS} s; it is done as soon as one runs. See: joint-force doctor`,
      )
    }
  } finally {
    progress.end()
  }
}

function inOneLine({ openRows, runningWorkflows, counts }: ReconcileReport): string {
  const compared = `${openRows} open cases and ${runningWorkflows} workflows compared`
  return `${compared}, ${counts.restarted} started again`
}

async function lastReport(client: Client, session: Session): Promise<ReconcileReport> {
  const schedule = client.schedule.getHandle(RECONCILE_SCHEDULE)
  const { info } = await schedule.describe().catch((cause: unknown) => {
    if (!(cause instanceof ScheduleNotFoundError)) throw cause
    throw new CommandError(
      EXIT.notFound,
      'There is no schedule for it; the migration makes it: bin/entrypoint migrate',
      { cause },
    )
  })
  for (const { action, takenAt } of info.recentActions.toReversed()) {
    // Its latest run: a long comparison continues as new.
    const handle = client.workflow.getHandle(action.workflow.workflowId)
    if ((await handle.describe().catch(nullIfGone))?.status.name !== 'COMPLETED') continue
    session.say(`Of ${localMoment(takenAt.toISOString(), session.nowMs)}:`)
    return readReport((await handle.result()) as ReconcileReport)
  }
  throw new CommandError(
    EXIT.notFound,
    'The service has not compared anything yet; look whether a worker runs: joint-force doctor',
  )
}

/** Finished workflows are kept for a while only. */
function nullIfGone(error: unknown): null {
  if (error instanceof WorkflowNotFoundError) return null
  throw error
}

/** The result, or `null` when there is none yet after so long. */
async function resultWithin<T>(
  client: Client,
  waitMs: number,
  result: () => Promise<T>,
): Promise<T | null> {
  try {
    return await client.withDeadline(Date.now() + waitMs, result)
  } catch (error) {
    if (error instanceof WorkflowFailedError) {
      throw new CommandError(EXIT.failed, `The comparison failed: ${rootMessage(error)}`, {
        cause: error,
      })
    }
    // Temporal's server now and then cancels a call in the moment its deadline passes.
    if (!isGrpcDeadlineError(error) && !isGrpcCancelledError(error)) throw error
    return null
  }
}

/** What failed first, below what says only that something failed. */
function rootMessage(error: Error): string {
  return error.cause instanceof Error ? rootMessage(error.cause) : error.message
}

function inWords(report: ReconcileReport, width: number | undefined): string {
  const { openRows, runningWorkflows, counts } = report
  const list = (drift: Drift) => {
    const named = report[drift]
    const more = counts[drift] - named.length
    return [String(counts[drift]), ...named, ...(more > 0 ? [`and ${more} more`] : [])].join('\n')
  }
  return details(
    [
      ['Open cases', String(openRows)],
      ['Running workflows', String(runningWorkflows)],
      ['Started again', list('restarted')],
      ['Not repaired', list('superseded')],
      ['Record not readable', list('unreadable')],
      ['Workflows without a case', list('withoutRow')],
      ['Not opened', list('notOpened')],
      ['Record takes nothing', list('recordRefused')],
      ['Code fails', list('codeFailed')],
    ],
    width,
  )
}

function readSeconds(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give a whole number of seconds above 0.')
}
