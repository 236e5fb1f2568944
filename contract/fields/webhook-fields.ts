import type { FieldTexts } from './field.js'

const AT = '2026-03-03T14:16:02.000Z'
const DESCRIPTION = {
  description: 'What the endpoint is for, for people; `null` when nobody said.',
  example: 'Case management',
}
const EVENTS = {
  description: 'What the endpoint is told of.',
  example: ['case.decision_requested', 'case.closed'],
}
const ADDED_BY = { description: 'Who added it, by their API key or person id.' }

/** Fields of webhook endpoints and of what is delivered to them. */
export const WEBHOOK_FIELDS: FieldTexts = {
  endpointId: { description: 'The endpoint.', example: 'we-k3v9x2m7q4tac' },
  deliveryId: {
    description: 'The delivery of one message to one endpoint.',
    example: 'wd-0mih1x2yak3v9x2m7q4tac',
  },
  messageId: {
    description: 'The message, the same at each attempt and endpoint: the header `webhook-id`.',
    example: 'msg_k3v9x2m7q4tack3v9x2m7q4tac',
  },
  'NewWebhook.description': {
    description: 'What the endpoint is for, for people.',
    example: DESCRIPTION.example,
  },
  'WebhookChanges.description': DESCRIPTION,
  'Webhook.description': DESCRIPTION,
  'WebhookWithSecret.description': DESCRIPTION,
  'NewWebhook.events': {
    description: 'What the endpoint is told of; everything where it is absent.',
    example: EVENTS.example,
  },
  'WebhookChanges.events': {
    description: 'What the endpoint is told of, of what happens from then on.',
    example: EVENTS.example,
  },
  'Webhook.events': EVENTS,
  'WebhookWithSecret.events': EVENTS,
  'Webhook.createdBy': ADDED_BY,
  'WebhookWithSecret.createdBy': ADDED_BY,
  disabled: { description: 'Since when and why nothing is sent; `null` while messages are.' },
  'disabled.at': { description: 'Since when nothing is sent.', example: AT },
  'disabled.reason': {
    description:
      'Who or what switched it off: `byHand`, `gone` (it answered 410) or `exhausted` (nothing was taken for 75 hours).',
    example: 'exhausted',
  },
  'disabled.detail': { description: 'The same in words.', example: 'the receiver answered 503' },
  failingSince: {
    description: 'Since when every attempt has failed; `null` when the latest did not.',
    example: AT,
  },
  lastDeliveredAt: {
    description: 'When a message was taken last; `null` when none was.',
    example: AT,
  },
  secrets: {
    description: 'The secrets that sign, the newest first; never the secrets themselves.',
  },
  'secrets.createdAt': { description: 'Since when it signs.', example: AT },
  'secrets.endsAt': {
    description: 'Until when it signs beside the newer one; `null` for the newest.',
    example: AT,
  },
  replay: {
    description: 'The latest span of time that was sent again; `null` when none ever was.',
  },
  'replay.replayId': { description: 'This replay.', example: 'wr-k3v9x2m7q4tac' },
  'replay.from': { description: 'The first moment of what happened.', example: AT },
  'replay.to': { description: 'The moment after the last.', example: AT },
  'replay.events': {
    description: 'Which messages are sent: `undelivered` ones, or `all`.',
    example: 'undelivered',
  },
  'WebhookReplay.events': {
    description: 'Which messages are sent: `undelivered` ones, as where it is absent, or `all`.',
    example: 'undelivered',
  },
  'replay.startedAt': { description: 'When it was asked for.', example: AT },
  'replay.endedAt': {
    description: 'When all of its messages were in line; `null` while they are put there.',
    example: AT,
  },
  'replay.found': { description: 'How many messages were put in line so far.', example: 12 },
  'WebhookDelivery.type': { description: 'What happened.', example: 'case.closed' },
  'WebhookDelivery.caseId': {
    description: 'The case it is about; `null` for a test.',
    example: 'case~lantern-market~LM-48213~voltbrook~k3v9x2m7q4ta',
  },
  occurredAt: { description: 'When it happened.', example: AT },
  'WebhookDelivery.state': {
    description:
      '`waiting` for its next attempt, `delivered`, or `failed`: it is tried no more by itself.',
    example: 'delivered',
  },
  'attempts.at': { description: 'When it was sent.', example: AT },
  'attempts.durationMs': { description: 'How long the answer took.', example: 84 },
  'attempts.status': {
    description: 'The status of the answer; `null` where there was none.',
    example: 204,
  },
  'attempts.error': {
    description: 'Why there was none; `null` where there was.',
    example: 'the connection was refused',
  },
  nextAttemptAt: {
    description: 'When it is tried next; `null` when it is not.',
    example: AT,
  },
  deliveredAt: { description: 'When it was last taken; `null` when never.', example: AT },
  'WebhookDelivery.body': {
    description: 'What is sent, to the letter: what the signature is for.',
    example: '{"type":"webhook.test","version":1,"timestamp":"2026-03-03T14:16:02.000Z","data":{}}',
  },
}
