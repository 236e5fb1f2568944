import {
  type Client,
  isGrpcCancelledError,
  isGrpcDeadlineError,
  ScheduleNotFoundError,
  WorkflowFailedError,
  WorkflowNotFoundError,
} from '@temporalio/client'
import { type Command, InvalidArgumentError } from 'commander'
import {
  CASES_QUEUE,
  RECONCILE,
  RECONCILE_SCHEDULE,
  type ReconcileReport,
} from '../../workflows/messages.js'
import { examples } from '../examples.js'
import { CommandError, EXIT } from '../exit.js'
import type { Io } from '../io.js'
import { localMoment } from '../moments.js'
import { openSession, type Session } from '../session.js'
import { details } from '../table.js'
import { withTemporal } from '../with-temporal.js'

/** One at a time, whoever asks for it. */
const BY_HAND = 'reconcile-by-hand'

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
    .option('--timeout <seconds>', 'wait so long for a worker to do it', readSeconds, 120)
    .addHelpText('after', examples('joint-force reconcile', 'joint-force reconcile --last --json'))
    .action(async (options: ReconcileOptions, command: Command) => {
      const session = openSession(io, command)
      const report = await withTemporal(io, (client) =>
        options.last ? lastReport(client, session) : reconcileNow(client, options.timeout),
      )
      session.print(report, () => inWords(report, session.width))
      const { superseded, unreadable, withoutRow } = report
      if (superseded.length + unreadable.length + withoutRow.length > 0) {
        throw new CommandError(
          EXIT.unhealthy,
          'Some could not be repaired: close them by hand, look at a record with audit verify, or terminate a workflow without a case.',
        )
      }
    })
}

async function reconcileNow(client: Client, timeoutS: number): Promise<ReconcileReport> {
  const handle = await client.workflow.start(RECONCILE, {
    workflowId: BY_HAND,
    taskQueue: CASES_QUEUE,
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowExecutionTimeout: '15m',
  })
  return resultWithin(client, timeoutS, () => handle.result() as Promise<ReconcileReport>)
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
    const { workflowId, firstExecutionRunId } = action.workflow
    const handle = client.workflow.getHandle(workflowId, firstExecutionRunId)
    if ((await handle.describe().catch(nullIfGone))?.status.name !== 'COMPLETED') continue
    session.say(`Of ${localMoment(takenAt.toISOString(), session.nowMs)}:`)
    return (await handle.result()) as ReconcileReport
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

async function resultWithin<T>(
  client: Client,
  timeoutS: number,
  result: () => Promise<T>,
): Promise<T> {
  try {
    return await client.withDeadline(Date.now() + timeoutS * 1000, result)
  } catch (error) {
    if (error instanceof WorkflowFailedError) {
      throw new CommandError(EXIT.failed, `The comparison failed: ${rootMessage(error)}`, {
        cause: error,
      })
    }
    // Temporal's server now and then cancels a call in the moment its deadline passes.
    if (!isGrpcDeadlineError(error) && !isGrpcCancelledError(error)) throw error
    throw new CommandError(
      EXIT.unreachable,
      `No worker did it within ${timeoutS} s; it is done as soon as one runs. See: joint-force doctor`,
      { cause: error },
    )
  }
}

/** What failed first, below what says only that something failed. */
function rootMessage(error: Error): string {
  return error.cause instanceof Error ? rootMessage(error.cause) : error.message
}

function inWords(report: ReconcileReport, width: number | undefined): string {
  const { openRows, runningWorkflows, restarted, superseded, unreadable, withoutRow } = report
  const list = (ids: readonly string[]) => [String(ids.length), ...ids].join('\n')
  return details(
    [
      ['Open cases', String(openRows)],
      ['Running workflows', String(runningWorkflows)],
      ['Started again', list(restarted)],
      ['Not repaired', list(superseded)],
      ['Record not readable', list(unreadable)],
      ['Workflows without a case', list(withoutRow)],
    ],
    width,
  )
}

function readSeconds(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give a whole number of seconds above 0.')
}
