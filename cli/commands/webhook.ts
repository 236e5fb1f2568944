import { type Command, Option } from 'commander'
import type { Static } from 'typebox'
import { webhookPath } from '../../client/paths.js'
import type { WebhookSchema, WebhookWithSecretSchema } from '../../contract/webhook.js'
import { WEBHOOK_EVENTS } from '../../domain/vocabulary.js'
import { OVERLAP_HOURS } from '../../domain/webhook/limits.js'
import { bodyOf } from '../body.js'
import { confirm } from '../confirm.js'
import { examples } from '../examples.js'
import type { Io } from '../io.js'
import { localMoment } from '../moments.js'
import { openSession, type Session } from '../session.js'
import { table } from '../../platform/terminal-table.js'
import { addWebhookDeliveryCommands } from './webhook-deliveries.js'

type Webhook = Static<typeof WebhookSchema>
type WithSecret = Static<typeof WebhookWithSecretSchema>

interface Given {
  url?: string
  description?: string
  event?: string[]
  enable?: boolean
}

/** `webhook …`: where a brand's own system is told of its cases. */
export function addWebhookCommands(program: Command, io: Io): void {
  const parent = program
    .command('webhook')
    .description('Where a brand’s own system is told of its cases (docs/webhooks.md).')

  parent
    .command('list')
    .description('List a brand’s endpoints.')
    .argument('<brandId>', 'as brand list shows it')
    .addHelpText('after', examples('joint-force webhook list hp'))
    .action(async (brandId: string, _options: object, command: Command) => {
      const session = openSession(io, command)
      const api = await session.api()
      const endpoints = await api.list<Webhook>(webhookPath(brandId), {}, 'after')
      session.print(endpoints, () => endpointTable(endpoints, session))
    })

  parent
    .command('show')
    .description('Show an endpoint.')
    .argument('<brandId>', 'as brand list shows it')
    .argument('<endpointId>', 'as webhook list shows it')
    .addHelpText('after', examples('joint-force webhook show hp we-k3v9x2m7q4tac'))
    .action(async (brandId: string, endpointId: string, _options: object, command: Command) => {
      const session = openSession(io, command)
      const shown = await (await session.api()).get<Webhook>(webhookPath(brandId, endpointId))
      session.print(shown, () => endpointPage(shown, session))
    })

  parent
    .command('create')
    .description('Add an endpoint. Its secret is printed this once.')
    .argument('<brandId>', 'as brand list shows it')
    .requiredOption('--url <url>', 'where messages go: https on the public internet')
    .option('--description <text>', 'what it is for')
    .addOption(eventOption())
    .addHelpText(
      'after',
      examples(
        'joint-force webhook create hp --url https://hooks.hp.example/jf > hook.secret',
        'joint-force webhook create hp --url https://hooks.hp.example/jf --event case.closed',
      ),
    )
    .action(async (brandId: string, options: Given, command: Command) => {
      const session = openSession(io, command)
      const body = await bodyOf(session, undefined, fieldsOf(options))
      const made = { body, once: true }
      const api = await session.api()
      const created = await api.request<WithSecret>('POST', webhookPath(brandId), made)
      printSecret(session, created.body)
    })

  parent
    .command('update')
    .description('Change an endpoint; what is not given stays.')
    .argument('<brandId>', 'as brand list shows it')
    .argument('<endpointId>', 'as webhook list shows it')
    .option('--url <url>', 'where messages go')
    .option('--description <text>', 'what it is for')
    .addOption(eventOption())
    .option('--enable', 'send again: what was waiting, and what happens from now on')
    .option('--no-enable', 'send nothing until it is enabled again')
    .addHelpText('after', examples('joint-force webhook update hp we-k3v9x2m7q4tac --enable'))
    .action(async (brandId: string, endpointId: string, options: Given, command: Command) => {
      const session = openSession(io, command)
      const isSwitched = command.getOptionValueSource('enable') === 'cli'
      const enabled = isSwitched ? options.enable : undefined
      const body = await bodyOf(session, undefined, { ...fieldsOf(options), enabled })
      const api = await session.api()
      const path = webhookPath(brandId, endpointId)
      const changed = await api.request<Webhook>('PATCH', path, { body })
      session.print(changed.body, () => endpointPage(changed.body, session))
    })

  parent
    .command('remove')
    .description('Remove an endpoint, with all that was delivered to it.')
    .argument('<brandId>', 'as brand list shows it')
    .argument('<endpointId>', 'as webhook list shows it')
    .option('--yes', 'do not ask', false)
    .addHelpText('after', examples('joint-force webhook remove hp we-k3v9x2m7q4tac --yes'))
    .action(
      async (brandId: string, endpointId: string, { yes }: { yes: boolean }, command: Command) => {
        const session = openSession(io, command)
        const api = await session.api()
        const path = webhookPath(brandId, endpointId)
        const { url } = await api.get<Webhook>(path)
        await confirm(io, `Remove the endpoint ${endpointId} at ${url} for good?`, yes)
        await api.request('DELETE', path)
        session.print({ endpointId, removed: true }, `${endpointId}: removed`)
      },
    )

  parent
    .command('rotate-secret')
    .description('Replace the secret. The new one is printed this once; both sign for a time.')
    .argument('<brandId>', 'as brand list shows it')
    .argument('<endpointId>', 'as webhook list shows it')
    .option('--overlap <hours>', `how long the old one signs; ${OVERLAP_HOURS.default} when absent`)
    .addHelpText('after', examples('joint-force webhook rotate-secret hp we-k3v9x2m7q4tac'))
    .action(
      async (
        brandId: string,
        endpointId: string,
        { overlap }: { overlap?: string },
        command: Command,
      ) => {
        const session = openSession(io, command)
        const body = overlap === undefined ? {} : { overlapHours: Number(overlap) }
        const path = `${webhookPath(brandId, endpointId)}/rotate-secret`
        const api = await session.api()
        const rotated = await api.request<WithSecret>('POST', path, { body, once: true })
        printSecret(session, rotated.body)
      },
    )

  addWebhookDeliveryCommands(parent, io)
}

