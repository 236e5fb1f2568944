import { Type } from 'typebox'
import {
  DELIVERY_STATES,
  DISABLED_REASONS,
  REPLAYED_EVENTS,
  WEBHOOK_EVENTS,
  WEBHOOK_TYPES,
} from '../domain/vocabulary.js'
import { OVERLAP_HOURS, REPLAYED_DAYS, SHOWN_ATTEMPTS } from '../domain/webhook/limits.js'
import { BrandParams, closed, IdPageQuery, Instant, Named, Nullable, Text, Word } from './common.js'

const Url = Type.String({
  minLength: 1,
  maxLength: 2000,
  description:
    'Where messages go: https on the public internet, at port 443 or 8443, without name or password.',
  examples: ['https://hooks.voltbrook.example/joint-force'],
})
const Events = Type.Array(Word(WEBHOOK_EVENTS), {
  minItems: 1,
  maxItems: WEBHOOK_EVENTS.length,
  uniqueItems: true,
})

/** An endpoint to be made; it is told of everything where it names no events. */
export const NewWebhookSchema = Named(
  'NewWebhook',
  Type.Object(
    {
      url: Url,
      description: Type.Optional(Nullable(Text(200))),
      events: Type.Optional(Events),
    },
    closed,
  ),
)

/** What to change of an endpoint; what is absent stays. */
export const WebhookChangesSchema = Named(
  'WebhookChanges',
  Type.Partial(
    Type.Object({
      url: Url,
      description: Nullable(Text(200)),
      events: Events,
      enabled: Type.Boolean({
        description:
          'Whether messages are sent. Enabled again, it gets what was waiting and what happens from then on; replay the time between.',
        examples: [true],
      }),
    }),
    { ...closed, minProperties: 1 },
  ),
)

const webhookFields = {
  endpointId: Type.String(),
  brandId: Type.String(),
  url: Url,
  description: Nullable(Type.String()),
  events: Type.Array(Word(WEBHOOK_EVENTS)),
  disabled: Nullable(
    Type.Object({
      at: Instant,
      reason: Word(DISABLED_REASONS),
      detail: Type.String(),
    }),
  ),
  failingSince: Nullable(Instant),
  lastDeliveredAt: Nullable(Instant),
  secrets: Type.Array(Type.Object({ createdAt: Instant, endsAt: Nullable(Instant) })),
  replay: Nullable(
    Type.Object({
      replayId: Type.String(),
      from: Instant,
      to: Instant,
      events: Word(REPLAYED_EVENTS),
      startedAt: Instant,
      endedAt: Nullable(Instant),
      found: Type.Integer({ minimum: 0 }),
    }),
  ),
  createdAt: Instant,
  createdBy: Type.String(),
}

const Secret = Type.String({
  description: 'Signs what is sent, by Standard Webhooks 1.0. Shown this once.',
  examples: ['whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'],
})

/** An endpoint; never its secret. */
export const WebhookSchema = Named('Webhook', Type.Object(webhookFields))
/** The only time the secret itself is shown. */
export const WebhookWithSecretSchema = Named(
  'WebhookWithSecret',
  Type.Object({ ...webhookFields, secret: Secret }),
)

/** How a secret is replaced. */
export const RotateSecretSchema = Type.Object(
  {
    overlapHours: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: OVERLAP_HOURS.max,
        default: OVERLAP_HOURS.default,
        description: 'For how long the secret that is replaced signs beside the new one.',
        examples: [OVERLAP_HOURS.default],
      }),
    ),
  },
  closed,
)

/** Which span of time to send again. */
export const ReplaySchema = Named(
  'WebhookReplay',
  Type.Object(
    {
      from: Type.String({
        ...Instant,
        description: `The first moment of what happened; at most ${REPLAYED_DAYS} days ago.`,
        examples: ['2026-03-02T00:00:00.000Z'],
      }),
      to: Type.Optional(
        Type.String({
          ...Instant,
          description: 'The moment after the last; now where it is absent.',
          examples: ['2026-03-03T00:00:00.000Z'],
        }),
      ),
      events: Type.Optional(Word(REPLAYED_EVENTS)),
    },
    closed,
  ),
)

/** A message to an endpoint, and how often it was tried. */
export const DeliverySchema = Named(
  'WebhookDelivery',
  Type.Object({
    deliveryId: Type.String(),
    messageId: Type.String(),
    type: Word(WEBHOOK_TYPES),
    caseId: Nullable(Type.String()),
    occurredAt: Instant,
    state: Word(DELIVERY_STATES),
    attempts: Type.Array(
      Type.Object({
        at: Instant,
        durationMs: Type.Integer({ minimum: 0 }),
        status: Nullable(Type.Integer()),
        error: Nullable(Type.String()),
      }),
      { description: `The latest ${SHOWN_ATTEMPTS}, the last one last.` },
    ),
    nextAttemptAt: Nullable(Instant),
    deliveredAt: Nullable(Instant),
    body: Type.String(),
    createdAt: Instant,
  }),
)

const ThingId = Type.String({ maxLength: 100 })
export const WebhookParams = Type.Object({ ...BrandParams.properties, endpointId: ThingId })
export const DeliveryParams = Type.Object({ ...WebhookParams.properties, deliveryId: ThingId })

/** Which deliveries, the latest first. */
export const DeliveryQuerySchema = Type.Object(
  {
    ...IdPageQuery.properties,
    state: Type.Optional(Word(DELIVERY_STATES, 'Only those that stand so.')),
    caseId: Type.Optional(
      Type.String({ maxLength: 300, description: 'Only messages about this case.' }),
    ),
  },
  closed,
)
