import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Static } from 'typebox'
import type { BrandSchema } from '../../contract/brand.js'
import type { Brake } from '../../domain/brand/brake.js'
import { MINUTE_MS } from '../../domain/brand/calendar.js'
import { LOCALES } from '../../wording/vocabulary.js'
import { brandPath } from '../../client/paths.js'
import { changeEntry } from '../change-entry.js'
import { examples } from '../examples.js'
import { usageError } from '../exit.js'
import type { Io } from '../io.js'
import { localMoment, span, workingDays } from '../moments.js'
import { openSession, type Session } from '../session.js'
import { details, table } from '../../platform/terminal-table.js'
import { addAuthorisedSellerCommands } from './authorised-sellers.js'
import { bodyOf } from '../body.js'
import { addPolicyCommands } from './policy.js'
import { addReferenceCommands } from './reference.js'
import { sayWhatFollows } from './sweep.js'

type Brand = Static<typeof BrandSchema>

interface BrandOptions {
  file?: string
  name?: string
  contact?: { contactId: string; name: string; email: string }[]
  locale: string
  accountManager?: string
  active?: boolean
  brake?: Brake
}

interface UpdateOptions extends BrandOptions {
  removeContact?: string[]
  replaceContacts: boolean
}

/** `brand …`: brands, their policies, authorised sellers and genuine products. */
export function addBrandCommands(program: Command, io: Io): void {
  const parent = program
    .command('brand')
    .description('Brands, their policies, authorised sellers and genuine products.')

  parent
    .command('list')
    .description('List brands.')
    .addHelpText('after', examples('joint-force brand list'))
    .action(async (_options: object, command: Command) => {
      const session = openSession(io, command)
      const brands = await (await session.api()).list<Brand>('/brands', {}, 'after')
      session.print(brands, () => brandTable(brands, session))
    })

  parent
    .command('show')
    .description('Show a brand.')
    .argument('<brandId>', 'as brand list shows it')
    .addHelpText('after', examples('joint-force brand show hp'))
    .action(async (brandId: string, _options: object, command: Command) => {
      const session = openSession(io, command)
      const brand = await (await session.api()).get<Brand>(brandPath(brandId))
      session.print(brand, () => brandPage(brand, session))
    })

  withFields(parent.command('create').description('Add a brand.').argument('<brandId>', 'a slug'))
    .addHelpText(
      'after',
      examples(
        'joint-force brand create northwind --name Northwind \\',
        '  --contact "Mei Lin <mei.lin@northwind.example>" --account-manager ana-souza',
      ),
    )
    .action(async (brandId: string, options: BrandOptions, command: Command) => {
      const session = openSession(io, command)
      const fields = await fieldsOf(session, options)
      const { body } = await (
        await session.api()
      ).request<Brand>('POST', '/brands', { body: { ...fields, brandId }, once: true })
      session.print(body, () => brandPage(body, session))
    })

  withFields(
    parent
      .command('update')
      .description(
        'Change a brand. Contacts that are given are added; one of the same id is replaced.',
      )
      .argument('<brandId>', 'as brand list shows it'),
  )
    .option('--remove-contact <id...>', 'take these contacts away; brand show has their ids')
    .option('--replace-contacts', 'the contacts that are given are all there are', false)
    .addHelpText(
      'after',
      examples(
        'joint-force brand update northwind --no-active',
        'joint-force brand update northwind --contact "Mei Lin <mei.lin@northwind.example>" \\',
        '  --remove-contact wang-fang',
        'joint-force brand update northwind --brake 200/30',
      ),
    )
    .action(async (brandId: string, options: UpdateOptions, command: Command) => {
      const session = openSession(io, command)
      const changes = await fieldsOf(session, options)
      const brand = await changeEntry<Brand & { sweepId?: string }>(
        await session.api(),
        brandPath(brandId),
        ({ contacts }) => ({ ...changes, ...contactsOf(contacts, changes, options) }),
      )
      session.print(brand, () => brandPage(brand, session))
      sayWhatFollows(session, brand)
    })

  addPolicyCommands(parent, io)
  addAuthorisedSellerCommands(parent, io)
  addReferenceCommands(parent, io)
}

