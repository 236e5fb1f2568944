import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { HOUR_MS } from '../../domain/brand/calendar.js'
import { happening } from '../../domain/case/events.js'
import type { WebhookEvent } from '../../domain/vocabulary.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { webhookDeliveryId } from '../../workflows/messages.js'
import { startApi, problemOf, type TestApi } from '../api/test-api.js'
import {
  answerCase,
  askedAbout,
  buildCase,
  buildDecision,
  type BuiltCase,
  continueCase,
} from '../builders/case.js'
import { saveCommand } from '../builders/case-commands.js'
import { saveBuiltCase } from '../builders/database.js'
import { buildPerson, buildMembership } from '../builders/person.js'
import { buildListing, buildSighting } from '../builders/sighting.js'
import { SECRET_BOX, startService, type TestService } from '../setup/service.js'
import { type Received, startReceiver, type TestReceiver } from './webhook-receiver.js'

interface Endpoint {
  endpointId: string
  secret: string
  path: string
}
interface Shown {
  disabled: { reason: string } | null
  replay: { endedAt: string | null; found: number } | null
}
interface Delivery {
  deliveryId: string
  messageId: string
  type: string
  caseId: string | null
  state: string
  attempts: { status: number | null; error: string | null }[]
}

let receiver: TestReceiver
let service: TestService
let api: TestApi
const made: string[] = []

beforeAll(async () => {
  receiver = await startReceiver()
  service = await startService({ webhookOrigins: [receiver.origin] })
  api = await startApi(
    { store: service.store, client: service.client },
    { webhooks: { secrets: SECRET_BOX, localOrigins: [receiver.origin] } },
  )
})
afterAll(async () => {
  await api.close()
  await service.stop()
  await receiver.close()
})
afterEach(async () => {
  for (const path of made.splice(0)) await api.call('DELETE', path)
  receiver.received.length = 0
  receiver.answer = 204
})

async function addEndpoint(events?: WebhookEvent[]): Promise<Endpoint> {
  const body = { url: receiver.url, ...(events ? { events } : {}) }
  const answer = await api.call('POST', '/v1/brands/northwind/webhooks', {
    key: 'brandAdmin',
    body,
  })
  expect(answer.statusCode).toBe(201)
  const { endpointId, secret } = answer.json<Endpoint>()
  const path = `/v1/brands/northwind/webhooks/${endpointId}`
  made.push(path)
  return { endpointId, secret, path }
}
const ask = (path: string, body: object = {}) => api.call('POST', path, { key: 'brandAdmin', body })
const read = async <T>(path: string) => (await api.call('GET', path)).json<T>()
const deliveriesOf = async ({ path }: Endpoint, filter = '') =>
  (await read<{ items: Delivery[] }>(`${path}/deliveries${filter}`)).items

/** A case of northwind that its brand was just asked about, on record. */
async function askedCase(at = Date.now()): Promise<BuiltCase> {
  const listing = buildListing({ listingId: `hook-${randomSuffix()}` })
  const built = buildCase({ sighting: buildSighting({ listing }), at })
  await saveBuiltCase(service.store, built)
  return built
}
async function save(built: BuiltCase, before: BuiltCase): Promise<BuiltCase> {
  await service.store.cases.save(saveCommand(built, before.events.length + 1))
  return built
}
async function decided(built: BuiltCase): Promise<BuiltCase> {
  const message = buildDecision(askedAbout(built))
  return save(answerCase(built, { name: 'decide', message }, Date.now()), built)
}
const ended = async (built: BuiltCase) => {
  const ending = { outcome: 'takenDown', basis: 'brandConfirmed' } as const
  const takedown = { result: 'removed', takedownId: 'td-1' } as const
  return save(continueCase(built, [happening('closed', { ending, takedown })], Date.now()), built)
}
const about = ({ caseId }: BuiltCase) =>
  receiver.received.filter(({ data }) => data.caseId === caseId)
const typesAbout = (built: BuiltCase) => about(built).map(({ type }) => type)
const isOver = async ({ endpointId }: Endpoint) => {
  const handle = service.client.workflow.getHandle(webhookDeliveryId(endpointId))
  return (await handle.describe()).status.name === 'COMPLETED'
}
const SOON = { withinMs: 20_000 }

