import type { Command } from 'commander'
import type { Static } from 'typebox'
import type {
  RefusedReportSchema,
  WholeRefusedReportSchema,
} from '../../contract/refused-report.js'
import { examples } from '../examples.js'
import type { Io } from '../io.js'
import { localMoment } from '../moments.js'
import { openSession } from '../session.js'
import { type Column, table } from '../../platform/terminal-table.js'

type Refused = Static<typeof RefusedReportSchema>

/** `refused-report …`: reports that opened no case. */
export function addRefusedReportCommands(program: Command, io: Io): void {
  const parent = program
    .command('refused-report')
    .description('Reports that came too early, or for another reason opened no case.')

  parent
    .command('list')
    .description('List them, oldest first; they are kept for 90 days.')
    .addHelpText('after', examples('joint-force refused-report list'))
    .action(async (_options: object, command: Command) => {
      const session = openSession(io, command)
      const api = await session.api()
      const refused = await api.list<Refused>('/refused-reports', {}, 'after')
      const columns: Column<Refused>[] = [
        { head: 'id', cell: ({ refusalId }) => refusalId },
        { head: 'refused', cell: ({ refusedAt }) => localMoment(refusedAt, session.nowMs) },
        { head: 'why', cell: ({ reason }) => reason },
        { head: 'brand', cell: ({ brandId }) => brandId },
        { head: 'marketplace', cell: ({ marketplace }) => marketplace },
        { head: 'listing', cell: ({ listingId }) => listingId },
      ]
      session.print(refused, () =>
        refused.length === 0 ? '' : table(columns, refused, session.width),
      )
      if (refused.length === 0) session.say('No report was refused.')
    })

  parent
    .command('show')
    .description('Print the report as JSON, to report it again.')
    .argument('<id>', 'as refused-report list shows it')
    .addHelpText(
      'after',
      examples('joint-force refused-report show 00mi3k2x1-5f0c | joint-force case start --file -'),
    )
    .action(async (id: string, _options: object, command: Command) => {
      const session = openSession(io, command)
      const path = `/refused-reports/${encodeURIComponent(id)}`
      const { report } = await (
        await session.api()
      ).get<Static<typeof WholeRefusedReportSchema>>(path)
      session.printJson(report)
    })
}
