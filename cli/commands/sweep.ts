import { setTimeout as delay } from 'node:timers/promises'
import type { Command } from 'commander'
import type { Static } from 'typebox'
import type { SweepSchema } from '../../contract/sweep.js'
import type { ApiClient } from '../../client/client.js'
import { examples } from '../examples.js'
import { CommandError, EXIT } from '../exit.js'
import type { Io } from '../io.js'
import { localMoment } from '../moments.js'
import { createProgress } from '../../platform/terminal-progress.js'
import { openSession, type Session } from '../session.js'
import { type Column, details, table } from '../../platform/terminal-table.js'

type Sweep = Static<typeof SweepSchema>

const LOOK_EVERY_MS = 500

/** How commands that begin one describe that they can go on without its end. */
export const NO_WAIT = ['--no-wait', 'do not wait for the end; case sweep shows it'] as const

/** `case sweep`: how far a message to many cases is. */
export function addSweepCommand(parent: Command, io: Io): void {
  parent
    .command('sweep')
    .description('Show how far a recall or a reassignment of many cases is, until it has ended.')
    .argument('<sweepId>', 'as the command that began it names it')
    .option('--no-wait', 'show it as it is now')
    .addHelpText('after', examples('joint-force case sweep k3v9x2m7q4tak3v9x2m7q4ta'))
    .action(async (sweepId: string, { wait }: { wait: boolean }, command: Command) => {
      const session = openSession(io, command)
      await showSweep(session, await session.api(), sweepId, wait)
    })
}

/** Says where what a change of somebody or something began can be followed. */
export function sayWhatFollows(session: Session, { sweepId }: { sweepId?: string }): void {
  if (sweepId === undefined) return
  session.say(`Its open cases change hands: joint-force case sweep ${sweepId}`)
}

/** Prints a sweep, once it has ended or as it is. Throws when not every case took its message. */
export async function showSweep(
  session: Session,
  api: ApiClient,
  sweepId: string,
  wait: boolean,
): Promise<void> {
  const sweep = wait ? await ended(session, api, sweepId) : await read(api, sweepId)
  session.print(sweep, () => sweepPage(sweep, session))
  const { failed } = sweep.counts
  if (failed > 0) {
    throw new CommandError(EXIT.partly, `${failed} cases could not be reached, or refused.`)
  }
  if (sweep.status === 'stopped') {
    throw new CommandError(EXIT.failed, 'Somebody ended it in Temporal; ask for the rest again.')
  }
}

function read(api: ApiClient, sweepId: string): Promise<Sweep> {
  return api.get<Sweep>(`/sweeps/${encodeURIComponent(sweepId)}`)
}

async function ended(session: Session, api: ApiClient, sweepId: string): Promise<Sweep> {
  const progress = createProgress(session.io.stderr)
  try {
    for (;;) {
      const sweep = await read(api, sweepId)
      if (sweep.status !== 'running') return sweep
      progress.show(inOneLine(sweep))
      await delay(LOOK_EVERY_MS)
    }
  } finally {
    progress.end()
  }
}

function inOneLine({ sweepId, counts: { total, done, kept, failed } }: Sweep): string {
  const dealtWith = done + kept + failed
  return `${dealtWith} of ${total ?? '?'} cases, ${failed} failed (sweep ${sweepId})`
}

function sweepPage({ counts, failures, ...sweep }: Sweep, { nowMs, width }: Session): string {
  const page = details(
    [
      ['Sweep', sweep.sweepId],
      ['Does', sweep.kind],
      ['Status', sweep.status],
      ['Asked for', localMoment(sweep.startedAt, nowMs)],
      ['Cases', counts.total === null ? 'not counted yet' : String(counts.total)],
      ['Done', String(counts.done)],
      ['Left as they are', String(counts.kept)],
      ['Failed', String(counts.failed)],
    ],
    width,
  )
  if (failures.length === 0) return page
  const columns: Column<(typeof failures)[number]>[] = [
    { head: 'failed', cell: ({ reason }) => reason },
    { head: 'case', cell: ({ caseId }) => caseId },
    { head: 'why', min: 20, cell: ({ detail }) => detail },
  ]
  return [page, '', table(columns, failures, width)].join('\n')
}
