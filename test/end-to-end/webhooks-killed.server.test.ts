import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { freePorts } from '../../local/stack/ports.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { newWebhookSecret } from '../../platform/webhook-signature.js'
import { buildBrand } from '../builders/brand.js'
import { buildCase } from '../builders/case.js'
import { openTestDatabase, saveBuiltCase, type TestDatabase } from '../builders/database.js'
import { buildEndpoint } from '../builders/webhook.js'
import { programArguments } from '../setup/compiled.js'
import { temporalAddress, testDataDir, workflowBundlePath } from '../setup/environment.js'
import { openNamespace, type OwnNamespace } from '../setup/namespace.js'
import { startReceiver, type TestReceiver } from './webhook-receiver.js'

const SOON = { withinMs: 60_000 }

let own: OwnNamespace
let database: TestDatabase
let receiver: TestReceiver
let env: NodeJS.ProcessEnv
const children: ChildProcess[] = []

beforeAll(async () => {
  ;[own, database, receiver] = await Promise.all([
    openNamespace(),
    openTestDatabase(),
    startReceiver(),
  ])
  await database.store.brands.create(buildBrand())
  const marketplacesFile = path.join(testDataDir(), `marketplaces-${randomSuffix()}.json`)
  const taobao = { id: 'taobao', name: 'Taobao', kind: 'http', baseUrl: 'http://127.0.0.1:2' }
  const limits = { timeoutMs: 1_000, takedownsPerSecond: 1 }
  await writeFile(marketplacesFile, JSON.stringify([{ ...taobao, ...limits, token: 'a-token' }]))
  env = {
    PATH: process.env['PATH'],
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: own.namespace,
    MONGODB_URI: database.options.uri,
    MARKETPLACES_FILE: marketplacesFile,
    ANSWER_TOKEN_SECRET: 'a secret of the tests that is long enough',
    WORKER_ADMIN_PORT: String((await freePorts()).workerAdmin),
    WORKFLOW_BUNDLE: workflowBundlePath(),
    // The key of `SECRET_BOX`.
    WEBHOOK_SECRET_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    WEBHOOK_LOCAL_ORIGINS: receiver.origin,
    LOG_LEVEL: 'error',
  }
  const [code] = (await once(start('worker/migrate/main.ts'), 'exit')) as [number | null]
  if (code !== 0) throw new Error(`migrate ended with ${code}`)
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await receiver.close()
  await own.connection.close()
  await database.drop()
})

function start(program: string): ChildProcess {
  const started = spawn(process.execPath, programArguments(program), { env, stdio: 'ignore' })
  children.push(started)
  return started
}
const startWorker = () => start('worker/main.ts')

it('a message whose worker is killed while it is on its way is sent again under its id', async () => {
  const { store } = database
  const secret = newWebhookSecret()
  const endpoint = buildEndpoint({ url: receiver.url }, secret)
  const { endpointId } = endpoint
  await store.webhookEndpoints.create(endpoint, 10)

  const first = startWorker()
  receiver.answer = () => void first.kill('SIGKILL')
  const progress = database.raw.collection('webhookProgress')
  const followed = async () => (await progress.countDocuments({ position: { $ne: null } })) > 0
  await until('the worker follows what happens', followed, SOON)
  await saveBuiltCase(store, buildCase({ at: Date.now() }))
  await until('the worker is killed', () => first.signalCode === 'SIGKILL', SOON)
  const [before] = await store.webhookDeliveries.list(endpointId, {}, { limit: 1 })
  expect(before).toMatchObject({ state: 'waiting', attempts: 0, log: [] })

  receiver.answer = 204
  startWorker()
  const isDone = async () =>
    (await store.webhookDeliveries.list(endpointId, { state: 'delivered' }, { limit: 1 })).length >
    0
  await until('it is delivered', isDone, SOON)
  const [lost, taken, ...others] = receiver.received
  expect(others).toEqual([])
  expect(taken?.id).toBe(lost?.id)
  for (const message of [lost, taken]) if (message) receiver.verify(message, secret)
}, 120_000)
