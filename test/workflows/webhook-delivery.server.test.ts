import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { activityInfo } from '@temporalio/activity'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { Worker } from '@temporalio/worker'
import { createWebhookActivities } from '../../activities/index.js'
import type { ActivityDependencies } from '../../activities/dependencies.js'
import { HOUR_MS } from '../../domain/brand/calendar.js'
import type { Mail } from '../../notifications/mail-transport.js'
import { createWebhookSender, type WebhookSender } from '../../notifications/webhook-sender.js'
import type { WebhookEndpoint } from '../../store/store.js'
import {
  CASES_QUEUE,
  WEBHOOK_DELIVERY,
  type WebhookDeliveryInput,
  WEBHOOKS_QUEUE,
} from '../../workflows/messages.js'
import { wakingEndpoint } from '../../workflows/webhook/start.js'
import { buildBrand } from '../builders/brand.js'
import { openTestDatabase, type TestDatabase } from '../builders/database.js'
import { buildEndpoint, buildMessage } from '../builders/webhook.js'
import { type Received, startReceiver, type TestReceiver } from '../end-to-end/webhook-receiver.js'
import { timeSkippingServerPath, workflowBundlePath } from '../setup/environment.js'
import { SECRET_BOX } from '../setup/service.js'
import '../setup/quiet-temporal.js'

// The workflow, the database and the receiver are real; only the hours pass at once.

let env: TestWorkflowEnvironment
let database: TestDatabase
let receiver: TestReceiver
let sender: WebhookSender
let workers: Worker[]
let running: Promise<unknown>
let endpoint: WebhookEndpoint
const mails: Mail[] = []

beforeAll(async () => {
  ;[env, database, receiver] = await Promise.all([
    TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path: timeSkippingServerPath() } },
    }),
    openTestDatabase(),
    startReceiver(),
  ])
  await database.store.brands.create(buildBrand())
  sender = createWebhookSender({ localOrigins: [receiver.origin], userAgent: 'test' })
  const deps = {
    store: database.store,
    webhooks: { sender, secrets: SECRET_BOX },
    publicUrl: 'https://jf.example',
    mail: { send: async (mail: Mail) => void mails.push(mail) },
    now: () => activityInfo().currentAttemptScheduledTimestampMs,
  } as unknown as ActivityDependencies
  const common = { connection: env.nativeConnection }
  workers = [
    await Worker.create({
      ...common,
      taskQueue: CASES_QUEUE,
      workflowBundle: { codePath: workflowBundlePath() },
    }),
    await Worker.create({
      ...common,
      taskQueue: WEBHOOKS_QUEUE,
      activities: createWebhookActivities(deps),
    }),
  ]
  running = Promise.all(workers.map((worker) => worker.run()))
})
afterAll(async () => {
  for (const worker of workers) worker.shutdown()
  await running
  await Promise.all([env.teardown(), sender.close(), receiver.close(), database.drop()])
})
beforeEach(async () => {
  endpoint = buildEndpoint({ url: receiver.url })
  await database.store.webhookEndpoints.create(endpoint, 100)
})
afterEach(() => {
  receiver.received.length = 0
  receiver.answer = 204
  mails.length = 0
})

/** When it was sent, by the clock that skips. */
const sentAt = ({ headers }: Received) => Number(headers['webhook-timestamp']) * 1000

/** Puts messages in line, the first of so many cases, and returns the instant. */
async function inLine(cases: number): Promise<number> {
  const now = await env.currentTimeMs()
  const messages = Array.from({ length: cases }, (_, n) =>
    buildMessage({
      ...{ endpointId: endpoint.endpointId, caseId: `case-${n}`, order: n },
      occurredAt: new Date(now),
    }),
  )
  await database.store.webhookDeliveries.add(messages, new Date(now))
  return now
}

/** Runs its workflow to the end of the last run; how many runs there were. */
async function deliver(input: Partial<WebhookDeliveryInput> = {}): Promise<void> {
  const { args, ...waking } = wakingEndpoint(endpoint)
  const handle = await env.client.workflow.signalWithStart(WEBHOOK_DELIVERY, {
    ...waking,
    args: [{ ...args[0], ...input }],
  })
  await handle.result()
}

