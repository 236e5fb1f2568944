import { Type } from 'typebox'
import { closed } from './common.js'

/** What a stream says; docs/api.md tells when. */
export const LIVE_EVENTS = ['ready', 'cases', 'synced', 'reset'] as const
export type LiveEvent = (typeof LIVE_EVENTS)[number]

/** Text of Server-Sent Events. */
export const EVENT_STREAM_TYPE = 'text/event-stream'

const TOKEN = '826B0DE0C6000000032B0229296E04'

/** Where a stream goes on. */
export const LiveHeadersSchema = Type.Object({
  'last-event-id': Type.Optional(
    Type.String({
      description: 'The `id` of the last event; browsers send it by themselves.',
      examples: [TOKEN],
    }),
  ),
})

/** Where a stream goes on, for those who cannot set a header. */
export const LiveQuerySchema = Type.Object(
  {
    after: Type.Optional(
      Type.String({
        description: 'The same as `Last-Event-ID`, which goes before it.',
        examples: [TOKEN],
      }),
    ),
  },
  closed,
)

/** The body of the answer. */
export const LiveStreamSchema = Type.String({
  description: `Server-Sent Events: ${LIVE_EVENTS.map((name) => `\`${name}\``).join(', ')}.`,
  examples: [
    `id: ${TOKEN}\nevent: cases\ndata: {"cases":[{"caseId":"case~taobao~530912345678~hp~4q7xk2mzr5tca","rev":4}]}\n\n`,
  ],
})
