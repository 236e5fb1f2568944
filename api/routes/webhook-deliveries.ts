import { DAY_MS } from '../../domain/brand/calendar.js'
import { WEBHOOK_TEST } from '../../domain/vocabulary.js'
import { webhookBody } from '../../domain/webhook/body.js'
import { REPLAYED_DAYS } from '../../domain/webhook/limits.js'
import { randomSuffix } from '../../platform/digest.js'
import type { WebhookEndpoint } from '../../store/store.js'
import { PageOf } from '../../contract/common.js'
import {
  DeliveryParams,
  DeliveryQuerySchema,
  DeliverySchema,
  ReplaySchema,
  WebhookParams,
  WebhookSchema,
} from '../../contract/webhook.js'
import type { ApiCaller } from '../callers/caller.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem, found } from '../errors.js'
import { instant } from '../http/instant.js'
import { readPage } from '../http/page.js'
import { presentDelivery, presentEndpoint } from '../present/webhook.js'
import { wakeEndpoint } from '../webhooks/wake.js'
import { type App, callerOf } from './route.js'

/** What was sent to an endpoint, and sending it again. */
export function webhookDeliveryRoutes(app: App, { store, temporal, now }: RouteDeps): void {
  const { webhookEndpoints: endpoints, webhookDeliveries: deliveries } = store
  const one = '/brands/:brandId/webhooks/:endpointId'

  const endpointOf = (caller: ApiCaller, ids: { brandId: string; endpointId: string }) =>
    found('webhook', endpoints.find(caller, ids.brandId, ids.endpointId))

  /** The endpoint, if messages go there. Throws `webhook-disabled`. */
  const enabledOf = async (...of: Parameters<typeof endpointOf>): Promise<WebhookEndpoint> => {
    const endpoint = await endpointOf(...of)
    if (endpoint.disabled === null) return endpoint
    throw new ApiProblem('webhook-disabled', 'Enable the endpoint first, with enabled: true.')
  }

  app.get(
    `${one}/deliveries`,
    {
      config: { scope: 'webhooks:manage', problems: ['not-found'] },
      schema: {
        operationId: 'listWebhookDeliveries',
        summary: 'List what was sent to a webhook endpoint, the latest first',
        tags: ['Webhooks'],
        params: WebhookParams,
        querystring: DeliveryQuerySchema,
        response: { 200: PageOf(DeliverySchema) },
      },
    },
    async (request) => {
      const { endpointId } = await endpointOf(callerOf(request), request.params)
      const { state, caseId, ...page } = request.query
      const filter = {
        ...(state === undefined ? {} : { state }),
        ...(caseId === undefined ? {} : { caseId }),
      }
      return readPage(
        page,
        (asked) => deliveries.list(endpointId, filter, asked),
        ({ deliveryId }) => deliveryId,
        presentDelivery,
      )
    },
  )

  app.get(
    `${one}/deliveries/:deliveryId`,
    {
      config: { scope: 'webhooks:manage', problems: ['not-found'] },
      schema: {
        operationId: 'getWebhookDelivery',
        summary: 'Read what was sent, and how it was answered',
        tags: ['Webhooks'],
        params: DeliveryParams,
        response: { 200: DeliverySchema },
      },
    },
    async (request) => {
      const { endpointId } = await endpointOf(callerOf(request), request.params)
      const lookUp = deliveries.find(endpointId, request.params.deliveryId)
      return presentDelivery(await found('delivery', lookUp))
    },
  )

  app.post(
    `${one}/deliveries/:deliveryId/replay`,
    {
      config: { scope: 'webhooks:manage', problems: ['not-found', 'webhook-disabled'] },
      schema: {
        operationId: 'replayWebhookDelivery',
        summary: 'Send a message again',
        description: 'Under the same `webhook-id`, whatever became of it before.',
        tags: ['Webhooks'],
        params: DeliveryParams,
        response: { 202: DeliverySchema },
      },
    },
    async (request, reply) => {
      const endpoint = await enabledOf(callerOf(request), request.params)
      const { endpointId } = endpoint
      const again = deliveries.again(endpointId, request.params.deliveryId, new Date(now()))
      const delivery = await found('delivery', again)
      await wakeEndpoint(temporal, endpoint)
      return reply.code(202).send(presentDelivery(delivery))
    },
  )

  app.post(
    `${one}/replay`,
    {
      config: {
        scope: 'webhooks:manage',
        problems: ['not-found', 'invalid-value', 'webhook-disabled', 'replay-running'],
      },
      schema: {
        operationId: 'replayWebhook',
        summary: 'Send what happened in a span of time again',
        description:
          'Also what was never sent, because the endpoint did not exist or was off. The endpoint ' +
          'shows how far it is.',
        tags: ['Webhooks'],
        params: WebhookParams,
        body: ReplaySchema,
        response: { 202: WebhookSchema },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { brandId, endpointId } = await enabledOf(caller, request.params)
      const { from: first, to: end, events = 'undelivered' } = request.body
      const at = new Date(now())
      const from = instant(first, 'from')
      const to = end === undefined ? at : instant(end, 'to')
      if (to <= from) throw new ApiProblem('invalid-value', 'to must lie after from.')
      if (from.getTime() < at.getTime() - REPLAYED_DAYS * DAY_MS) {
        throw new ApiProblem('invalid-value', `from may lie ${REPLAYED_DAYS} days back at most.`)
      }
      const asked = { replayId: `wr-${randomSuffix()}`, from, to, events, startedAt: at }
      const start = endpoints.startReplay(caller, brandId, endpointId, asked)
      const endpoint = await found('webhook', start)
      await wakeEndpoint(temporal, endpoint)
      return reply.code(202).send(presentEndpoint(endpoint))
    },
  )

  app.post(
    `${one}/test`,
    {
      config: { scope: 'webhooks:manage', problems: ['not-found', 'webhook-disabled'] },
      schema: {
        operationId: 'testWebhook',
        summary: 'Send a message that says nothing, to try an endpoint out',
        description: `Of the type \`${WEBHOOK_TEST}\`, signed and tried again like any other.`,
        tags: ['Webhooks'],
        params: WebhookParams,
        response: { 202: DeliverySchema },
      },
    },
    async (request, reply) => {
      const endpoint = await enabledOf(callerOf(request), request.params)
      const { endpointId, brandId } = endpoint
      const at = new Date(now())
      const messageId = `msg_${randomSuffix()}${randomSuffix()}`
      const body = webhookBody(WEBHOOK_TEST, at.getTime(), { brandId, endpointId })
      const message = { endpointId, brandId, messageId, type: WEBHOOK_TEST, body } as const
      await deliveries.add([{ ...message, caseId: null, order: 0, occurredAt: at }], at)
      const lookUp = deliveries.findMessage(endpointId, messageId)
      const delivery = await found('delivery', lookUp)
      await wakeEndpoint(temporal, endpoint)
      return reply.code(202).send(presentDelivery(delivery))
    },
  )
}
