import { type Command, Option } from 'commander'
import type { Static } from 'typebox'
import { webhookPath } from '../../client/paths.js'
import type { DeliverySchema, WebhookSchema } from '../../contract/webhook.js'
import { DELIVERY_STATES, REPLAYED_EVENTS } from '../../domain/vocabulary.js'
import { usageError } from '../exit.js'
import { examples } from '../examples.js'
import type { Io } from '../io.js'
import { localMoment, MOMENT_HELP, parseMoment } from '../moments.js'
import { openSession, type Session } from '../session.js'
import { table } from '../../platform/terminal-table.js'

type Delivery = Static<typeof DeliverySchema>

interface ReplayOptions {
  delivery?: string
  from?: string
  to?: string
  events?: string
}

/** `webhook test`, `webhook deliveries`, `webhook replay`: what was sent, and sending it again. */
export function addWebhookDeliveryCommands(parent: Command, io: Io): void {
  parent
    .command('test')
    .description('Send a message that says nothing, to try an endpoint out.')
    .argument('<brandId>', 'as brand list shows it')
    .argument('<endpointId>', 'as webhook list shows it')
    .addHelpText('after', examples('joint-force webhook test hp we-k3v9x2m7q4tac'))
    .action(async (brandId: string, endpointId: string, _options: object, command: Command) => {
      const session = openSession(io, command)
      const path = `${webhookPath(brandId, endpointId)}/test`
      const api = await session.api()
      const { body } = await api.request<Delivery>('POST', path, { body: {}, once: true })
      session.print(body, `${body.deliveryId}: on its way; webhook deliveries shows the answer`)
    })

  parent
    .command('deliveries')
    .description('List what was sent to an endpoint, the latest first.')
    .argument('<brandId>', 'as brand list shows it')
    .argument('<endpointId>', 'as webhook list shows it')
    .addOption(new Option('--state <state>', 'only those that stand so').choices(DELIVERY_STATES))
    .option('--case <caseId>', 'only those about this case')
    .addHelpText(
      'after',
      examples('joint-force webhook deliveries hp we-k3v9x2m7q4tac --state failed'),
    )
    .action(
      async (
        brandId: string,
        endpointId: string,
        options: { state?: string; case?: string },
        command: Command,
      ) => {
        const session = openSession(io, command)
        const api = await session.api()
        const { state, case: caseId } = options
        const query = { ...(state ? { state } : {}), ...(caseId ? { caseId } : {}) }
        const path = `${webhookPath(brandId, endpointId)}/deliveries`
        const deliveries = await api.list<Delivery>(path, query, 'after')
        session.print(deliveries, () => deliveryTable(deliveries, session))
      },
    )

  parent
    .command('replay')
    .description('Send one message again, or what happened in a span of time.')
    .argument('<brandId>', 'as brand list shows it')
    .argument('<endpointId>', 'as webhook list shows it')
    .option('--delivery <id>', 'this message, as webhook deliveries shows it')
    .option('--from <moment>', `what happened from ${MOMENT_HELP}`)
    .option('--to <moment>', 'until then; until now when absent')
    .addOption(new Option('--events <which>', 'undelivered when absent').choices(REPLAYED_EVENTS))
    .addHelpText(
      'after',
      examples(
        'joint-force webhook replay hp we-k3v9x2m7q4tac --delivery wd-0mih1x2yak3v9x2m7q4tac',
        'joint-force webhook replay hp we-k3v9x2m7q4tac --from -2d',
      ),
    )
    .action(
      async (brandId: string, endpointId: string, options: ReplayOptions, command: Command) => {
        const session = openSession(io, command)
        const { delivery, from, to, events } = options
        if ((delivery === undefined) === (from === undefined)) {
          throw usageError('Say what: --delivery, or --from for a span of time.')
        }
        const path = webhookPath(brandId, endpointId)
        const api = await session.api()
        if (delivery !== undefined) {
          const one = `${path}/deliveries/${encodeURIComponent(delivery)}/replay`
          const { body } = await api.request<Delivery>('POST', one, { body: {}, once: true })
          session.print(body, `${body.deliveryId}: on its way again`)
          return
        }
        const { body } = await api.request<Static<typeof WebhookSchema>>('POST', `${path}/replay`, {
          body: {
            from: parseMoment(from ?? '', session.nowMs),
            ...(to === undefined ? {} : { to: parseMoment(to, session.nowMs) }),
            ...(events === undefined ? {} : { events }),
          },
          once: true,
        })
        session.print(body, `${endpointId}: begun; webhook show says how far it is`)
      },
    )
}

/** The latest answer, in words. */
function lastAnswer({ attempts }: Delivery): string {
  const last = attempts.at(-1)
  return last ? (last.error ?? String(last.status)) : ''
}

function deliveryTable(deliveries: readonly Delivery[], { nowMs, width }: Session): string {
  return table(
    [
      { head: 'delivery', cell: ({ deliveryId }) => deliveryId },
      { head: 'happened', cell: ({ occurredAt }) => localMoment(occurredAt, nowMs) },
      { head: 'type', cell: ({ type }) => type },
      { head: 'state', cell: ({ state }) => state },
      { head: 'tried', cell: ({ attempts }) => String(attempts.length) },
      { head: 'answer', min: 6, cell: lastAnswer },
      { head: 'case', min: 6, cell: ({ caseId }) => caseId ?? '' },
    ],
    deliveries,
    width,
  )
}
