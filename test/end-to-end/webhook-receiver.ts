import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'
import type { WebhookType } from '../../domain/vocabulary.js'

/** A message as a receiver got it. */
export interface Received {
  id: string
  headers: IncomingHttpHeaders
  body: string
  type: WebhookType
  data: { caseId?: string; event?: number } & Record<string, unknown>
}

/** A brand's own system, on loopback. */
export interface TestReceiver {
  origin: string
  url: string
  /** Everything that was sent to it, whatever it answered. */
  received: Received[]
  /** How it answers: a status, or what it does; 204 unless a test says otherwise. */
  answer: number | ((message: Received, response: ServerResponse) => void)
  /** What a receiver makes of a message with that secret; throws when it is not signed by it. */
  verify(message: Received, secret: string): unknown
  close(): Promise<void>
}

export async function startReceiver(): Promise<TestReceiver> {
  const server = createServer((request, response) => void take(request, response))
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await buffer(request)).toString()
    const { type, data } = JSON.parse(body) as Pick<Received, 'type' | 'data'>
    const { headers } = request
    const message = { id: String(headers['webhook-id']), headers, body, type, data }
    receiver.received.push(message)
    const { answer } = receiver
    if (typeof answer === 'function') answer(message, response)
    else response.writeHead(answer).end()
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  const receiver: TestReceiver = {
    origin,
    url: `${origin}/hooks`,
    received: [],
    answer: 204,
    verify: ({ body, headers }, secret) =>
      new Webhook(secret).verify(body, headers as Record<string, string>),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return receiver
}
