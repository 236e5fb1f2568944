import {
  CASES_QUEUE,
  type WebhookDeliveryInput,
  webhookDeliveryId,
  webhookMessagesWait,
} from '../messages.js'

/** How the workflow of an endpoint is woken, or started, whoever has put something in line for it. */
export function wakingEndpoint(endpoint: { endpointId: string; brandId: string }) {
  const { endpointId, brandId } = endpoint
  const input: WebhookDeliveryInput = { endpointId, brandId }
  return {
    workflowId: webhookDeliveryId(endpointId),
    taskQueue: CASES_QUEUE,
    args: [input] as [WebhookDeliveryInput],
    signal: webhookMessagesWait,
    signalArgs: [] as [],
    staticSummary: `webhooks of ${brandId}, to ${endpointId}`,
  }
}
