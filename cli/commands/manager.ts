import { type Command, Option } from 'commander'
import type { Static } from 'typebox'
import type { AccountManagerSchema } from '../../contract/people.js'
import { STAFF_ROLES } from '../../domain/vocabulary.js'
import { LOCALES } from '../../wording/vocabulary.js'
import { changeEntry } from '../change-entry.js'
import { examples } from '../examples.js'
import type { Io } from '../io.js'
import { usageError } from '../exit.js'
import { MOMENT_HELP, parseMoment, workingDays } from '../moments.js'
import { openSession } from '../session.js'
import { details, table } from '../../platform/terminal-table.js'
import { bodyOf } from '../body.js'
import { sayWhatFollows } from './sweep.js'

type Manager = Static<typeof AccountManagerSchema>

interface ManagerOptions {
  file?: string
  name?: string
  email?: string
  role?: string
  locale?: string
  lead?: string
  active?: boolean
  reassignTo?: string
  substitute?: string
}

interface AwayOptions {
  from?: string
  until?: string
  cover?: string
  back?: boolean
}

/** `manager …`: account managers and leads. */
export function addManagerCommands(program: Command, io: Io): void {
  const parent = program.command('manager').description('Account managers and leads.')
  parent
    .command('list')
    .description('List account managers and leads.')
    .addHelpText('after', examples('joint-force manager list'))
    .action(async (_options: object, command: Command) => {
      const session = openSession(io, command)
      const managers = await (await session.api()).list<Manager>('/account-managers', {}, 'after')
      session.print(managers, () =>
        table(
          [
            { head: 'id', cell: ({ accountManagerId }) => accountManagerId },
            { head: 'name', min: 10, cell: ({ name }) => name },
            { head: 'role', cell: ({ role }) => role },
            { head: 'lead', min: 6, cell: ({ leadId }) => leadId ?? '' },
            { head: 'mail', min: 12, cell: ({ email }) => email },
            { head: 'active', cell: ({ active }) => (active ? 'yes' : 'no') },
          ],
          managers,
          session.width,
        ),
      )
    })

  parent
    .command('show')
    .description('Show an account manager or lead.')
    .argument('<id>', 'as manager list shows it')
    .addHelpText('after', examples('joint-force manager show ana-souza'))
    .action(async (id: string, _options: object, command: Command) => {
      const session = openSession(io, command)
      const manager = await (await session.api()).get<Manager>(managerPath(id))
      session.print(manager, () => managerPage(manager, session.width))
    })

  withFields(
    parent
      .command('create')
      .description('Add an account manager or lead.')
      .argument('<id>', 'a slug'),
  )
    .addHelpText(
      'after',
      examples(
        'joint-force manager create rui-tavares --name "Rui Tavares" \\',
        '  --email rui.tavares@marketplace.example --role lead',
      ),
    )
    .action(async (id: string, options: ManagerOptions, command: Command) => {
      const session = openSession(io, command)
      const given = { locale: 'en', role: 'accountManager', ...(await fieldsOf(session, options)) }
      const { body } = await (
        await session.api()
      ).request<Manager>('POST', '/account-managers', {
        body: { ...given, accountManagerId: id },
        once: true,
      })
      session.print(body, () => managerPage(body, session.width))
    })

  withFields(
    parent
      .command('update')
      .description('Change an account manager or lead.')
      .argument('<id>', 'as manager list shows it'),
  )
    .addHelpText('after', examples('joint-force manager update ana-souza --lead rui-tavares'))
    .action(async (id: string, options: ManagerOptions, command: Command) => {
      const session = openSession(io, command)
      const changes = await fieldsOf(session, options)
      const manager = await changeEntry<Manager & { sweepId?: string }>(
        await session.api(),
        managerPath(id),
        () => changes,
      )
      session.print(manager, () => managerPage(manager, session.width))
      sayWhatFollows(session, manager)
    })

  parent
    .command('away')
    .description('Say when somebody is away, and who covers meanwhile; --back takes it back.')
    .argument('<id>', 'as manager list shows it')
    .option('--from <moment>', `when it begins (now): ${MOMENT_HELP}`)
    .option('--until <moment>', 'when they are back')
    .option('--cover <id>', 'who covers; their substitute when absent')
    .option('--back', 'they are back, or not away after all')
    .addHelpText(
      'after',
      examples(
        'joint-force manager away ana-souza --until +14d --cover ben-okafor',
        'joint-force manager away ana-souza --back',
      ),
    )
    .action(async (id: string, options: AwayOptions, command: Command) => {
      const session = openSession(io, command)
      const path = `${managerPath(id)}/absence`
      const api = await session.api()
      const { body } =
        options.back === true
          ? await api.request<Manager>('DELETE', path)
          : await api.request<Manager>('PUT', path, { body: absenceOf(options, session.nowMs) })
      session.print(body, () => managerPage(body, session.width))
    })
}

function absenceOf({ from, until, cover: coverId }: AwayOptions, nowMs: number) {
  if (until === undefined) throw usageError('Say until when (--until), or --back.')
  return {
    from: from === undefined ? new Date(nowMs).toISOString() : parseMoment(from, nowMs),
    until: parseMoment(until, nowMs),
    ...(coverId === undefined ? {} : { coverId }),
  }
}

function withFields(command: Command): Command {
  return command
    .option('--name <name>', 'full name')
    .option('--email <address>', 'mail address')
    .addOption(new Option('--role <role>', 'role').choices(STAFF_ROLES))
    .addOption(new Option('--locale <locale>', 'language of the mails').choices(LOCALES))
    .option('--lead <id>', 'the lead who steps in')
    .option('--substitute <id>', 'who covers unless somebody else is named')
    .option('--active', 'works')
    .option('--no-active', 'has left')
    .option('--reassign-to <id>', 'who gets their brands and open cases when they leave')
    .option('--file <file>', 'these and other fields (calendar) as JSON; - reads it')
}

function fieldsOf(session: Parameters<typeof bodyOf>[0], options: ManagerOptions) {
  const { file, name, email, role, locale, lead: leadId, active, reassignTo } = options
  const { substitute: substituteId } = options
  return bodyOf(session, file, {
    ...{ name, email, role, locale, leadId, active, reassignTo, substituteId },
  })
}

function managerPath(id: string): string {
  return `/account-managers/${encodeURIComponent(id)}`
}

function awayLine({ from, until, coverId }: NonNullable<Manager['absence']>): string {
  return `${from} to ${until}, ${coverId} covers`
}

function managerPage(manager: Manager, width: number | undefined): string {
  return details(
    [
      ['Id', manager.accountManagerId],
      ['Name', manager.name],
      ['Role', manager.role],
      ['Lead', manager.leadId ?? 'none'],
      ['Mail', `${manager.email} (${manager.locale})`],
      ['Works', workingDays(manager.calendar)],
      ['Active', manager.active ? 'yes' : 'no'],
      ['Substitute', manager.substituteId ?? 'none'],
      ['Away', manager.absence ? awayLine(manager.absence) : 'no'],
    ],
    width,
  )
}
