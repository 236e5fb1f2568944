import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { Webhook } from 'standardwebhooks'
import type { Resolve } from '../../platform/public-internet.js'
import {
  createWebhookSender,
  type WebhookSender,
  type WebhookSenderOptions,
} from '../../notifications/webhook-sender.js'
import { newWebhookSecret, webhookSignature } from '../../platform/webhook-signature.js'
import { startServer, type TestServer } from '../evidence/http-server.js'
import { INSIDE_HOSTS } from '../platform/inside-hosts.js'

const NOT_PUBLIC = 'the address is not one of the public internet'

/** Whoever reaches it has got past the guard. */
let inside: TestServer
/** A brand's own system. */
let receiver: TestServer
beforeAll(async () => {
  inside = await startServer((_request, response) => response.end('secret'))
  receiver = await startServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://receiver')
    if (pathname === '/moved') response.writeHead(307, { location: `${inside.origin}/` }).end()
    else if (pathname === '/later') response.writeHead(503, { 'retry-after': '120' }).end()
    else if (pathname === '/endless') {
      response.writeHead(200)
      const more = () => {
        if (!response.destroyed) response.write('x'.repeat(64 * 1024), () => setImmediate(more))
      }
      more()
    } else if (pathname === '/cut') response.destroy()
    else if (pathname !== '/never') response.writeHead(204).end()
  })
})
afterAll(() => Promise.all([inside.close(), receiver.close()]))

const senders: WebhookSender[] = []
afterEach(async () => {
  await Promise.all(senders.splice(0).map((sender) => sender.close()))
})

function send(url: string, options: Partial<WebhookSenderOptions> = {}) {
  const sender = createWebhookSender({
    ...{ localOrigins: [receiver.origin], userAgent: 'test', timeoutMs: 1_000, ...options },
  })
  senders.push(sender)
  return sender.send({ url, messageId: 'msg_1', body: '{}', secrets: [], at: Date.now() })
}
const resolving =
  (...addresses: string[]): Resolve =>
  (_hostname, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )

describe('an endpoint that somebody chose', () => {
  it.each(INSIDE_HOSTS)('gets nothing when it is %s', async (host) => {
    for (const url of [`https://${host}/`, `https://${host}:8443/`, `http://${host}/`]) {
      expect(await send(url, { resolve: resolving('127.0.0.1') })).toEqual({
        error: expect.stringMatching(/not one of the public|only https/) as unknown,
      })
    }
    expect(inside.connections()).toBe(0)
  })

  it.each([
    'http://hooks.example/',
    'https://hooks.example:22/',
    'ftp://hooks.example/',
    'https://user:password@hooks.example/',
    'https://127.0.0.1@hooks.example/',
    'not an address',
  ])('gets nothing when it is %s', async (url) => {
    expect(await send(url)).toHaveProperty('error')
  })

  it.each([[['127.0.0.1']], [['::1']], [['93.184.216.34', '10.0.0.1']]])(
    'gets nothing when its name means %j',
    async (addresses) => {
      const answer = await send('https://hooks.example/', { resolve: resolving(...addresses) })
      expect(answer).toEqual({ error: NOT_PUBLIC })
    },
  )

  it('gets nothing when its name means another machine the next time', async () => {
    let asked = 0
    const resolve: Resolve = (...args) =>
      resolving(asked++ === 0 ? '93.184.216.34' : '127.0.0.1')(...args)
    const sender = createWebhookSender({
      ...{ localOrigins: [], userAgent: 'test', resolve, connectTimeoutMs: 200, timeoutMs: 500 },
    })
    senders.push(sender)
    const message = { messageId: 'msg_1', body: '{}', secrets: [], at: Date.now() }
    const url = 'https://rebind.example/'
    expect(await sender.send({ ...message, url })).toHaveProperty('error')
    expect(await sender.send({ ...message, url })).toEqual({ error: NOT_PUBLIC })
    expect(inside.connections()).toBe(0)
  })

  it('is not followed where it redirects', async () => {
    expect(await send(`${receiver.origin}/moved`)).toEqual({ status: 307, retryAfter: null })
    expect(inside.connections()).toBe(0)
  })
})

describe('an answer', () => {
  it('is its status, and until when to wait', async () => {
    expect(await send(`${receiver.origin}/`)).toEqual({ status: 204, retryAfter: null })
    expect(await send(`${receiver.origin}/later`)).toEqual({ status: 503, retryAfter: '120' })
  })

  it('counts, however much follows it', async () => {
    expect(await send(`${receiver.origin}/endless`)).toEqual({ status: 200, retryAfter: null })
  })

  it('that does not come says why, and nothing of our network', async () => {
    expect(await send(`${receiver.origin}/never`)).toEqual({ error: 'no answer within 1 s' })
    expect(await send(`${receiver.origin}/cut`)).toEqual({ error: 'the connection was cut' })
    const nobody = await startServer(() => undefined)
    await nobody.close()
    expect(await send(`${nobody.origin}/`, { localOrigins: [nobody.origin] })).toEqual({
      error: 'the connection was refused',
    })
  })
})

describe('a signature', () => {
  it('is taken by the library of the standard, for each secret', () => {
    const secrets = [newWebhookSecret(), newWebhookSecret()] as const
    const body = '{"type":"case.closed","data":{"title":"正品？"}}'
    const timestamp = Math.floor(Date.now() / 1000)
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(timestamp),
      'webhook-signature': webhookSignature(secrets, { id: 'msg_1', timestamp, body }),
    }
    for (const secret of secrets) {
      expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body))
      expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow()
      const later = { ...headers, 'webhook-id': 'msg_2' }
      expect(() => new Webhook(secret).verify(body, later)).toThrow()
    }
    expect(() => new Webhook(newWebhookSecret()).verify(body, headers)).toThrow()
  })
})
