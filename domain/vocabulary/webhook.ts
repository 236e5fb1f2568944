/** What a brand's own system is told of its cases, by the names of its `type`. */
export const WEBHOOK_EVENTS = [
  'case.decision_requested',
  'case.reminded',
  'case.escalated',
  'case.decided',
  'case.taken_down',
  'case.closed',
  'case.needs_attention',
  'case.reopened',
] as const
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]

/** The type of what is sent to try an endpoint out. */
export const WEBHOOK_TEST = 'webhook.test'
export const WEBHOOK_TYPES = [...WEBHOOK_EVENTS, WEBHOOK_TEST] as const
export type WebhookType = (typeof WEBHOOK_TYPES)[number]

/** Where a delivery stands: `waiting` for its next attempt, or at its end. */
export const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** Why nothing is sent to an endpoint any more. */
export const DISABLED_REASONS = ['byHand', 'gone', 'exhausted'] as const
export type DisabledReason = (typeof DISABLED_REASONS)[number]

/** Which events of a span of time are sent again. */
export const REPLAYED_EVENTS = ['undelivered', 'all'] as const
export type ReplayedEvents = (typeof REPLAYED_EVENTS)[number]

/** Mails about endpoints; each goes out alone, at once. */
export const WEBHOOK_MAIL_KINDS = ['webhookDisabled'] as const
export type WebhookMailKind = (typeof WEBHOOK_MAIL_KINDS)[number]
