import { WEBHOOK_EVENTS, WEBHOOK_TEST } from '../../domain/vocabulary.js'
import { IN_GOOD_STANDING } from '../../domain/webhook/retrying.js'
import { randomSuffix } from '../../platform/digest.js'
import { newWebhookSecret } from '../../platform/webhook-signature.js'
import type { NewDelivery, WebhookEndpoint } from '../../store/store.js'
import { SECRET_BOX } from '../setup/service.js'

/** An endpoint of northwind that wants everything that ever happened; `secret` signs. */
export function buildEndpoint(
  overrides: Partial<WebhookEndpoint> = {},
  secret = newWebhookSecret(),
): WebhookEndpoint {
  const endpointId = overrides.endpointId ?? `we-${randomSuffix()}`
  const createdAt = new Date()
  return {
    endpointId,
    brandId: 'northwind',
    url: 'https://hooks.northwind.example/cases',
    description: null,
    wanted: WEBHOOK_EVENTS.map((type) => ({ type, since: new Date(0) })),
    secrets: [{ sealed: SECRET_BOX.seal(secret, endpointId), createdAt, endsAt: null }],
    disabled: null,
    standing: IN_GOOD_STANDING,
    lastDeliveredAt: null,
    nextLookAt: null,
    replay: null,
    createdAt,
    createdBy: 'key-admin',
    ...overrides,
  }
}

/** A message that tries an endpoint of northwind out. */
export function buildMessage(
  overrides: Partial<NewDelivery> & { endpointId: string },
): NewDelivery {
  return {
    brandId: 'northwind',
    messageId: `msg_${randomSuffix()}`,
    type: WEBHOOK_TEST,
    caseId: null,
    order: 0,
    occurredAt: new Date(),
    body: '{}',
    ...overrides,
  }
}
