import type { Command } from 'commander'
import type { MarketplaceHealth, ShownPause } from '../../contract/marketplace.js'
import { marketplacePath } from '../../client/paths.js'
import { details, table } from '../../platform/terminal-table.js'
import { examples } from '../examples.js'
import type { Io } from '../io.js'
import { localMoment } from '../moments.js'
import { openSession, type Session } from '../session.js'

/** `marketplace …`: how marketplaces do, and their pauses. */
export function addMarketplaceCommands(program: Command, io: Io): void {
  const parent = program
    .command('marketplace')
    .description('How marketplaces do; pausing and resuming them.')

  parent
    .command('list')
    .description(
      'List marketplaces: what waits for them, how they answered last, which are paused.',
    )
    .addHelpText('after', examples('joint-force marketplace list'))
    .action(async (_options: object, command: Command) => {
      const session = openSession(io, command)
      const { items } = await (
        await session.api()
      ).get<{ items: MarketplaceHealth[] }>('/marketplaces/health')
      session.print(items, () => healthTable(items, session))
    })

  parent
    .command('pauses')
    .description('When a marketplace was paused, by whom and why.')
    .argument('<id>', 'as marketplace list shows it')
    .addHelpText('after', examples('joint-force marketplace pauses lantern-market'))
    .action(async (id: string, _options: object, command: Command) => {
      const session = openSession(io, command)
      const path = marketplacePath(id, '/pauses')
      const { items } = await (await session.api()).get<{ items: ShownPause[] }>(path)
      session.print(items, () => items.map((pause) => pausePage(pause, session)).join('\n\n'))
      if (items.length === 0) session.say('It was never paused.')
    })

  for (const [name, description, example] of [
    ['pause', 'Send a marketplace nothing; its cases wait until it is resumed.', 'wrong removals'],
    ['resume', 'Let a paused marketplace go on.', 'mended'],
  ] as const) {
    parent
      .command(name)
      .description(description)
      .argument('<id>', 'as marketplace list shows it')
      .requiredOption('--reason <text>', 'why; of a pause, for all who read its cases')
      .addHelpText(
        'after',
        examples(`joint-force marketplace ${name} lantern-market --reason "${example}"`),
      )
      .action(async (id: string, { reason }: { reason: string }, command: Command) => {
        const session = openSession(io, command)
        const { body } = await (
          await session.api()
        ).request<MarketplaceHealth>('POST', marketplacePath(id, `/${name}`), { body: { reason } })
        session.print(body, () => healthTable([body], session))
      })
  }
}

function healthTable(all: readonly MarketplaceHealth[], { nowMs, width }: Session): string {
  const moment = (at: string | null) => (at === null ? '' : localMoment(at, nowMs))
  return table(
    [
      { head: 'marketplace', cell: ({ marketplace }) => marketplace },
      { head: 'waiting', cell: ({ waiting }) => String(waiting) },
      { head: 'oldest', cell: ({ oldest }) => moment(oldest) },
      { head: 'answered', cell: ({ answeredAt }) => moment(answeredAt) },
      { head: 'failed', cell: ({ failedAt }) => moment(failedAt) },
      {
        head: 'paused',
        min: 20,
        cell: ({ pause }) =>
          pause === null
            ? 'no'
            : `since ${moment(pause.since)}: ${pause.reasons.at(-1)?.text ?? ''}`,
      },
    ],
    all,
    width,
  )
}

function pausePage({ since, reasons, resumed }: ShownPause, { nowMs, width }: Session): string {
  const told = ({ text, by, byName, at }: ShownPause['reasons'][number]) =>
    `${localMoment(at, nowMs)}, ${byName ?? by}: ${text}`
  return details(
    [
      ['Paused', localMoment(since, nowMs)],
      ['Because', reasons.map(told).join('\n')],
      ['Resumed', resumed ? told(resumed) : 'no'],
    ],
    width,
  )
}
