import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Writable } from 'node:stream'
import type { Client } from '@temporalio/client'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { pino } from 'pino'
import { buildApp } from '../../api/app.js'
import type { ApiDeps } from '../../api/deps.js'
import { createApiMetrics } from '../../api/metrics.js'
import type { App } from '../../api/routes/route.js'
import { openPictures } from '../../evidence/create-pictures.js'
import { HOUR_MS } from '../../domain/brand/calendar.js'
import { ROLES, type Role } from '../../domain/vocabulary.js'
import type { Mail } from '../../notifications/mail-transport.js'
import { generateApiKey } from '../../platform/api-key.js'
import { randomSecret, sha256Hex } from '../../platform/digest.js'
import type { ApiKey, Person, Store } from '../../store/store.js'
import { buildApiKey } from '../builders/brand.js'
import { buildPerson, buildSession } from '../builders/person.js'
import { ANSWER_SECRET, SECRET_BOX } from '../setup/service.js'

const contract = JSON.parse(
  await readFile(path.join(import.meta.dirname, '../../openapi.json'), 'utf8'),
) as {
  paths: Record<string, Record<string, { responses: Record<string, Response | undefined> }>>
  components: { headers: Record<string, { required: boolean }> }
}
interface Response {
  description: string
  headers: object
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Answer = LightMyRequestResponse

/** A request: `key` is a role of the brand northwind and the marketplace taobao, or a secret. */
export interface Call {
  key?: string | null
  /** The secret of a session, in place of a key: as a page of ours sends it. */
  session?: string
  body?: unknown
  headers?: Record<string, string>
}

/** The API in this process, on real servers, with a key for every role. */
export interface TestApi {
  app: App
  call(method: Method, url: string, call?: Call): Promise<Answer>
  keys: Record<Role, { keyId: string; secret: string }>
  makeKey(overrides: Partial<ApiKey>): Promise<{ keyId: string; secret: string }>
  /** Somebody who has joined, with a session of theirs, as `call` takes one. */
  makePerson(overrides: Partial<Person>): Promise<{ person: Person; session: string }>
  /** Mails about signing in, the first first. */
  mails: readonly Mail[]
  /** Everything logged so far, as text. */
  logged(): string
  close(): Promise<void>
}

/** Where the API of the tests says it is reached. */
export const PUBLIC_URL = 'http://127.0.0.1:8700'
export const SESSION_COOKIE = 'joint-force-session'
/** What browsers say of a request that a page of ours makes. */
export const FROM_OWN_PAGE = { 'sec-fetch-site': 'same-origin' }

const MARKETPLACES = [
  { id: 'taobao', name: 'Taobao Marketplace' },
  { id: 'tmall', name: 'Tmall.com' },
]

/** How the API of the tests is set up, unless a test says otherwise. */
export const TEST_CONFIG: ApiDeps['config'] = {
  PUBLIC_URL,
  RATE_LIMIT_PER_MINUTE: 0,
  // A test shares its process with the worker, and its machine with other tests.
  OVERLOADED_DELAY_MS: 0,
  POLICY_MIN_WINDOW_MS: HOUR_MS,
  TRUST_PROXY: '',
  LIVE_STREAMS: 100,
  LIVE_STREAMS_PER_CALLER: 20,
  secrets: { answerToken: [ANSWER_SECRET] },
}

/** What a role's key of the tests is limited to; a person's membership is, too. */
export function tenantOf(role: Role): Pick<ApiKey, 'brandIds' | 'marketplaces'> {
  if (role === 'monitor') return { brandIds: '*', marketplaces: ['taobao'] }
  if (role === 'operator') return { brandIds: '*', marketplaces: '*' }
  return { brandIds: ['northwind'], marketplaces: '*' }
}

export async function startApi(
  servers: { store: Store; client: Client },
  overrides: Partial<ApiDeps> = {},
): Promise<TestApi> {
  const { store, client } = servers
  const lines: string[] = []
  const mails: Mail[] = []
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString())
      done()
    },
  })
  const app = buildApp({
    store,
    temporal: client,
    config: TEST_CONFIG,
    bounces: { snsTopics: [], mailgunKey: '', fetchText: () => Promise.resolve('') },
    provider: null,
    mail: {
      send: async (mail) => {
        mails.push(mail)
      },
    },
    logger: pino({ level: 'info' }, sink),
    now: Date.now,
    marketplaces: MARKETPLACES,
    webhooks: { secrets: SECRET_BOX, localOrigins: [] },
    pictures: openPictures({ folder: '', localOrigins: [], now: Date.now }),
    metrics: createApiMetrics({ withProcess: false }),
    ...overrides,
  })
  await app.ready()

  const makeKey = async (key: Partial<ApiKey>) => {
    const { keyId, secret, hash } = generateApiKey()
    await store.apiKeys.create(buildApiKey({ ...key, keyId, hash }))
    return { keyId, secret }
  }
  const keys = {} as TestApi['keys']
  for (const role of ROLES) keys[role] = await makeKey({ role, name: role, ...tenantOf(role) })

  const makePerson = async (overrides: Partial<Person>) => {
    const person = await store.people.create(buildPerson(overrides))
    const secret = randomSecret()
    const { personId, memberships } = person
    const membershipId = memberships[0]?.membershipId ?? ''
    await store.sessions.create(buildSession({ hash: sha256Hex(secret), personId, membershipId }))
    return { person, session: secret }
  }

  return {
    app,
    keys,
    makeKey,
    makePerson,
    mails,
    logged: () => lines.join(''),
    call: async (
      method,
      url,
      { session, key = session === undefined ? 'operator' : null, body, headers = {} } = {},
    ) => {
      const secret = key === null ? null : (keys[key as Role]?.secret ?? key)
      const answer = await injectWhole(app, {
        method,
        url,
        headers: {
          ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
          ...(session === undefined ? {} : { cookie: `${SESSION_COOKIE}=${session}` }),
          ...(session === undefined ? {} : FROM_OWN_PAGE),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      checkDocumented(method, url, answer)
      return answer
    },
    close: () => app.close(),
  }
}

/** An answer, of a stream that does not end what it says first. */
async function injectWhole(app: App, request: InjectOptions & { url: string }): Promise<Answer> {
  if (!request.url.startsWith('/v1/live')) return app.inject(request)
  const answer = await app.inject({ ...request, payloadAsStream: true })
  const isEndless = answer.headers['content-type'] === 'text/event-stream'
  const chunks: Buffer[] = []
  for await (const chunk of answer.stream()) {
    chunks.push(chunk as Buffer)
    if (isEndless) break
  }
  const body = Buffer.concat(chunks).toString()
  const json = <T>() => JSON.parse(body) as T
  return Object.assign(answer, { body, payload: body, json })
}

const TEMPLATES = Object.keys(contract.paths)
  // A word before what stands for any: `/cases/count` is no case.
  .sort((a, b) => a.split('{').length - b.split('{').length)
  .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`) }))

/** Throws when the contract says something else of this operation: of its status, code or headers. */
function checkDocumented(method: Method, url: string, answer: Answer): void {
  const [given = ''] = url.split('?', 1)
  const template = TEMPLATES.find(({ pattern }) => pattern.test(given))?.path
  const operation = template && contract.paths[template]?.[method.toLowerCase()]
  if (!operation) return
  const { statusCode } = answer
  const documented = operation.responses[statusCode]
  const isProblem = String(answer.headers['content-type']).startsWith('application/problem+json')
  const code = isProblem ? answer.json<{ code: string }>().code : ''
  const where = `openapi.json: ${method} ${template}`
  if (!documented?.description.includes(isProblem ? `\`${code}\`` : '')) {
    throw new Error(`${where} does not say ${statusCode} ${code}`)
  }
  const { headers: known } = contract.components
  const said = Object.keys(documented.headers)
  const unsaid = Object.keys(known).filter((h) => h in answer.headers && !said.includes(h))
  const absent = said.filter((h) => known[h]?.required && !(h in answer.headers))
  if (unsaid.length === 0 && absent.length === 0) return
  throw new Error(`${where} ${statusCode}: does not say ${unsaid.join()}; lacks ${absent.join()}`)
}

/** The problem of an answer, checked for what every problem has. */
export function problemOf(answer: Answer): { code: string } & Record<string, unknown> {
  const problem = answer.json<{ code: string; status: number } & Record<string, unknown>>()
  if (!answer.headers['content-type']?.toString().startsWith('application/problem+json')) {
    throw new Error(`not a problem: ${answer.statusCode} ${answer.body}`)
  }
  if (problem.status !== answer.statusCode) throw new Error(`status differs: ${answer.body}`)
  return problem
}

/** The path of a case, as clients write it. */
export function casePath(caseId: string, rest = ''): string {
  return `/v1/cases/${encodeURIComponent(caseId)}${rest}`
}
