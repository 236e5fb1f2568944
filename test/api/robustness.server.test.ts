import { request as httpRequest } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { until } from '../../local/until.js'
import { buildBrand } from '../builders/brand.js'
import { openTestDatabase, type TestDatabase } from '../builders/database.js'
import { openNamespace, type OwnNamespace } from '../setup/namespace.js'
import { problemOf, startApi, type TestApi } from './test-api.js'

let database: TestDatabase
let own: OwnNamespace
let api: TestApi

beforeAll(async () => {
  ;[database, own] = await Promise.all([openTestDatabase(), openNamespace()])
  await database.store.brands.create(buildBrand({ accountManagerId: null }))
  api = await startApi({ store: database.store, client: own.client })
  await api.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await api.close()
  await own.connection.close()
  await database.drop()
})

/** A request over a real socket: `inject` knows fewer methods than Node's parser. */
function overTheWire(method: string, path: string, headers: Record<string, string> = {}) {
  const { port } = api.app.server.address() as AddressInfo
  return new Promise<{ status: number; allow: string; body: string }>((resolve, reject) => {
    const authorization = `Bearer ${api.keys.operator.secret}`
    const request = httpRequest(
      { port, host: '127.0.0.1', method, path, headers: { authorization, ...headers } },
      (response) => {
        let body = ''
        response.on('data', (chunk: Buffer) => (body += chunk.toString()))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, allow: response.headers.allow ?? '', body }),
        )
      },
    )
    request.on('error', reject).end()
  })
}

describe('methods a path does not have', () => {
  it.each(['TRACE', 'QUERY', 'OPTIONS', 'DELETE', 'PUT', 'PROPFIND'])(
    'get 405 with Allow: %s',
    async (method) => {
      const { status, allow, body } = await overTheWire(method, '/v1/cases?limit=1')
      expect([status, allow]).toEqual([405, 'GET, HEAD, POST'])
      expect(JSON.parse(body)).toMatchObject({ code: 'method-not-allowed' })
    },
  )

  it.each([
    ['that is no HTTP', 'HELLO there\r\n\r\n'],
    [
      'with headers that are too long',
      `GET /v1/cases HTTP/1.1\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`,
    ],
  ])('get a problem for a request %s', async (_what, bytes) => {
    const { port } = api.app.server.address() as AddressInfo
    const socket = connect(port, '127.0.0.1')
    socket.write(bytes)
    const answer = await text(socket)

    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect(answer).toContain('\r\ncontent-type: application/problem+json; charset=utf-8\r\n')
    const [, body = ''] = answer.split('\r\n\r\n')
    expect(JSON.parse(body)).toMatchObject({ status: 400, code: 'invalid-request' })
  })

  it('get 404 where there is no path', async () => {
    expect((await overTheWire('PROPFIND', '/v1/nothing')).status).toBe(404)
    expect((await overTheWire('GET', '/v1/cases/a/b/c')).status).toBe(404)
  })
})

