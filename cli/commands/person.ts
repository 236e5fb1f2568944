import { type Command, Option } from 'commander'
import type { Static } from 'typebox'
import type { PersonSchema } from '../../contract/person.js'
import { LINK_LIFE_MS } from '../../domain/person/sign-in-links.js'
import { MINUTE_MS } from '../../domain/brand/calendar.js'
import { PERSON_ROLES } from '../../domain/vocabulary.js'
import { table } from '../../platform/terminal-table.js'
import { LOCALES } from '../../wording/vocabulary.js'
import { configurationOf } from '../configuration.js'
import { confirm } from '../confirm.js'
import { examples } from '../examples.js'
import { CommandError, EXIT } from '../exit.js'
import type { Io } from '../io.js'
import { localMoment } from '../moments.js'
import { openSession, type Session } from '../session.js'
import { handOutLink } from '../sign-in-link.js'
import { withStore } from '../with-store.js'

type Person = Static<typeof PersonSchema>

interface InviteOptions {
  name: string
  role: string
  brand?: string[]
  marketplace?: string[]
  locale: string
  manager?: string
}

/** `person …`: the people who sign in. */
export function addPersonCommands(program: Command, io: Io): void {
  const parent = program.command('person').description('People who sign in.')

  parent
    .command('list')
    .description('List the people who sign in.')
    .option('--all', 'also those deactivated')
    .addHelpText('after', examples('joint-force person list'))
    .action(async ({ all }: { all?: boolean }, command: Command) => {
      const session = openSession(io, command)
      const people = await (await session.api()).list<Person>('/people', {}, 'after')
      const shown = people.filter(({ deactivatedAt }) => all || deactivatedAt === null)
      session.print(shown, () => personTable(shown, session))
    })

  parent
    .command('invite')
    .description(
      'Invite somebody by mail; whoever has the address already gets the membership as well.',
    )
    .argument('<email>', 'their mail address')
    .requiredOption('--name <name>', 'what people call them')
    .addOption(
      new Option('--role <role>', 'what they may do').choices(PERSON_ROLES).makeOptionMandatory(),
    )
    .option('--brand <brandId...>', 'the brands they act for; brand roles need them')
    .option('--marketplace <id...>', 'limits them to these marketplaces')
    .addOption(new Option('--locale <locale>', 'language of mails').choices(LOCALES).default('en'))
    .option('--manager <id>', 'the account manager or lead that they are')
    .addHelpText(
      'after',
      examples(
        'joint-force person invite mei.lin@hp.example --name "Mei Lin" --role brandAdmin --brand hp',
      ),
    )
    .action(async (email: string, options: InviteOptions, command: Command) => {
      const session = openSession(io, command)
      const { name, role, brand, marketplace, locale, manager } = options
      const membership = {
        role,
        ...(brand ? { brandIds: brand } : {}),
        ...(marketplace ? { marketplaces: marketplace } : {}),
      }
      const { body, status } = await (
        await session.api()
      ).request<Person>('POST', '/people', {
        body: {
          ...{ name, email, locale, memberships: [membership] },
          ...(manager ? { accountManagerId: manager } : {}),
        },
      })
      session.print(body, invited(body, status === 201))
    })

  parent
    .command('deactivate')
    .description('Let somebody in no more. Their sessions end within 5 seconds.')
    .argument('<personId>', 'as person list shows it')
    .option('--yes', 'do not ask', false)
    .addHelpText('after', examples('joint-force person deactivate p-k3v9x2m7q4tak'))
    .action(async (personId: string, { yes }: { yes: boolean }, command: Command) => {
      const session = openSession(io, command)
      const api = await session.api()
      const path = `/people/${encodeURIComponent(personId)}`
      const { name, email } = await api.get<Person>(path)
      await confirm(io, `Let ${name} (${email}) in no more?`, yes)
      const person = await api.post<Person>(`${path}/deactivate`, undefined)
      session.print(person, `${personId}: deactivated`)
    })

  parent
    .command('sign-in-link')
    .description(
      'Print a link that lets somebody in once, in any browser, directly from the database ' +
        `(MONGODB_URI): no mail and no key is needed. It works for ${LINK_LIFE_MS.handed / MINUTE_MS} minutes.`,
    )
    .argument('<email>', 'their mail address')
    .addHelpText('after', examples('joint-force person sign-in-link mei.lin@hp.example'))
    .action(async (email: string, _options: object, command: Command) => {
      const session = openSession(io, command)
      const { PUBLIC_URL: publicUrl } = configurationOf(io)
      await withStore(io, async (store) => {
        const link = await handOutLink(store, { email, publicUrl, nowMs: session.nowMs })
        if (!link) {
          throw new CommandError(
            EXIT.refused,
            `Nobody active has the address ${email}: see person list, or invite them.`,
          )
        }
        session.print({ ...link, expiresAt: link.expiresAt.toISOString() }, link.url)
        session.say(`Whoever opens it first is ${link.name}: hand it to nobody else.`)
      })
    })
}

function invited({ personId, name, invitation }: Person, isNew: boolean): string {
  if (!isNew) return `${personId}: ${name} acts for these, too`
  return invitation?.mailedAt
    ? `${personId}: ${name} is invited by mail`
    : `${personId}: ${name} is invited, but the mail did not leave; see the API's log, invite again`
}

function personTable(people: readonly Person[], { nowMs, width }: Session): string {
  const state = ({ deactivatedAt, joinedAt }: Person) => {
    if (deactivatedAt !== null) return 'deactivated'
    return joinedAt === null ? 'invited' : `since ${localMoment(joinedAt, nowMs)}`
  }
  const acts = ({ memberships }: Person) =>
    memberships
      .map(({ role, brandIds }) => [role, ...(brandIds === '*' ? [] : brandIds)].join(' '))
      .join('; ')
  return table(
    [
      { head: 'person', cell: ({ personId }) => personId },
      { head: 'name', min: 8, cell: ({ name }) => name },
      { head: 'mail', min: 12, cell: ({ email }) => email },
      { head: 'acts as', min: 10, cell: acts },
      { head: 'state', cell: state },
    ],
    people,
    width,
  )
}