function withFields(command: Command): Command {
  return command
    .option('--name <name>', 'as people are shown it')
    .option('--contact <contact...>', '"Name <mail address>"; more than one is fine', readContact)
    .addOption(
      new Option('--locale <locale>', 'language of the mails to these contacts')
        .choices(LOCALES)
        .default('en'),
    )
    .option('--account-manager <id>', 'who looks after it; in an update its open cases follow')
    .option(
      '--brake <count/minutes>',
      'so many confirmations an hour take effect; others can be stopped so long, like 60/10',
      readBrake,
    )
    .option('--active', 'takes part')
    .option('--no-active', 'takes no part: reports about it are refused')
    .option('--file <file>', 'these and other fields (calendar, policy) as JSON; - reads it')
}

/** The contacts a brand has after the change; nothing where none of them changes. */
function contactsOf(
  present: Brand['contacts'],
  { contacts: given = [] }: { contacts?: Brand['contacts'] },
  { removeContact = [], replaceContacts }: UpdateOptions,
): { contacts?: Brand['contacts'] } {
  if (given.length + removeContact.length === 0) return {}
  const unknown = removeContact.find((id) => !present.some(({ contactId }) => contactId === id))
  if (unknown !== undefined) throw usageError(`The brand has no contact "${unknown}".`)
  const gone = new Set([...removeContact, ...given.map(({ contactId }) => contactId)])
  const kept = replaceContacts ? [] : present.filter(({ contactId }) => !gone.has(contactId))
  return { contacts: [...kept, ...given] }
}

function fieldsOf(session: Session, options: BrandOptions) {
  const { file, name, contact, locale, accountManager: accountManagerId, active, brake } = options
  const contacts = contact?.map((each) => ({ ...each, locale }))
  return bodyOf(session, file, { name, contacts, accountManagerId, active, brake })
}

function readBrake(text: string): Brake {
  const [, perHour, minutes] = /^(\d{1,6})\/(\d{1,4})$/.exec(text) ?? []
  if (perHour === undefined || minutes === undefined) {
    throw new InvalidArgumentError('Write confirmations an hour and minutes, like 60/10.')
  }
  return { perHour: Number(perHour), holdMs: Number(minutes) * MINUTE_MS }
}

function readContact(text: string, before: BrandOptions['contact'] = []) {
  const [, name = '', email = ''] = /^\s*(.+?)\s*<([^<>@\s]+@[^<>@\s]+)>\s*$/.exec(text) ?? []
  const contactId = (email.split('@')[0] ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  if (contactId === '') throw new InvalidArgumentError('Write "Mei Lin <mei.lin@brand.example>".')
  return [...before, { contactId, name, email }]
}

function brandTable(brands: readonly Brand[], { width }: Session): string {
  return table(
    [
      { head: 'id', cell: ({ brandId }) => brandId },
      { head: 'name', min: 10, cell: ({ name }) => name },
      { head: 'active', cell: ({ active }) => (active ? 'yes' : 'no') },
      { head: 'account manager', min: 8, cell: ({ accountManagerId }) => accountManagerId ?? '' },
      { head: 'policy', cell: ({ policyVersion }) => `v${policyVersion}` },
      {
        head: 'contacts',
        min: 10,
        cell: ({ contacts }) => contacts.map(({ email }) => email).join(' '),
      },
    ],
    brands,
    width,
  )
}

function brandPage(brand: Brand, { nowMs, width }: Session): string {
  const { contacts } = brand
  return details(
    [
      ['Id', brand.brandId],
      ['Name', brand.name],
      ['Active', brand.active ? 'yes' : 'no'],
      [
        'Contacts',
        contacts.map((c) => `${c.name} <${c.email}> (${c.locale}, ${c.contactId})`).join('\n'),
      ],
      ['Account manager', brand.accountManagerId ?? 'none'],
      ['Works', workingDays(brand.calendar)],
      ['Policy', `version ${brand.policyVersion}`],
      [
        'Brake',
        `more than ${brand.brake.perHour} confirmations an hour wait ${span(brand.brake.holdMs)}`,
      ],
      ['Changed', localMoment(brand.updatedAt, nowMs)],
    ],
    width,
  )
}
