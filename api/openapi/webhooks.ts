import { WEBHOOK_MESSAGES } from '../../contract/webhook-messages.js'

const HEADERS = [
  {
    name: 'webhook-id',
    description: 'The message, the same at each attempt: take one that came before as taken.',
    example: 'msg_k3v9x2m7q4tack3v9x2m7q4tac',
  },
  {
    name: 'webhook-timestamp',
    description: 'When it was sent, in seconds since 1970; refuse what is older than five minutes.',
    example: '1772547362',
  },
  {
    name: 'webhook-signature',
    description: 'Signatures by Standard Webhooks 1.0, one for each secret, separated by spaces.',
    example: 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  },
].map((header) => ({ ...header, in: 'header', required: true, schema: { type: 'string' } }))

/** What is sent to a brand's own system, for the contract. */
export function describedWebhooks() {
  return Object.fromEntries(
    Object.entries(WEBHOOK_MESSAGES).map(([type, { summary, schema }]) => [
      type,
      {
        post: {
          operationId: type,
          summary,
          tags: ['Webhooks'],
          parameters: HEADERS,
          requestBody: { required: true, content: { 'application/json': { schema } } },
          responses: {
            '2XX': {
              description: 'It was taken. Anything else is tried again (docs/webhooks.md).',
            },
            410: { description: 'The endpoint is gone for good: nothing is sent any more.' },
          },
        },
      },
    ]),
  )
}
