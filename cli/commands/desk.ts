import type { Command } from 'commander'
import type { Desk, LeadDesk } from '../../contract/desk.js'
import type { CaseSummary } from '../../contract/case.js'
import { table } from '../../platform/terminal-table.js'
import { examples } from '../examples.js'
import type { Io } from '../io.js'
import { localMoment } from '../moments.js'
import { openSession, type Session } from '../session.js'

type Open = Pick<Desk['brands'][number], 'openByPhase'>

/** `desk`: what an account manager has to look after, and what needs a lead. */
export function addDeskCommands(program: Command, io: Io): void {
  const desk = program.command('desk').description('What waits for account managers and leads.')
  desk
    .command('show')
    .description('Show brands, escalations, stuck cases and contacts whom mails do not reach.')
    .option('--manager <id>', 'of this account manager; of everybody when absent')
    .addHelpText(
      'after',
      examples('joint-force desk show --manager ana-souza', 'joint-force desk show --json'),
    )
    .action(async ({ manager }: { manager?: string }, command: Command) => {
      const session = openSession(io, command)
      const query = manager === undefined ? '' : `?accountManagerId=${encodeURIComponent(manager)}`
      const shown = await (await session.api()).get<Desk>(`/desk${query}`)
      session.print(shown, () => deskPage(shown, session))
    })

  desk
    .command('lead')
    .description(
      'Show who has how much to do, what is stuck and which marketplace does not answer.',
    )
    .addHelpText('after', examples('joint-force desk lead'))
    .action(async (_options: object, command: Command) => {
      const session = openSession(io, command)
      const shown = await (await session.api()).get<LeadDesk>('/desk/lead')
      session.print(shown, () => leadPage(shown, session))
    })
}

function deskPage({ brands, escalated, stuck, unreachable }: Desk, session: Session): string {
  const { width, nowMs } = session
  return sections([
    [
      'Brands',
      table(
        [
          { head: 'brand', cell: ({ brandId }) => brandId },
          { head: 'open', cell: (brand) => String(openOf(brand)) },
          { head: 'overdue', cell: ({ overdue }) => String(overdue) },
          { head: 'in time', cell: ({ answeredInTime }) => String(answeredInTime) },
          { head: 'missed', cell: ({ missed }) => String(missed) },
          { head: 'reminded', cell: ({ reminded }) => String(reminded) },
          { head: '', cell: ({ silent }) => (silent ? 'silent' : '') },
        ],
        brands,
        width,
      ),
    ],
    ['Waits for the account manager', caseTable(escalated, session)],
    ['Needs attention', caseTable(stuck, session)],
    [
      'Not reached by mail',
      table(
        [
          { head: 'brand', cell: ({ brandId }) => brandId },
          { head: 'contact', cell: ({ contactId }) => contactId ?? 'nobody' },
          { head: 'cases', cell: ({ cases }) => String(cases) },
          { head: 'last', cell: ({ at }) => localMoment(at, nowMs) },
          { head: 'why', min: 12, cell: ({ detail }) => detail },
        ],
        unreachable,
        width,
      ),
    ],
  ])
}

function leadPage({ managers, stuck, takedowns }: LeadDesk, { width, nowMs }: Session): string {
  return sections([
    [
      'Workload',
      table(
        [
          { head: 'who', cell: ({ accountManagerId }) => accountManagerId ?? 'nobody' },
          { head: 'role', cell: ({ role }) => role ?? '' },
          { head: 'open', cell: (manager) => String(openOf(manager)) },
          { head: 'overdue', cell: ({ overdue }) => String(overdue) },
          { head: 'missed', cell: ({ missed }) => String(missed) },
        ],
        managers,
        width,
      ),
    ],
    [
      'Needs attention',
      table(
        [
          { head: 'problem', cell: ({ reason }) => reason },
          { head: 'marketplace', cell: ({ marketplace }) => marketplace },
          { head: 'cases', cell: ({ count }) => String(count) },
          { head: 'since', cell: ({ since }) => localMoment(since, nowMs) },
        ],
        stuck,
        width,
      ),
    ],
    [
      'Takedowns without an answer',
      table(
        [
          { head: 'marketplace', cell: ({ marketplace }) => marketplace },
          { head: 'waiting', cell: ({ waiting }) => String(waiting) },
          { head: 'oldest', cell: ({ oldest }) => localMoment(oldest, nowMs) },
        ],
        takedowns,
        width,
      ),
    ],
  ])
}

function caseTable(cases: readonly CaseSummary[], { width, nowMs }: Session): string {
  return table(
    [
      { head: 'severity', cell: ({ severity }) => severity },
      { head: 'brand', cell: ({ brandId }) => brandId },
      { head: 'due', cell: ({ dueAt }) => (dueAt ? localMoment(dueAt, nowMs) : '') },
      { head: 'title', min: 12, cell: ({ title }) => title },
      { head: 'case', min: 20, cell: ({ caseId }) => caseId },
    ],
    cases,
    width,
  )
}

function sections(all: readonly (readonly [title: string, text: string])[]): string {
  return all.map(([title, text]) => `${title}\n${text}`).join('\n\n')
}

function openOf({ openByPhase }: Open): number {
  return Object.values(openByPhase).reduce<number>((sum, count = 0) => sum + count, 0)
}