describe('an endpoint', () => {
  it('is told of a case, signed so that the library of the standard takes it', async () => {
    const endpoint = await addEndpoint()
    const built = await ended(await decided(await askedCase()))
    await until('all of it has come', () => about(built).length === 4, SOON)

    expect(typesAbout(built)).toEqual([
      ...['case.decision_requested', 'case.decided', 'case.taken_down', 'case.closed'],
    ])
    for (const message of about(built)) {
      expect(receiver.verify(message, endpoint.secret)).toEqual(JSON.parse(message.body))
      expect(() => receiver.verify(message, 'whsec_b3RoZXIgc2VjcmV0')).toThrow()
    }
    await until('its workflow has ended', () => isOver(endpoint), SOON)
    const log = await deliveriesOf(endpoint)
    expect(log.map(({ type, state }) => [type, state])).toEqual(
      [...about(built)].reverse().map(({ type }) => [type, 'delivered']),
    )
  })

  it('is told only of what it wants, of its own brand, from its beginning on', async () => {
    const before = await askedCase(Date.now() - HOUR_MS)
    const listing = buildListing({ listingId: `hook-${randomSuffix()}` })
    const sighting = buildSighting({ brandId: 'contoso', listing })
    const foreign = buildCase({ sighting, at: Date.now() })
    await addEndpoint(['case.decided'])
    await saveBuiltCase(service.store, foreign)
    await decided(before)
    const after = await decided(await askedCase())
    await until('the decisions have come', () => about(after).length === 1, SOON)

    expect(typesAbout(before)).toEqual(['case.decided'])
    expect(receiver.received.map(({ type }) => type)).toEqual(['case.decided', 'case.decided'])
  })

  it('gets the messages of a case in their order, although one is not taken at first', async () => {
    const endpoint = await addEndpoint()
    let isSlow = true
    receiver.answer = ({ type }, response) => {
      const refuses = isSlow && type === 'case.decision_requested'
      response.writeHead(refuses ? 500 : 200).end()
    }
    const first = await decided(await askedCase())
    await until('it was refused', () => about(first).length === 1, SOON)
    const other = await askedCase()
    await until('others are not held up', () => about(other).length === 1, SOON)
    expect(typesAbout(first)).toEqual(['case.decision_requested'])
    isSlow = false
    await until('it was tried again', () => about(first).length === 3, SOON)

    const [one, again, next] = about(first)
    expect(again?.id).toBe(one?.id)
    expect(next?.type).toBe('case.decided')
    const [delivery] = await deliveriesOf(
      endpoint,
      `?caseId=${encodeURIComponent(first.caseId)}&limit=200`,
    )
    expect(delivery?.type).toBe('case.decided')
  })

  it('is left alone for as long as it asks', async () => {
    const endpoint = await addEndpoint()
    receiver.answer = (_message, response) =>
      response.writeHead(503, { 'retry-after': '3600' }).end()
    const built = await askedCase()
    await until('it was asked once', () => about(built).length === 1, SOON)
    const other = await askedCase()
    await until(
      'the other message waits',
      async () => (await deliveriesOf(endpoint)).length === 2,
      SOON,
    )
    const { standing } = (await service.store.webhookEndpoints.get(endpoint.endpointId)) ?? {}
    expect((standing?.restUntil ?? 0) - Date.now()).toBeGreaterThan(3_500_000)
    expect(about(other)).toEqual([])
    const states = (await deliveriesOf(endpoint)).map(({ state }) => state)
    expect(states).toEqual(['waiting', 'waiting'])
  })

  it('that is gone gets nothing more, and the brand’s administrators get a mail', async () => {
    const memberships = [buildMembership({ role: 'brandAdmin', brandIds: ['northwind'] })]
    const email = 'ines.admin@northwind.example'
    await service.store.people.create(
      buildPerson({ email, memberships, joinedAt: new Date(), locale: 'pt-BR' }),
    )
    const endpoint = await addEndpoint()
    receiver.answer = 410
    await askedCase()
    const isGone = async () => (await read<Shown>(endpoint.path)).disabled?.reason === 'gone'
    await until('it is disabled', isGone, SOON)
    const mailed = () => service.smtp.received.filter(({ to }) => to.includes(email))
    await until('the mail has come', () => mailed().length === 1, SOON)
    expect(mailed()[0]?.raw).toContain('foram')

    const unsent = await ended(await decided(await askedCase()))
    for (const act of ['test', 'replay']) {
      const body = act === 'test' ? {} : { from: new Date(Date.now() - HOUR_MS).toISOString() }
      expect(problemOf(await ask(`${endpoint.path}/${act}`, body)).code).toBe('webhook-disabled')
    }
    receiver.answer = 204
    const body = { enabled: true }
    const enabled = await api.call('PATCH', endpoint.path, { key: 'brandAdmin', body })
    expect(enabled.json()).toMatchObject({ disabled: null })
    // What happens from now on, and not what happened meanwhile.
    const next = await askedCase()
    await until('messages come again', () => about(next).length === 1, SOON)
    expect(about(unsent)).toEqual([])
    expect(mailed()).toHaveLength(1)
  })

  it('is sent what it missed when its brand asks for it, and only that', async () => {
    const from = new Date().toISOString()
    const built = await ended(await decided(await askedCase()))
    const endpoint = await addEndpoint(['case.decided', 'case.closed'])
    const seen = await decided(await askedCase())
    await until('it has begun', () => about(seen).length === 1, SOON)
    const replay = async (events: string, found: number) => {
      receiver.received.length = 0
      const answer = await ask(`${endpoint.path}/replay`, { from, events })
      expect(answer.statusCode).toBe(202)
      const isThrough = async () => (await read<Shown>(endpoint.path)).replay?.endedAt !== null
      await until('it is in line', isThrough, SOON)
      expect((await read<Shown>(endpoint.path)).replay?.found).toBe(found)
      await until('it has come', () => receiver.received.length >= found, SOON)
    }

    await replay('undelivered', 2)
    expect(typesAbout(built)).toEqual(['case.decided', 'case.closed'])
    expect(about(seen)).toEqual([])
    const ids = new Set(about(built).map(({ id }) => id))
    await replay('all', 3)
    expect(new Set(about(built).map(({ id }) => id))).toEqual(ids)
    expect(typesAbout(seen)).toEqual(['case.decided'])
    expect(
      problemOf(await ask(`${endpoint.path}/replay`, { from: '2020-01-01T00:00:00Z' })).code,
    ).toBe('invalid-value')
  })

  it('is sent one message again, under its id', async () => {
    const endpoint = await addEndpoint()
    const built = await askedCase()
    await until('it has come', () => about(built).length === 1, SOON)
    const isDone = async () => (await deliveriesOf(endpoint))[0]?.state === 'delivered'
    await until('it is in the log', isDone, SOON)
    const [{ deliveryId = '' } = {}] = await deliveriesOf(endpoint)
    const answer = await ask(`${endpoint.path}/deliveries/${deliveryId}/replay`)
    expect(answer.statusCode).toBe(202)
    await until('it has come again', () => about(built).length === 2, SOON)
    const [one, two] = about(built)
    expect(two).toMatchObject({ id: one?.id, body: one?.body })
    const isLogged = async () =>
      (await read<Delivery>(`${endpoint.path}/deliveries/${deliveryId}`)).attempts.length === 2
    await until('both are in the log', isLogged, SOON)
  })

  it('is tried out', async () => {
    const endpoint = await addEndpoint(['case.closed'])
    const answer = await ask(`${endpoint.path}/test`)
    expect([answer.statusCode, answer.json()]).toMatchObject([202, { type: 'webhook.test' }])
    await until('it has come', () => receiver.received.length === 1, SOON)
    const [message] = receiver.received
    expect(message?.data).toEqual({ brandId: 'northwind', endpointId: endpoint.endpointId })
    receiver.verify(message as Received, endpoint.secret)
  })

  it('is signed by both secrets while one replaces the other, then by the new one alone', async () => {
    const endpoint = await addEndpoint()
    const rotate = async (overlapHours: number) => {
      const answer = await ask(`${endpoint.path}/rotate-secret`, { overlapHours })
      expect(answer.statusCode).toBe(200)
      return answer.json<Endpoint>().secret
    }
    const tested = async () => {
      const before = receiver.received.length
      await ask(`${endpoint.path}/test`)
      await until('it has come', () => receiver.received.length > before, SOON)
      return receiver.received.at(-1) as Received
    }
    const second = await rotate(24)
    const both = await tested()
    receiver.verify(both, endpoint.secret)
    receiver.verify(both, second)
    expect(String(both.headers['webhook-signature']).split(' ')).toHaveLength(2)

    const third = await rotate(0)
    const one = await tested()
    receiver.verify(one, third)
    expect(() => receiver.verify(one, second)).toThrow()
    expect(() => receiver.verify(one, endpoint.secret)).toThrow()
    const shown = await api.call('GET', endpoint.path)
    expect(shown.body + api.logged()).not.toContain('whsec_')
    const stored = await service.database.raw.collection('webhookEndpoints').find().toArray()
    expect(JSON.stringify(stored)).not.toContain(third.slice('whsec_'.length))
  })

  it('of somebody else does not exist, and one inside our network is not taken', async () => {
    const { secret } = await api.makeKey({ role: 'brandAdmin', brandIds: ['contoso'] })
    const { path } = await addEndpoint()
    for (const answer of [
      await api.call('GET', path, { key: secret }),
      await api.call('POST', `${path}/test`, { key: secret, body: {} }),
      await api.call('POST', '/v1/brands/northwind/webhooks', {
        key: secret,
        body: { url: 'https://x.example' },
      }),
    ]) {
      expect([answer.statusCode, problemOf(answer).code]).toEqual([404, 'not-found'])
    }
    for (const url of [
      'https://127.0.0.1/',
      'http://hooks.example/',
      'https://[::1]/',
      'https://10.0.0.8/',
      'https://user@hooks.example/',
      'https://hooks.example:22/',
      'not an address',
    ]) {
      const answer = await ask('/v1/brands/northwind/webhooks', { url })
      expect([url, problemOf(answer).code]).toEqual([url, 'invalid-value'])
    }
  })

  it('is one of at most twenty', async () => {
    const answers = []
    for (let n = 0; n < 21; n++) {
      const body = { url: receiver.url }
      answers.push(await api.call('POST', '/v1/brands/northwind/webhooks', { body }))
    }
    const added = answers.filter(({ statusCode }) => statusCode === 201)
    made.push(
      ...added.map((answer) => {
        return `/v1/brands/northwind/webhooks/${answer.json<Endpoint>().endpointId}`
      }),
    )
    expect(added).toHaveLength(20)
    expect(answers.filter((answer) => !added.includes(answer)).map(problemOf)).toMatchObject([
      { code: 'too-many-webhooks' },
    ])
  })
})
