import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createApiClient } from '../../client/client.js'
import type { ClientOptions } from '../../client/connection.js'
import { ApiRefusal, ApiUnreachable } from '../../client/errors.js'

/** What the server does with a request: answers, cuts the connection, or never answers. */
type Act = { status: number; headers?: Record<string, string>; body?: unknown } | 'cut' | 'hang'

const QUICK = { attempts: 4, firstWaitMs: 4, maxWaitMs: 10 }
let server: Server
let acts: Act[]
let requests: { method: string | undefined; body: string; headers: Record<string, unknown> }[]

beforeEach(async () => {
  acts = []
  requests = []
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method, headers } = request
      requests.push({ method, headers, body: Buffer.concat(chunks).toString() })
      const act = acts.shift() ?? { status: 200, body: { ok: true } }
      if (act === 'hang') return
      if (act === 'cut') return void request.socket.destroy()
      response.writeHead(act.status, { 'content-type': 'application/json', ...act.headers })
      response.end(typeof act.body === 'string' ? act.body : JSON.stringify(act.body ?? {}))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function problem(status: number, code: string, headers: Record<string, string> = {}): Act {
  const type = `urn:joint-force:problem:${code}`
  return { status, headers, body: { type, title: code, status, code, detail: 'as the test asked' } }
}

/** A client of the server, and the pauses it made. */
function client(options: ClientOptions = {}) {
  const waits: number[] = []
  const reasons: string[] = []
  const { port } = server.address() as AddressInfo
  const onWait = (why: string, waitMs: number) => {
    waits.push(waitMs)
    reasons.push(why)
  }
  const api = createApiClient(`http://127.0.0.1:${port}`, 'key', {
    retry: QUICK,
    onWait,
    ...options,
  })
  return { api, waits, reasons }
}

const in3s = () => new Date(Math.ceil(Date.now() / 1000) * 1000 + 2000).toUTCString()

describe('a service that cannot answer now', () => {
  it.each([429, 500, 502, 503])('is asked again after %s', async (status) => {
    acts = [{ status }, problem(status, 'overloaded')]
    const { api, waits, reasons } = client()
    expect(await api.get('/x')).toEqual({ ok: true })
    expect(requests).toHaveLength(3)
    expect(waits).toHaveLength(2)
    expect(reasons[1]).toContain(`HTTP ${status}`)
  })

  it('is left alone as long as it says in seconds', async () => {
    acts = [problem(429, 'rate-limited', { 'retry-after': '1' })]
    const { api, waits } = client()
    const startedAt = performance.now()
    await api.get('/x')
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1000)
    expect(waits).toEqual([1000])
  })

  it('is left alone until the moment it names', async () => {
    acts = [problem(503, 'overloaded', { 'retry-after': in3s() })]
    const { api, waits } = client()
    const startedAt = performance.now()
    await api.get('/x')
    expect(waits[0]).toBeGreaterThan(1000)
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual((waits[0] ?? 0) - 50)
  })

  it.each([
    ['a moment in the past', 'Mon, 23 Nov 2015 09:00:00 GMT', 0, 0],
    ['a word', 'soon', 3, 5],
    ['a number below zero', '-5', 3, 5],
    ['a fraction', '1.5', 3, 5],
  ])('pauses as usual, or not at all, at %s', async (_what, header, least, most) => {
    acts = [problem(503, 'overloaded', { 'retry-after': header })]
    const { api, waits } = client()
    await api.get('/x')
    expect(waits[0]).toBeGreaterThanOrEqual(least)
    expect(waits[0]).toBeLessThanOrEqual(most)
  })

  it('is not waited for beyond the limit', async () => {
    acts = [problem(429, 'rate-limited', { 'retry-after': '3600' })]
    const { api } = client()
    const refusal = await refusalOf(api.get('/x'))
    expect(refusal).toMatchObject({ status: 429, code: 'rate-limited' })
    expect(refusal.message).toContain('come back in 3600 s')
    expect(requests).toHaveLength(1)
  })

  it('is given up after the last attempt, with its own last word', async () => {
    acts = Array.from({ length: 9 }, () => problem(503, 'workflows-unavailable'))
    const { api, waits } = client()
    const refusal = await refusalOf(api.get('/x'))
    expect(refusal).toMatchObject({ status: 503, code: 'workflows-unavailable' })
    expect(refusal.message).toContain('gave up after 4 attempts')
    expect(requests).toHaveLength(4)
    expect(waits).toHaveLength(3)
  })

  it('is paused for longer each time, and not by all clients for the same time', async () => {
    const pauses = async () => {
      acts = Array.from({ length: 3 }, () => ({ status: 503 }))
      const { api, waits } = client({ retry: { attempts: 4, firstWaitMs: 16, maxWaitMs: 40 } })
      await api.get('/x')
      return waits
    }
    const [first, second] = [await pauses(), await pauses()]
    expect(first).not.toEqual(second)
    for (const [n, even] of [16, 32, 40].entries()) {
      expect(first[n]).toBeGreaterThanOrEqual(Math.floor(even * 0.75))
      expect(first[n]).toBeLessThanOrEqual(Math.ceil(even * 1.25))
    }
  })

  it('is asked again after a connection that broke', async () => {
    acts = ['cut', 'cut']
    expect(await client().api.get('/x')).toEqual({ ok: true })
    expect(requests).toHaveLength(3)
  })

  it('is asked again when no answer comes in time', async () => {
    acts = ['hang']
    const { api, reasons } = client({ timeoutMs: 50 })
    expect(await api.get('/x')).toEqual({ ok: true })
    expect(reasons[0]).toContain('no answer within 50 ms')
  })
})

