import { createServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { afterEach, describe, expect, it } from '@jest/globals'
import { createHttpMarketplace } from '../../marketplaces/http.js'
import type { Marketplace, MarketplaceError } from '../../marketplaces/marketplace.js'
import { takedownBody } from '../sandbox/start-sandbox.js'

const key = 'takedown:case~m~ML1~hp~aaaaaaaa:1'
const signal = new AbortController().signal
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

async function listen(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closing.push(() => new Promise((done) => server.close(done)))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function connect(baseUrl: string): Marketplace {
  const client = createHttpMarketplace({
    id: 'm',
    name: 'Shop',
    baseUrl,
    token: 'secret-token',
    timeoutMs: 2_000,
  })
  closing.unshift(() => client.close())
  return client
}

/** A client of a marketplace that answers everything the same way. */
async function answering(
  status: number,
  body: string | object,
  headers: Record<string, string> = {},
): Promise<Marketplace> {
  const listener: RequestListener = (_request, response) => {
    response.writeHead(status, headers)
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
  return connect(await listen(createServer(listener)))
}

const takeDown = (client: Marketplace) =>
  client.requestTakedown({ key, ...takedownBody('ML1') }, signal)
const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => {
      throw new Error('should have failed')
    },
    (error: MarketplaceError) => error,
  )

const removed = {
  takedownId: 'td-1',
  key,
  listingId: 'ML1',
  requestedAt: '2026-11-23T09:15:02Z',
  state: 'removed',
  removedAt: '2026-11-23T09:15:02Z',
}
const doubtful = { kind: 'retry', code: 'badReply', outcomeUnknown: true }

describe('answers outside the contract', () => {
  it('accepts what is inside, with fields it does not know', async () => {
    const client = await answering(201, { ...removed, more: 1 })
    expect(await takeDown(client)).toEqual({
      state: 'removed',
      takedownId: 'td-1',
      removedAt: Date.parse('2026-11-23T09:15:02Z'),
    })
  })

  it.each([
    ['a page instead of JSON', 200, '<h1>Welcome</h1>'],
    ['an empty answer', 200, ''],
    ['an unknown state', 200, { ...removed, state: 'done' }],
    ['no time of removal', 200, { ...removed, removedAt: undefined }],
    ['a time that is none', 200, { ...removed, removedAt: 'yesterday' }],
    ['a day that is none', 200, { ...removed, removedAt: '2026-02-30T09:15:02Z' }],
    ['a leap second at noon', 200, { ...removed, removedAt: '2026-06-30T12:59:60Z' }],
    ['a time without a zone', 200, { ...removed, removedAt: '2026-11-23T09:15:02' }],
    ['a time without seconds', 200, { ...removed, removedAt: '2026-11-23T09:15Z' }],
    [
      'a time in another field that is none',
      200,
      { ...removed, requestedAt: '2026-13-01T00:00:00Z' },
    ],
    ['the answer to another key', 200, { ...removed, key: `${key}1` }],
    ['the answer for another listing', 200, { ...removed, listingId: 'ML2' }],
    ['a 404 of some other server', 404, 'Not Found'],
    ['a 422 without a code', 422, { message: 'no' }],
    ['a problem that contradicts its status', 422, problemBody(409, 'keyReused')],
    ['more than can be an answer', 200, 'x'.repeat(300 * 1024)],
  ])('%s leaves the outcome unknown', async (_name, status, body) => {
    expect(await failure(takeDown(await answering(status, body)))).toMatchObject(doubtful)
  })

  it.each([
    ['2026-12-31T23:59:60Z', '2027-01-01T00:00:00Z'],
    ['2026-11-23t09:15:02z', '2026-11-23T09:15:02Z'],
    ['2026-11-23T17:15:02.5+08:00', '2026-11-23T09:15:02.5Z'],
  ])('%s is a time of removal', async (removedAt, instant) => {
    const client = await answering(200, { ...removed, requestedAt: removedAt, removedAt })
    expect(await takeDown(client)).toMatchObject({ removedAt: Date.parse(instant) })
  })

  it('a 404 or 410 of some other server is not a listing that is gone', async () => {
    for (const status of [404, 410]) {
      const client = await answering(status, 'gone')
      expect(await failure(client.readListing('ML1', signal))).toMatchObject({
        kind: 'retry',
        code: 'badReply',
        outcomeUnknown: false,
      })
    }
  })

  it('a 404 of some other server is not a takedown that never arrived', async () => {
    const client = await answering(404, 'Not Found')
    expect(await failure(client.findTakedown({ key, listingId: 'ML1' }, signal))).toMatchObject({
      code: 'badReply',
    })
  })

  it('a redirect is not followed, and the token goes nowhere else', async () => {
    let reached = 0
    const elsewhere = await listen(
      createServer((_request, response) => {
        reached += 1
        response.end(JSON.stringify(removed))
      }),
    )
    const client = await answering(307, '', { location: elsewhere })
    expect(await failure(takeDown(client))).toMatchObject({ kind: 'retry', code: 'redirected' })
    expect(reached).toBe(0)
  })

  it('a gateway’s own 503 says nothing about what happened behind it', async () => {
    const client = await answering(503, 'upstream error', { 'retry-after': '3' })
    expect(await failure(takeDown(client))).toMatchObject({
      kind: 'retryAfter',
      retryAfterMs: 3_000,
      code: 'unavailable',
      outcomeUnknown: true,
    })
  })

  it.each([
    ['0', 1_000],
    ['86400', 3_600_000],
    ['Mon, 23 Nov 2015 08:00:00 GMT', 1_000],
  ])('asks to come back at %s: a second at least, an hour at most', async (header, waitMs) => {
    const client = await answering(503, 'upstream error', { 'retry-after': header })
    expect(await failure(takeDown(client))).toMatchObject({ retryAfterMs: waitMs })
  })

  it.each([
    [401, 'unauthenticated'],
    [403, 'forbidden'],
  ])('%i needs no body to be understood', async (status, code) => {
    const error = await failure(takeDown(await answering(status, 'no')))
    expect(error).toMatchObject({ kind: 'never', code, outcomeUnknown: false })
    expect(JSON.stringify([error.message, error.cause])).not.toContain('secret-token')
  })

  it('keeps a hostile detail on one short line', async () => {
    const detail = `a\u202Eb\u0000c\r\n${'d'.repeat(1000)}`
    const client = await answering(400, { ...problemBody(400, 'invalidRequest'), detail })
    const { message } = await failure(takeDown(client))
    expect(message).toMatch(/\(invalidRequest\): a b c d+…$/)
    expect(message.length).toBeLessThan(400)
  })
})

describe('no answer at all', () => {
  it('nobody listens: nothing was sent', async () => {
    const server = createTcpServer()
    const url = await listen(server)
    await closing.pop()?.()
    expect(await failure(takeDown(connect(url)))).toMatchObject({
      kind: 'retry',
      code: 'unreachable',
      outcomeUnknown: false,
    })
  })

  it('an answer that breaks off half-way', async () => {
    const url = await listen(
      createTcpServer((socket) => {
        socket.once('data', () => {
          socket.write('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"takedownId":')
          socket.end()
        })
      }),
    )
    expect(await failure(takeDown(connect(url)))).toMatchObject({
      code: 'connectionLost',
      outcomeUnknown: true,
    })
  })

  it('an answer that never ends is given up at the limit', async () => {
    const url = await listen(
      createTcpServer((socket) => {
        const drip = setInterval(() => socket.write(' '), 50)
        socket.on('error', () => clearInterval(drip))
        socket.on('close', () => clearInterval(drip))
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n')
      }),
    )
    const startMs = Date.now()
    expect(await failure(takeDown(connect(url)))).toMatchObject({
      code: 'timeout',
      outcomeUnknown: true,
    })
    expect(Date.now() - startMs).toBeLessThan(10_000)
  })
})

function problemBody(status: number, code: string) {
  return { type: 'about:blank', title: 'No', status, code }
}
