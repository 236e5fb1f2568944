import { timingSafeEqual } from 'node:crypto'
import rateLimit from '@fastify/rate-limit'
import type { Payload, PayloadCodec } from '@temporalio/common'
import { type Static, Type } from 'typebox'
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyInstance } from 'fastify'
import { sha256Hex } from './digest.js'

export interface CodecServerOptions {
  codec: PayloadCodec
  /** What a caller has to give, as a bearer token or as the password of HTTP's own sign-in. */
  token: string
  /** Where the Temporal UI is, as a browser names it: `https://temporal.example.com`. */
  origin: string
  /** Calls a minute and address. */
  maxPerMinute?: number
}

/** The largest page of a history that the Temporal UI asks about at once stays below this. */
const MAX_BODY_BYTES = 8_000_000
const DEFAULT_MAX_PER_MINUTE = 600

/** Payloads in protobuf's JSON, as the Temporal UI and its command line send them. */
const Payloads = Type.Object({
  payloads: Type.Array(
    Type.Object({
      metadata: Type.Optional(Type.Record(Type.String(), Type.String())),
      data: Type.Optional(Type.String()),
    }),
    { maxItems: 10_000 },
  ),
})
type PayloadJson = Static<typeof Payloads>['payloads'][number]

/**
 * Decrypts for the Temporal UI, which shows only what its reader's browser got from here:
 * `POST /decode`. It encrypts nothing, and answers only who has the token; it does not listen yet.
 */
export function createCodecServer(options: CodecServerOptions): FastifyInstance {
  const { codec, token, origin, maxPerMinute = DEFAULT_MAX_PER_MINUTE } = options
  const app = Fastify({ logger: false, bodyLimit: MAX_BODY_BYTES })
    .setValidatorCompiler(TypeBoxValidatorCompiler)
    .withTypeProvider<TypeBoxTypeProvider>()
  void app.register(rateLimit, { max: maxPerMinute, timeWindow: '1 minute' })

  app.addHook('onRequest', async (request, reply) => {
    void reply.headers({ 'cache-control': 'no-store', vary: 'origin' })
    if (request.headers.origin === origin) {
      void reply.headers({
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
      })
    }
  })
  // After the limit of calls, which is what a guesser of tokens meets first; before any body is read.
  app.addHook('preParsing', async (request, reply) => {
    if (request.method === 'OPTIONS') return
    if (isAllowed(request.headers.authorization, token)) return
    await reply
      .code(401)
      .header('www-authenticate', 'Basic realm="Joint-Force codec", charset="UTF-8"')
      .send({ message: 'The token is missing or wrong.' })
  })

  app.after(() => {
    app.options('/decode', async (_request, reply) =>
      reply
        .headers({
          'access-control-allow-methods': 'POST',
          'access-control-allow-headers': 'authorization, content-type, x-namespace',
          'access-control-max-age': '600',
        })
        .code(204)
        .send(),
    )
    // A browser asks its reader to sign in only on a page, not for what a page asks of others.
    app.get('/', async () => ({ message: 'Signed in: the Temporal UI can decrypt now.' }))
    app.post('/decode', { schema: { body: Payloads } }, async (request, reply) => {
      try {
        const decoded = await codec.decode(request.body.payloads.map(fromJson))
        return { payloads: decoded.map(toJson) }
      } catch {
        return reply.code(422).send({ message: 'A payload was encrypted with no key of ours.' })
      }
    })
  })
  return app
}

/** Takes as long for a wrong token as for the right one. */
function isAllowed(authorization: string | undefined, token: string): boolean {
  const [scheme = '', given = ''] = (authorization ?? '').split(' ')
  const password = () => Buffer.from(given, 'base64').toString().split(':').slice(1).join(':')
  const offered = scheme.toLowerCase() === 'basic' ? password() : given
  return timingSafeEqual(Buffer.from(sha256Hex(offered)), Buffer.from(sha256Hex(token)))
}

function fromJson({ metadata = {}, data = '' }: PayloadJson): Payload {
  const entries = Object.entries(metadata)
  return {
    metadata: Object.fromEntries(
      entries.map(([name, value]) => [name, Buffer.from(value, 'base64')]),
    ),
    data: Buffer.from(data, 'base64'),
  }
}

function toJson({ metadata, data }: Payload): PayloadJson {
  const entries = Object.entries(metadata ?? {})
  return {
    metadata: Object.fromEntries(
      entries.map(([name, value]) => [name, Buffer.from(value ?? []).toString('base64')]),
    ),
    data: Buffer.from(data ?? []).toString('base64'),
  }
}
