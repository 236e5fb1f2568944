import type { Static } from 'typebox'
import type { DeliverySchema, WebhookSchema } from '../../contract/webhook.js'
import type { WebhookDelivery, WebhookEndpoint } from '../../store/store.js'
import { iso } from './iso.js'

/** An endpoint as the API shows it: without its secrets. */
export function presentEndpoint(endpoint: WebhookEndpoint): Static<typeof WebhookSchema> {
  const { endpointId, brandId, url, description, wanted, secrets, disabled, createdBy } = endpoint
  const { standing, lastDeliveredAt, replay, createdAt } = endpoint
  return {
    ...{ endpointId, brandId, url, description },
    events: wanted.map(({ type }) => type),
    disabled: disabled && { ...disabled, at: iso(disabled.at) },
    failingSince: standing.failingSince === null ? null : iso(standing.failingSince),
    lastDeliveredAt: lastDeliveredAt && iso(lastDeliveredAt),
    secrets: secrets.map((secret) => ({
      createdAt: iso(secret.createdAt),
      endsAt: secret.endsAt && iso(secret.endsAt),
    })),
    replay: replay && presentReplay(replay),
    createdAt: iso(createdAt),
    createdBy,
  }
}

function presentReplay(replay: NonNullable<WebhookEndpoint['replay']>) {
  const { replayId, from, to, events, startedAt, endedAt, found } = replay
  return {
    ...{ replayId, from: iso(from), to: iso(to), events, startedAt: iso(startedAt) },
    ...{ endedAt: endedAt && iso(endedAt), found },
  }
}

/** A delivery as the API shows it. */
export function presentDelivery(delivery: WebhookDelivery): Static<typeof DeliverySchema> {
  const { deliveryId, messageId, type, caseId, state, body, log } = delivery
  const { occurredAt, nextAttemptAt, deliveredAt, createdAt } = delivery
  return {
    ...{ deliveryId, messageId, type, caseId, occurredAt: iso(occurredAt), state },
    attempts: log.map((attempt) => ({ ...attempt, at: iso(attempt.at) })),
    nextAttemptAt: nextAttemptAt && iso(nextAttemptAt),
    deliveredAt: deliveredAt && iso(deliveredAt),
    ...{ body, createdAt: iso(createdAt) },
  }
}
