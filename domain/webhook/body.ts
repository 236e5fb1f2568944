import type { CaseEvent } from '../case/events.js'
import type { WebhookType } from '../vocabulary.js'
import { WEBHOOK_VERSION, type WebhookFacts, webhookFacts } from './messages.js'

/** More messages than one event leads to. */
const MESSAGES_OF_EVENT = 4

/** A message about a case, before it is addressed to an endpoint. */
export interface CaseMessage {
  type: WebhookFacts['type']
  /** Messages of one case go out in this order. */
  order: number
  body: string
}

/** The text that is signed and sent. `at` is when it happened, epoch ms. */
export function webhookBody(type: WebhookType, at: number, data: object): string {
  const timestamp = new Date(at).toISOString()
  return JSON.stringify({ type, version: WEBHOOK_VERSION, timestamp, data })
}

/**
 * What is sent of an event of a case. The same event gives the same messages. `publicUrl` is where
 * people reach the portal, without a slash at the end.
 */
export function caseMessages(
  of: { caseId: string; brandId: string; marketplace: string; event: CaseEvent },
  publicUrl: string,
): CaseMessage[] {
  const { caseId, brandId, marketplace, event } = of
  const url = `${publicUrl}/cases/${encodeURIComponent(caseId)}`
  return webhookFacts(event).map(({ type, data }, index) => ({
    type,
    order: event.seq * MESSAGES_OF_EVENT + index,
    body: webhookBody(type, event.at, {
      ...{ caseId, brandId, marketplace, event: event.seq },
      ...data,
      url,
    }),
  }))
}
