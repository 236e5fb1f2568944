import { type Command, Option } from 'commander'
import type { Static } from 'typebox'
import type { StatsSchema } from '../../contract/stats.js'
import { examples } from '../examples.js'
import type { Io } from '../io.js'
import { localMoment, MOMENT_HELP, parseMoment, span } from '../moments.js'
import { openSession, type Session } from '../session.js'
import { details, table } from '../../platform/terminal-table.js'

type Stats = Static<typeof StatsSchema>
type Group = NonNullable<Stats['groups']>[number]

interface StatsOptions {
  from?: string
  to?: string
  by?: 'brand' | 'accountManager'
}

/** `stats`: how much is open and overdue, and how fast answers and removals were. */
export function addStatsCommand(program: Command, io: Io): void {
  program
    .command('stats')
    .description('Show how much is open, overdue, missed and decided, and how fast.')
    .option('--from <moment>', `start of the period (90 days ago): ${MOMENT_HELP}`)
    .option('--to <moment>', 'its end (now)')
    .addOption(
      new Option('--by <whom>', 'for each brand or account manager').choices([
        'brand',
        'accountManager',
      ]),
    )
    .addHelpText(
      'after',
      examples('joint-force stats', 'joint-force stats --from 2026-11-01T00:00 --by brand'),
    )
    .action(async ({ from, to, by }: StatsOptions, command: Command) => {
      const session = openSession(io, command)
      const query = new URLSearchParams({
        ...(from === undefined ? {} : { from: parseMoment(from, session.nowMs) }),
        ...(to === undefined ? {} : { to: parseMoment(to, session.nowMs) }),
        ...(by === undefined ? {} : { groupBy: by }),
      })
      const stats = await (await session.api()).get<Stats>(`/stats?${query.toString()}`)
      session.print(stats, () => statsPage(stats, session))
    })
}

function statsPage(stats: Stats, { width, nowMs }: Session): string {
  const { openByPhase, overdue, waitingForWorker, from, to } = stats
  const phases = Object.entries(openByPhase).map(([phase, count]) => `${phase} ${count}`)
  const page = details(
    [
      ['Open', `${openOf(stats)}${phases.length > 0 ? `: ${phases.join(', ')}` : ''}`],
      [
        'Overdue',
        `${overdue}${waitingForWorker > 0 ? `, ${waitingForWorker} of them wait for a worker` : ''}`,
      ],
      ['Period', `${localMoment(from, nowMs)} to ${localMoment(to, nowMs)}`],
      ['Cases', `opened ${stats.opened}, decided ${stats.decided}, removed ${stats.removed}`],
      ['Missed by', missedOf(stats)],
      ['To decision', timesOf(stats.timeToDecisionMs)],
      ['To takedown', timesOf(stats.timeToTakedownMs)],
      ['Decision to removal', timesOf(stats.decisionToRemovalMs)],
    ],
    width,
  )
  return stats.groups ? `${page}\n\n${groupTable(stats.groups, width)}` : page
}

function groupTable(groups: readonly Group[], width: number | undefined): string {
  return table(
    [
      { head: 'who', cell: ({ id }) => id ?? 'nobody' },
      { head: 'open', cell: (group) => String(openOf(group)) },
      { head: 'overdue', cell: ({ overdue }) => String(overdue) },
      {
        head: 'missed (brand, manager, lead)',
        cell: ({ missed }) => Object.values(missed).join(', '),
      },
      { head: 'opened', cell: ({ opened }) => String(opened) },
      { head: 'decided', cell: ({ decided }) => String(decided) },
      { head: 'removed', cell: ({ removed }) => String(removed) },
      { head: 'to decision', cell: ({ timeToDecisionMs }) => half(timeToDecisionMs) },
      { head: 'to removal', cell: ({ decisionToRemovalMs }) => half(decisionToRemovalMs) },
    ],
    groups,
    width,
  )
}

function openOf({ openByPhase }: Pick<Stats, 'openByPhase'>): number {
  return Object.values(openByPhase).reduce<number>((sum, count = 0) => sum + count, 0)
}

function missedOf({ missed: { brand, accountManager, lead } }: Stats): string {
  return `brand ${brand}, account manager ${accountManager}, lead ${lead}`
}

function timesOf(times: Stats['timeToDecisionMs']): string {
  const { n, p50, p90, p99 } = times
  if (p50 === null || p90 === null || p99 === null) return 'none'
  return `half within ${span(p50)}, 90 % within ${span(p90)}, 99 % within ${span(p99)} (of ${n})`
}

function half({ p50 }: Stats['timeToDecisionMs']): string {
  return p50 === null ? '' : span(p50)
}
