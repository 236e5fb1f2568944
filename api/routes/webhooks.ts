import { Type } from 'typebox'
import { WEBHOOK_EVENTS } from '../../domain/vocabulary.js'
import { MAX_ENDPOINTS, OVERLAP_HOURS } from '../../domain/webhook/limits.js'
import { IN_GOOD_STANDING } from '../../domain/webhook/retrying.js'
import { randomSuffix } from '../../platform/digest.js'
import { newWebhookSecret } from '../../platform/webhook-signature.js'
import type { WebhookEndpoint } from '../../store/store.js'
import { BrandParams, IdPageQuery, PageOf } from '../../contract/common.js'
import {
  NewWebhookSchema,
  RotateSecretSchema,
  WebhookChangesSchema,
  WebhookParams,
  WebhookSchema,
  WebhookWithSecretSchema,
} from '../../contract/webhook.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem, found, notFound } from '../errors.js'
import { readPage } from '../http/page.js'
import { presentEndpoint } from '../present/webhook.js'
import { endpointUrl, rotated, switched, wantedEvents } from '../webhooks/endpoint-changes.js'
import { wakeEndpoint } from '../webhooks/wake.js'
import { type App, callerOf } from './route.js'

/** Where a brand's own system is told of its cases (docs/webhooks.md). */
export function webhookRoutes(app: App, { store, temporal, webhooks, now }: RouteDeps): void {
  const { brands, webhookEndpoints: endpoints, webhookDeliveries: deliveries } = store
  const path = '/brands/:brandId/webhooks'
  const one = `${path}/:endpointId`

  /** Throws `webhooks-unavailable` where no key is configured that could seal a secret. */
  const available = () => {
    if (webhooks) return webhooks
    throw new ApiProblem('webhooks-unavailable', 'Whoever runs it sets WEBHOOK_SECRET_KEYS.')
  }

  app.get(
    path,
    {
      config: { scope: 'webhooks:manage', problems: ['not-found'] },
      schema: {
        operationId: 'listWebhooks',
        summary: 'List a brand’s webhook endpoints',
        tags: ['Webhooks'],
        params: BrandParams,
        querystring: IdPageQuery,
        response: { 200: PageOf(WebhookSchema) },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { brandId } = request.params
      await found('brand', brands.find(caller, brandId))
      return readPage(
        request.query,
        (page) => endpoints.list(caller, brandId, page),
        ({ endpointId }) => endpointId,
        presentEndpoint,
      )
    },
  )

  app.post(
    path,
    {
      config: {
        scope: 'webhooks:manage',
        problems: ['not-found', 'invalid-value', 'too-many-webhooks', 'webhooks-unavailable'],
      },
      schema: {
        operationId: 'createWebhook',
        summary: 'Add a webhook endpoint',
        description:
          'It is told of what happens from now on. The secret is in this answer and nowhere else.',
        tags: ['Webhooks'],
        params: BrandParams,
        body: NewWebhookSchema,
        response: { 201: WebhookWithSecretSchema },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { brandId } = request.params
      await found('brand', brands.find(caller, brandId))
      const { secrets, localOrigins } = available()
      const { url, description = null, events = WEBHOOK_EVENTS } = request.body
      const at = new Date(now())
      const endpointId = `we-${randomSuffix()}`
      const secret = newWebhookSecret()
      const endpoint: WebhookEndpoint = {
        ...{ endpointId, brandId, description, url: endpointUrl(url, localOrigins) },
        wanted: wantedEvents([], events, at),
        secrets: [{ sealed: secrets.seal(secret, endpointId), createdAt: at, endsAt: null }],
        ...{ disabled: null, standing: IN_GOOD_STANDING, lastDeliveredAt: null },
        ...{ nextLookAt: null, replay: null, createdAt: at, createdBy: caller.id },
      }
      await endpoints.create(endpoint, MAX_ENDPOINTS)
      return reply
        .code(201)
        .header('location', `/v1/brands/${brandId}/webhooks/${endpointId}`)
        .send({ ...presentEndpoint(endpoint), secret })
    },
  )

  app.get(
    one,
    {
      config: { scope: 'webhooks:manage', problems: ['not-found'] },
      schema: {
        operationId: 'getWebhook',
        summary: 'Read a webhook endpoint',
        tags: ['Webhooks'],
        params: WebhookParams,
        response: { 200: WebhookSchema },
      },
    },
    async (request) => {
      const { brandId, endpointId } = request.params
      const lookUp = endpoints.find(callerOf(request), brandId, endpointId)
      return presentEndpoint(await found('webhook', lookUp))
    },
  )

  app.patch(
    one,
    {
      config: {
        scope: 'webhooks:manage',
        problems: ['not-found', 'invalid-value', 'webhooks-unavailable'],
      },
      schema: {
        operationId: 'changeWebhook',
        summary: 'Change a webhook endpoint, or switch it off and on',
        tags: ['Webhooks'],
        params: WebhookParams,
        body: WebhookChangesSchema,
        response: { 200: WebhookSchema },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { brandId, endpointId } = request.params
      const before = await found('webhook', endpoints.find(caller, brandId, endpointId))
      const { url, description, events, enabled } = request.body
      const at = new Date(now())
      const turned = enabled === undefined ? {} : switched(before, enabled, at)
      const wanted = turned.wanted ?? before.wanted
      const change = endpoints.change(caller, brandId, endpointId, {
        ...turned,
        ...(url === undefined ? {} : { url: endpointUrl(url, available().localOrigins) }),
        ...(description === undefined ? {} : { description }),
        ...(events === undefined ? {} : { wanted: wantedEvents(wanted, events, at) }),
      })
      const after = await found('webhook', change)
      if (before.disabled && !after.disabled) {
        await deliveries.restart(endpointId, at)
        await wakeEndpoint(temporal, after)
      }
      return presentEndpoint(after)
    },
  )

  app.delete(
    one,
    {
      config: { scope: 'webhooks:manage', problems: ['not-found'] },
      schema: {
        operationId: 'removeWebhook',
        summary: 'Remove a webhook endpoint, with all that was delivered to it',
        tags: ['Webhooks'],
        params: WebhookParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { brandId, endpointId } = request.params
      const removed = await endpoints.remove(callerOf(request), brandId, endpointId)
      if (!removed) throw notFound('webhook')
      return reply.code(204).send(null)
    },
  )

  app.post(
    `${one}/rotate-secret`,
    {
      config: { scope: 'webhooks:manage', problems: ['not-found', 'webhooks-unavailable'] },
      schema: {
        operationId: 'rotateWebhookSecret',
        summary: 'Replace the secret of a webhook endpoint',
        description:
          'Both sign until the overlap ends, so that the receiver can be changed meanwhile. The new ' +
          'secret is in this answer and nowhere else.',
        tags: ['Webhooks'],
        params: WebhookParams,
        body: RotateSecretSchema,
        response: { 200: WebhookWithSecretSchema },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { brandId, endpointId } = request.params
      const { overlapHours = OVERLAP_HOURS.default } = request.body
      const before = await found('webhook', endpoints.find(caller, brandId, endpointId))
      const secret = newWebhookSecret()
      const sealed = available().secrets.seal(secret, endpointId)
      const secrets = rotated(before.secrets, sealed, overlapHours, new Date(now()))
      const change = endpoints.change(caller, brandId, endpointId, { secrets })
      return { ...presentEndpoint(await found('webhook', change)), secret }
    },
  )
}
