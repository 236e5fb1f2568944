import { type Command, Option } from 'commander'
import type { Static } from 'typebox'
import type { ApiKeySchema, CreatedApiKeySchema, RevokedKeysSchema } from '../../contract/people.js'
import { ROLES, SEVERITIES } from '../../domain/vocabulary.js'
import { confirm } from '../confirm.js'
import { examples } from '../examples.js'
import { CommandError, EXIT } from '../exit.js'
import type { Io } from '../io.js'
import { localMoment, MOMENT_HELP, parseMoment } from '../moments.js'
import { createOperatorKey, findOperatorKey } from '../operator-key.js'
import { openSession, type Session } from '../session.js'
import { table } from '../../platform/terminal-table.js'
import { withStore } from '../with-store.js'

type Key = Static<typeof ApiKeySchema>

interface RevokeOptions {
  keepMade: boolean
  yes: boolean
}

interface CreateOptions {
  name: string
  role: string
  brand?: string[]
  marketplace?: string[]
  severityCap?: string
  monitorName?: string
  expires?: string
}

/** `key …`: API keys. */
export function addKeyCommands(program: Command, io: Io): void {
  const parent = program.command('key').description('API keys.')

  parent
    .command('list')
    .description('List API keys, without the keys themselves.')
    .option('--all', 'also those revoked or expired')
    .addHelpText('after', examples('joint-force key list'))
    .action(async ({ all }: { all?: boolean }, command: Command) => {
      const session = openSession(io, command)
      const keys = await (await session.api()).list<Key>('/api-keys', {}, 'after')
      const shown = keys.filter((key) => all || stateOf(key, session.nowMs) === 'active')
      session.print(shown, () => keyTable(shown, session))
    })

  parent
    .command('create')
    .description('Make an API key. It is printed this once; only a hash of it is kept.')
    .requiredOption('--name <name>', 'who or what it is for')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory())
    .option('--brand <brandId...>', 'limits it to these brands; brand roles need it')
    .option('--marketplace <id...>', 'limits it to these marketplaces; monitors need it')
    .addOption(
      new Option('--severity-cap <severity>', 'the most severe a monitor may suspect').choices(
        SEVERITIES,
      ),
    )
    .option('--monitor-name <name>', 'the monitor it is for, where that has several keys in time')
    .option('--expires <moment>', `stops working at ${MOMENT_HELP}`)
    .addHelpText(
      'after',
      examples(
        'joint-force key create --name "HP, Mei Lin" --role brandMember --brand hp',
        'joint-force key create --name scanner --role monitor --marketplace taobao > scanner.key',
      ),
    )
    .action(async (options: CreateOptions, command: Command) => {
      const session = openSession(io, command)
      const { name, role, brand, marketplace, severityCap, monitorName, expires } = options
      const { body } = await (
        await session.api()
      ).request<Static<typeof CreatedApiKeySchema>>('POST', '/api-keys', {
        body: {
          name,
          role,
          ...(brand ? { brandIds: brand } : {}),
          ...(marketplace ? { marketplaces: marketplace } : {}),
          ...(severityCap ? { severityCap } : {}),
          ...(monitorName ? { monitorName } : {}),
          ...(expires ? { expiresAt: parseMoment(expires, session.nowMs) } : {}),
        },
        once: true,
      })
      printNewKey(session, body, body.key)
    })

  parent
    .command('revoke')
    .description(
      'Revoke an API key and those it made: they stop working within 5 seconds, for good. ' +
        'The key you call with is left, with what it made.',
    )
    .argument('<keyId>', 'as key list shows it')
    .option('--keep-made', 'leave the keys that it made', false)
    .option('--yes', 'do not ask', false)
    .addHelpText('after', examples('joint-force key revoke k7q2mzr5 --yes'))
    .action(async (keyId: string, options: RevokeOptions, command: Command) => {
      const { keepMade, yes } = options
      const session = openSession(io, command)
      const api = await session.api()
      const path = `/api-keys/${encodeURIComponent(keyId)}`
      const { name, role } = await api.get<Key>(path)
      const what = keepMade ? `the key ${keyId}` : `the key ${keyId} and all that it made,`
      await confirm(io, `Revoke ${what} of ${name} (${role}) for good?`, yes)
      const { body } = await api.request<Static<typeof RevokedKeysSchema>>(
        'DELETE',
        keepMade ? `${path}?made=keep` : path,
      )
      const lines = body.revoked.map((id) => `${id}: revoked`)
      session.print(body, lines.length > 0 ? lines.join('\n') : `${keyId}: was revoked before`)
    })

  parent
    .command('bootstrap')
    .description(
      'Make the first operator’s key, directly in the database (MONGODB_URI): no API and no key ' +
        'is needed. Refused while an operator’s key works, unless --another is given.',
    )
    .option('--name <name>', 'who it is for', 'first operator')
    .option('--another', 'although an operator’s key works', false)
    .addHelpText(
      'after',
      examples('joint-force key bootstrap --name "Ines, on duty" > operator.key'),
    )
    .action(async ({ name, another }: { name: string; another: boolean }, command: Command) => {
      const session = openSession(io, command)
      await withStore(io, async (store) => {
        const existing = another ? null : await findOperatorKey(store, new Date(session.nowMs))
        if (existing) {
          throw new CommandError(
            EXIT.refused,
            `The operator’s key ${existing.keyId} (${existing.name}) works: make keys with ` +
              'key create, or add --another if it is lost.',
          )
        }
        const { key, secret } = await createOperatorKey(store, { name, createdBy: 'cli' })
        const { hash: _hash, ...shown } = key
        printNewKey(session, shown, secret)
      })
    })
}

/** Only the key itself on the standard output, so that it can go into a file. */
function printNewKey(session: Session, key: { keyId: string; role: string }, secret: string) {
  session.print({ ...key, key: secret }, secret)
  session.say(`Key ${key.keyId} of role ${key.role}. It is shown this once: keep it safe.`)
}

function stateOf({ revokedAt, expiresAt }: Key, nowMs: number): 'active' | 'revoked' | 'expired' {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && Date.parse(expiresAt) <= nowMs ? 'expired' : 'active'
}

function keyTable(keys: readonly Key[], { nowMs, width }: Session): string {
  const limits = (ids: string[] | '*') => (ids === '*' ? 'all' : ids.join(' '))
  const used = ({ lastUsedAt }: Key) =>
    lastUsedAt === null ? 'never' : localMoment(lastUsedAt, nowMs)
  return table(
    [
      { head: 'key', cell: ({ keyId }) => keyId },
      { head: 'name', min: 8, cell: ({ name }) => name },
      { head: 'role', cell: ({ role }) => role },
      { head: 'brands', min: 5, cell: ({ brandIds }) => limits(brandIds) },
      { head: 'marketplaces', min: 5, cell: ({ marketplaces }) => limits(marketplaces) },
      { head: 'used', cell: used },
      { head: 'state', cell: (key) => stateOf(key, nowMs) },
    ],
    keys,
    width,
  )
}
