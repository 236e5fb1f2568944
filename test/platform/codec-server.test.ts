import { randomBytes } from 'node:crypto'
import { defaultPayloadConverter, type Payload } from '@temporalio/common'
import { afterAll, describe, expect, it } from '@jest/globals'
import { createCodecServer } from '../../platform/codec-server.js'
import { createPayloadCodec } from '../../platform/payload-codec.js'

const TOKEN = 'a-token-of-the-tests-that-is-long-enough'
const ORIGIN = 'https://temporal.example.com'
const codec = createPayloadCodec([{ id: 'a', secret: randomBytes(32) }])
const app = createCodecServer({ codec, token: TOKEN, origin: ORIGIN })
afterAll(() => app.close())

const json = ({ metadata, data }: Payload) => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([name, value]) => [
      name,
      Buffer.from(value).toString('base64'),
    ]),
  ),
  data: Buffer.from(data ?? []).toString('base64'),
})
const plain = defaultPayloadConverter.toPayload({ title: 'a bag' })
const decode = async (headers: Record<string, string>, payloads?: unknown) => {
  const stored = (await codec.encode([plain])).map(json)
  return app.inject({
    method: 'POST',
    url: '/decode',
    headers,
    payload: { payloads: payloads ?? stored },
  })
}

describe('the codec endpoint', () => {
  it.each([
    ['the command line', `Bearer ${TOKEN}`],
    ['a browser', `Basic ${Buffer.from(`anybody:${TOKEN}`).toString('base64')}`],
  ])('decrypts for %s that has the token', async (_who, authorization) => {
    const answer = await decode({ authorization, origin: ORIGIN, 'x-namespace': 'joint-force' })
    expect(answer.json()).toEqual({ payloads: [json(plain)] })
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-credentials': 'true',
      'cache-control': 'no-store',
    })
  })

  it.each([
    ['no token', {}],
    ['a wrong one', { authorization: `Bearer ${TOKEN}x` }],
    ['an empty one', { authorization: 'Basic ' }],
  ])('refuses %s, and asks a browser to sign in', async (_what, headers) => {
    const answer = await decode({ ...headers, origin: ORIGIN })
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['www-authenticate']).toMatch(/^Basic realm=/)
    expect(answer.body).not.toContain('payloads')
  })

  it('lets the pages of no other origin read its answers', async () => {
    const authorization = `Bearer ${TOKEN}`
    const answer = await decode({ authorization, origin: 'https://elsewhere.example' })
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
    const asked = { method: 'OPTIONS', url: '/decode' } as const
    const allowed = await app.inject({ ...asked, headers: { origin: ORIGIN } })
    expect(allowed.statusCode).toBe(204)
    expect(allowed.headers['access-control-allow-headers']).toContain('x-namespace')
    const other = await app.inject({ ...asked, headers: { origin: 'https://elsewhere.example' } })
    expect(other.headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('passes on what was never encrypted, and names no key when it has none', async () => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    expect((await decode(headers, [json(plain)])).json()).toEqual({ payloads: [json(plain)] })
    const foreign = createPayloadCodec([{ id: 'b', secret: randomBytes(32) }])
    const answer = await decode(headers, (await foreign.encode([plain])).map(json))
    expect(answer.statusCode).toBe(422)
    expect((await decode(headers, 'no list')).statusCode).toBe(400)
  })

  it('encrypts nothing', async () => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    const answer = await app.inject({ method: 'POST', url: '/encode', headers, payload: {} })
    expect(answer.statusCode).toBe(404)
  })

  it('has limits of size and number', async () => {
    const limited = createCodecServer({ codec, token: TOKEN, origin: ORIGIN, maxPerMinute: 2 })
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
    const large = {
      method: 'POST',
      url: '/decode',
      headers,
      payload: ' '.repeat(8_000_001),
    } as const
    expect((await limited.inject(large)).statusCode).toBe(413)
    const small = { ...large, payload: '{"payloads":[]}' }
    expect((await limited.inject(small)).statusCode).toBe(200)
    expect((await limited.inject(small)).statusCode).toBe(429)
    await limited.close()
  })
})