describe('a request', () => {
  it('that must not be repeated is sent once', async () => {
    acts = ['cut']
    const sent = client().api.request('POST', '/x', { body: {}, once: true })
    await expect(sent).rejects.toThrow(ApiUnreachable)
    expect(requests).toHaveLength(1)
  })

  it('is not repeated when it was refused', async () => {
    acts = [problem(409, 'already-decided')]
    const refusal = await refusalOf(client().api.post('/x', {}))
    expect(refusal.code).toBe('already-decided')
    expect(requests).toHaveLength(1)
  })

  it('repeats itself to the letter, with its key and the revision it is based on', async () => {
    acts = ['cut']
    await client().api.request('PATCH', '/x', {
      body: { a: 1 },
      ifMatch: '"3"',
      idempotencyKey: 'one',
    })
    const [first, second] = requests
    expect(second?.body).toBe('{"a":1}')
    expect(second).toEqual(first)
    expect(second?.headers).toMatchObject({ 'if-match': '"3"', 'idempotency-key': 'one' })
  })

  it('can be stopped while the answer is awaited', async () => {
    acts = ['hang']
    const stopping = new AbortController()
    const reason = new Error('enough')
    server.once('request', () => stopping.abort(reason))
    await expect(client({ signal: stopping.signal }).api.get('/x')).rejects.toBe(reason)
  })

  it('can be stopped in a pause', async () => {
    acts = [problem(503, 'overloaded', { 'retry-after': '100' })]
    const stopping = new AbortController()
    const reason = new Error('enough')
    const { api } = client({ onWait: () => stopping.abort(reason) })
    const sent = api.request('GET', '/x', { signal: stopping.signal })
    await expect(sent).rejects.toMatchObject({ name: 'AbortError', cause: reason })
    expect(requests).toHaveLength(1)
  })

  it.each([
    ['a page of a proxy', { status: 200, body: '<html>' }],
    ['an error that is no problem document', { status: 404, body: { message: 'Not Found' } }],
  ])('tells %s from an answer of the API', async (_what, act) => {
    acts = [act]
    const sent = client().api.get('/x')
    await expect(sent).rejects.toThrow(ApiUnreachable)
  })

  it('reads no answer without end', async () => {
    acts = [{ status: 200, body: 'x'.repeat(2000) }]
    const { api } = client({ maxReplyBytes: 1000, retry: { ...QUICK, attempts: 1 } })
    await expect(api.get('/x')).rejects.toThrow('longer than 1000 bytes')
  })
})

async function refusalOf(sent: Promise<unknown>): Promise<ApiRefusal> {
  const error: unknown = await sent.then(
    () => new Error('it was not refused'),
    (refusal: unknown) => refusal,
  )
  if (error instanceof ApiRefusal) return error
  throw error
}