function eventOption(): Option {
  return new Option('--event <type...>', 'only these; all where none is named').choices(
    WEBHOOK_EVENTS,
  )
}

function fieldsOf({ url, description, event }: Given) {
  return { url, description, events: event }
}

/** Only the secret itself on the standard output, so that it can go into a file. */
function printSecret(session: Session, endpoint: WithSecret): void {
  const { endpointId, secret } = endpoint
  session.print(endpoint, secret)
  session.say(`Endpoint ${endpointId}. Its secret is shown this once: keep it safe.`)
}

function stateOf({ disabled, failingSince }: Webhook): string {
  if (disabled) return `disabled: ${disabled.reason}`
  return failingSince === null ? 'works' : 'failing'
}

function endpointTable(endpoints: readonly Webhook[], { nowMs, width }: Session): string {
  return table(
    [
      { head: 'endpoint', cell: ({ endpointId }) => endpointId },
      { head: 'url', min: 12, cell: ({ url }) => url },
      { head: 'state', cell: stateOf },
      {
        head: 'delivered',
        cell: ({ lastDeliveredAt }) =>
          lastDeliveredAt === null ? 'never' : localMoment(lastDeliveredAt, nowMs),
      },
      { head: 'events', min: 5, cell: ({ events }) => eventsOf(events) },
    ],
    endpoints,
    width,
  )
}

function endpointPage(endpoint: Webhook, { nowMs }: Session): string {
  const { endpointId, url, description, events, disabled, lastDeliveredAt, replay } = endpoint
  const facts: [string, string | null][] = [
    ['Endpoint', endpointId],
    ['For', description],
    ['Url', url],
    ['Events', eventsOf(events)],
    ['State', disabled ? `${stateOf(endpoint)}, ${disabled.detail}` : stateOf(endpoint)],
    ['Delivered', lastDeliveredAt && localMoment(lastDeliveredAt, nowMs)],
    ['Replay', replay && `${replay.found} messages${replay.endedAt === null ? ' so far' : ''}`],
  ]
  return facts
    .flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(10)} ${value}`]))
    .join('\n')
}

function eventsOf(events: readonly string[]): string {
  return events.length === WEBHOOK_EVENTS.length ? 'all' : events.join(' ')
}