describe('what cannot be read', () => {
  const post = (payload: string, type: string) =>
    api.app.inject({
      method: 'POST',
      url: '/v1/brands',
      payload,
      headers: { 'content-type': type, authorization: `Bearer ${api.keys.operator.secret}` },
    })

  it.each([
    ['broken JSON', '{"a":', 'application/json', 400, 'malformed-body'],
    ['no body', '', 'application/json', 400, 'malformed-body'],
    ['a prototype', '{"__proto__": {"x": 1}}', 'application/json', 400, 'malformed-body'],
    ['plain text', 'hello', 'text/plain', 415, 'unsupported-media-type'],
    ['a list', '[]', 'application/json', 400, 'invalid-request'],
    ['nothing', 'null', 'application/json', 400, 'invalid-request'],
    ['too much', `"${'x'.repeat(300_000)}"`, 'application/json', 413, 'body-too-large'],
  ])('is a problem, not a crash: %s', async (_what, payload, type, status, code) => {
    const answer = await post(payload, type)
    expect([answer.statusCode, problemOf(answer).code]).toEqual([status, code])
  })

  it.each([
    '/v1/cases/%zz',
    '/v1/cases?limit=0',
    '/v1/cases?limit=true',
    '/v1/cases?limit=1e99',
    '/v1/cases?limit=99999999999999999999999',
    '/v1/cases?limit=1&limit=2',
    '/v1/cases?unknown=1',
    '/v1/stats?brandId=northwind',
    '/v1/brands/northwind?unknown=1',
    '/v1/cases?text=%00',
    '/v1/cases?dueBefore=2026-12-31T22:59:60Z',
    '/v1/cases?open=perhaps',
    '/v1/brands?after=',
    `/v1/cases?text=${'x'.repeat(500)}`,
  ])('is a problem, not a crash: %s', async (url) => {
    const answer = await api.call('GET', url)
    expect(answer.statusCode).toBe(400)
    problemOf(answer)
  })

  it.each([
    '/v1/cases?open=true',
    '/v1/cases?open=false&limit=200',
    '/v1/cases?limit=01',
    '/v1/cases?dueBefore=2026-12-31t23:59:60z',
  ])('is read by its type: %s', async (url) => {
    expect((await api.call('GET', url)).statusCode).toBe(200)
  })

  it.each([
    '/v1/cases?text=.*%24%7B%5B(',
    '/v1/cases?text=%F0%9F%91%9C&sellerId=%24ne',
    '/v1/cases?sellerId[$ne]=x&limit=1',
    '/v1/cases?brandId=$where',
  ])('has no power over the database: %s', async (url) => {
    const answer = await api.call('GET', url)
    expect([
      { status: 200, items: [] },
      { status: 400, items: undefined },
    ]).toContainEqual({
      status: answer.statusCode,
      items: answer.json<{ items?: unknown[] }>().items,
    })
  })

  it.each(['/v1/decisions:batch', '/v1/cases', '/answer/abc'])(
    'wants a body where one is due: %s',
    async (url) => {
      const answer = await api.call('POST', url, {
        key: url.endsWith('batch') ? 'lead' : 'monitor',
      })
      expect(answer.statusCode).toBe(400)
      problemOf(answer)
    },
  )

  it.each([
    '%00',
    '..%2f..',
    '%F0%9F%91%9C',
    'x'.repeat(250),
    'x'.repeat(1_300),
    '$ne',
    '__proto__',
  ])('is nobody’s id: %s', async (id) => {
    for (const path of [`/v1/cases/${id}`, `/v1/brands/${id}`, `/v1/api-keys/${id}`]) {
      expect([400, 404]).toContain((await api.call('GET', path)).statusCode)
    }
  })
})

describe('every answer', () => {
  it('carries security headers and an id of ours', async () => {
    const answer = await api.call('GET', '/v1/stats', { headers: { 'x-request-id': 'theirs' } })

    expect(answer.headers).toMatchObject({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('is logged without the key', async () => {
    await api.call('GET', '/v1/stats?secret=canary', { key: 'lead' })

    expect(api.logged()).toContain(api.keys.lead.keyId)
    expect(api.logged()).not.toContain(api.keys.lead.secret)
    expect(api.logged()).not.toContain('canary')
  })

  it.each([
    ['the whole address', 'http://127.0.0.1/answer/canary-1'],
    ['another spelling', '/%61nswer/canary-1'],
    ['more slashes', '//answer/canary-1'],
    ['a slash that is escaped', '/answer%2Fcanary-1'],
    ['a slash of Windows', '/answer\\canary-1'],
    ['capitals', '/ANSWER/canary-1'],
    ['a path around it', '/x/../answer/canary-1/y'],
    ['a prefix of a proxy', '/joint-force/answer/canary-1'],
    ['a word too many', '/answer/token/canary-1'],
    ['no path of its own', '/canary-1'],
    ['a parameter of its path', '/answer;canary-1'],
  ])('is logged without the token in it, given as %s', async (_what, path) => {
    const logged = () => api.logged().split('"msg":"answered"').length
    const before = logged()
    expect([400, 404]).toContain((await overTheWire('GET', path)).status)
    await until('the request is logged', async () => logged() > before, { withinMs: 2_000 })
    expect(api.logged()).not.toContain('canary-1')
  })
})

describe('/docs', () => {
  it('shows the contract from our own files only', async () => {
    const page = await api.call('GET', '/docs/', { key: null })
    expect(page.statusCode).toBe(200)
    expect(page.body).not.toMatch(/(src|href)="https?:/)
    for (const path of ['/docs/static', '/docs/static/none.js', '/docs/none']) {
      expect((await api.call('GET', path, { key: null })).statusCode).toBe(404)
    }
    const contract = await api.call('GET', '/docs/json', { key: null })
    expect(contract.json()).toMatchObject({ openapi: '3.1.0', info: { title: 'Joint-Force' } })
  })
})