const states = async () => {
  const { webhookDeliveries } = database.store
  const all = await webhookDeliveries.list(endpoint.endpointId, {}, { limit: 200 })
  return all.map(({ state }) => state)
}

describe('a receiver that is away', () => {
  it('for three days gets its message with the last attempt, under the same id', async () => {
    const start = await inLine(1)
    receiver.answer = (message, response) =>
      response.writeHead(sentAt(message) < start + 75 * HOUR_MS ? 500 : 204).end()
    await deliver()

    const { received } = receiver
    expect(received).toHaveLength(10)
    expect(new Set(received.map(({ id }) => id)).size).toBe(1)
    expect(sentAt(received.at(-1) as Received) - start).toBeGreaterThan(75 * HOUR_MS)
    expect(await states()).toEqual(['delivered'])
    expect(mails).toEqual([])
  })

  it('for longer is given up, its brand gets a mail, and what waits is kept', async () => {
    await inLine(2)
    receiver.answer = 500
    await deliver()

    const { disabled } = (await database.store.webhookEndpoints.get(endpoint.endpointId)) ?? {}
    expect(disabled).toMatchObject({ reason: 'exhausted', detail: 'the receiver answered 500' })
    expect(await states()).toEqual(expect.arrayContaining(['failed']))
    expect(mails).toHaveLength(1)
    const [mail] = mails
    expect(mail?.subject).toContain(new URL(receiver.url).host)
    expect(mail?.text).toContain('75')
    expect(mail?.text).not.toContain('/hooks')
  })

  it('is probed now and then, and gets everything once it is back', async () => {
    const cases = 40
    const start = await inLine(cases)
    const back = start + HOUR_MS
    receiver.answer = (message, response) =>
      response.writeHead(sentAt(message) < back ? 500 : 204).end()
    await deliver()

    const inVain = receiver.received.filter((message) => sentAt(message) < back)
    expect(inVain.length).toBeGreaterThan(cases)
    // Two a minute, and those that were on their way together before it was known.
    expect(inVain.length).toBeLessThan(140)
    expect(new Set(await states())).toEqual(new Set(['delivered']))
  })

  it('and says until when is asked again then', async () => {
    const start = await inLine(1)
    receiver.answer = (message, response) => {
      if (sentAt(message) >= start + 5 * HOUR_MS) response.writeHead(204).end()
      else response.writeHead(429, { 'retry-after': String((6 * HOUR_MS) / 1000) }).end()
    }
    await deliver()
    const [first, second, ...others] = receiver.received
    expect(others).toEqual([])
    const waited = sentAt(second as Received) - sentAt(first as Received)
    expect(waited / HOUR_MS).toBeGreaterThanOrEqual(6)
    expect(waited / HOUR_MS).toBeLessThan(6.1)
  })

  it('costs no memory: the workflow goes on as new, and nothing is lost', async () => {
    const start = await inLine(3)
    receiver.answer = (message, response) =>
      response.writeHead(sentAt(message) < start + HOUR_MS ? 503 : 204).end()
    await deliver({ maxRounds: 2 })
    expect(await states()).toEqual(['delivered', 'delivered', 'delivered'])
    const { workflowId } = wakingEndpoint(endpoint)
    const last = await env.client.workflow.getHandle(workflowId).fetchHistory()
    expect(last.events?.length ?? 0).toBeLessThan(40)
    const [started] = last.events ?? []
    expect(started?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).not.toBe('')
  })
})

it('a message is told of until it was tried, however often it is put in line', async () => {
  const { endpointId } = endpoint
  const { webhookDeliveries } = database.store
  const message = buildMessage({ endpointId })
  const now = new Date(await env.currentTimeMs())
  const put = () => webhookDeliveries.add([message], now)
  expect([await put(), await put()]).toEqual([[endpointId], [endpointId]])
  await deliver()
  expect(await put()).toEqual([])
  expect(receiver.received).toHaveLength(1)
})
