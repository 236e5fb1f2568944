import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { Client } from '@temporalio/client'
import { NativeConnection } from '@temporalio/worker'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { EXIT } from '../../cli/exit.js'
import { REPOSITORY_DIR } from '../../local/provision/context.js'
import { freePorts } from '../../local/stack/ports.js'
import { until } from '../../local/until.js'
import { readCliConfig, readWorkerConfig } from '../../platform/config.js'
import { randomSuffix } from '../../platform/digest.js'
import { createTemporalClient, temporalConnection } from '../../platform/temporal-client.js'
import { registerWithTemporal } from '../../worker/migrate/register.js'
import { RECONCILE_SCHEDULE } from '../../workflows/messages.js'
import { runCli } from '../cli/command-line.js'
import { type Authority, createAuthority, type Identity } from '../setup/certificates.js'
import { mongoUri, temporalAddress, testDataDir, workflowBundlePath } from '../setup/environment.js'
import { type OwnNamespace, openNamespace } from '../setup/namespace.js'
import { type SecuredTemporal, secureTemporal } from '../setup/secured-temporal.js'
import { programArguments } from '../setup/compiled.js'
import '../setup/quiet-temporal.js'

const SERVER_NAME = 'temporal.test'
const API_KEY = 'an-api-key-of-the-tests'

let own: OwnNamespace
let ours: Authority
let client: Identity
let stranger: Identity
let mutual: SecuredTemporal
let keyed: SecuredTemporal
let hosted: SecuredTemporal

beforeAll(async () => {
  own = await openNamespace()
  ours = await createAuthority('ours')
  const theirs = await createAuthority('theirs')
  client = await ours.issue('client.test')
  stranger = await theirs.issue('client.test')
  const identity = await ours.issue(SERVER_NAME)
  mutual = await secureTemporal({ identity, clientsOf: ours })
  keyed = await secureTemporal({ identity, apiKey: API_KEY })
  hosted = await secureTemporal({ identity, isHosted: true })
})
afterAll(async () => {
  await Promise.all([mutual, keyed, hosted].map((one) => one.stop()))
  await own.connection.close()
})

type Env = Record<string, string>
const trusting = (): Env => ({
  TEMPORAL_NAMESPACE: own.namespace,
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: ours.cert,
  TEMPORAL_TLS_SERVER_NAME: SERVER_NAME,
})
const mutualEnv = (): Env => ({
  ...trusting(),
  TEMPORAL_ADDRESS: mutual.address,
  TEMPORAL_TLS_CLIENT_CERT_PATH: client.cert,
  TEMPORAL_TLS_CLIENT_KEY_PATH: client.key,
})
const keyedEnv = (): Env => ({
  ...trusting(),
  TEMPORAL_ADDRESS: keyed.address,
  TEMPORAL_API_KEY: API_KEY,
})
const SECRET = { ANSWER_TOKEN_SECRET: 'a secret of the tests that is long enough' }

describe('a secured Temporal', () => {
  it.each([
    ['client certificates', mutualEnv],
    ['an API key', keyedEnv],
  ])('that wants %s serves clients and workers', async (_what, env) => {
    const config = readWorkerConfig({ ...SECRET, ...env() })
    expect(JSON.stringify({ ...config, secrets: undefined })).not.toContain(API_KEY)
    const temporal = createTemporalClient(config)
    expect(await temporal.workflow.count()).toMatchObject({ count: 0 })
    await temporal.connection.close()
    const connection = await NativeConnection.connect(temporalConnection(config))
    await connection.close()
  })

  it('is reached by the API, the worker and the migration', async () => {
    const ports = await freePorts()
    const marketplacesFile = path.join(testDataDir(), `marketplaces-${randomSuffix()}.json`)
    const taobao = { id: 'taobao', name: 'Taobao', kind: 'http', baseUrl: 'http://127.0.0.1:2' }
    const limits = { timeoutMs: 1_000, takedownsPerSecond: 1, token: 'a-token' }
    await writeFile(marketplacesFile, JSON.stringify([{ ...taobao, ...limits }]))
    const env: NodeJS.ProcessEnv = {
      ...SECRET,
      ...mutualEnv(),
      PATH: process.env['PATH'],
      MONGODB_URI: mongoUri(`secured-${randomSuffix()}`),
      MARKETPLACES_FILE: marketplacesFile,
      WORKFLOW_BUNDLE: workflowBundlePath(),
      TEMPORAL_PAYLOAD_KEYS: `new:${Buffer.alloc(32, 7).toString('base64')}`,
      CODEC_ORIGIN: 'http://127.0.0.1:8233',
      CODEC_TOKEN: 'a-token-of-the-tests-that-is-long-enough',
      CODEC_PORT: String(ports.sandbox),
      API_PORT: String(ports.api),
      API_ADMIN_PORT: String(ports.apiAdmin),
      WORKER_ADMIN_PORT: String(ports.workerAdmin),
    }
    const children: ChildProcess[] = []
    const start = (entry: string) => {
      const child = spawn(process.execPath, programArguments(entry), {
        cwd: REPOSITORY_DIR,
        env,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      children.push(child)
      return { child, said: text(child.stderr) }
    }
    try {
      const { child, said } = start('worker/migrate/main.ts')
      const [code] = (await once(child, 'exit')) as [number]
      expect({ code, said: await said }).toEqual({ code: 0, said: '' })
      start('api/main.ts')
      start('worker/main.ts')
      const isReady = (port: number) =>
        fetch(`http://127.0.0.1:${port}/readyz`).then(
          ({ status }) => status === 200,
          () => false,
        )
      const areReady = async () => (await isReady(ports.apiAdmin)) && isReady(ports.workerAdmin)
      await until('both are ready', areReady, { withinMs: 60_000, everyMs: 200 })
      const { status } = await fetch(`http://127.0.0.1:${ports.sandbox}/`)
      expect(status).toBe(401)
    } finally {
      for (const child of children) child.kill('SIGKILL')
    }
  }, 120_000)

  it('says what is wrong with the settings when it cannot be reached', async () => {
    const without = (env: Env, ...names: string[]) =>
      Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)))
    const [cert, key] = ['TEMPORAL_TLS_CLIENT_CERT_PATH', 'TEMPORAL_TLS_CLIENT_KEY_PATH'] as const
    const rows: [Env, string][] = [
      [without(mutualEnv(), cert, key), 'set TEMPORAL_TLS_CLIENT_CERT_PATH and …_KEY_PATH'],
      [
        { ...mutualEnv(), [cert]: stranger.cert, [key]: stranger.key },
        'not accept our certificate',
      ],
      [without(mutualEnv(), 'TEMPORAL_TLS_SERVER_CA_CERT_PATH'), '_SERVER_CA_CERT_PATH to the'],
      [{ ...mutualEnv(), TEMPORAL_TLS_SERVER_NAME: 'other.test' }, 'to a name in its certificate'],
      [
        { TEMPORAL_NAMESPACE: own.namespace, TEMPORAL_ADDRESS: mutual.address },
        'TEMPORAL_TLS=true?',
      ],
      [{ ...trusting(), TEMPORAL_ADDRESS: temporalAddress() }, 'unset TEMPORAL_TLS'],
      [{ ...mutualEnv(), TEMPORAL_ADDRESS: '127.0.0.1:1' }, 'start it, or set TEMPORAL_ADDRESS'],
      [{ ...keyedEnv(), TEMPORAL_API_KEY: 'hunter2' }, 'is TEMPORAL_API_KEY right'],
    ]
    const ended = await Promise.all(rows.map(([env]) => runCli(['reconcile', '--last'], env)))
    for (const [index, { code, err }] of ended.entries()) {
      expect({ code, err }).toEqual({
        code: EXIT.unreachable,
        err: expect.stringContaining(rows[index]?.[1] ?? '?'),
      })
      expect(err).not.toContain('hunter2')
    }
  }, 60_000)

  it.each([
    [{ TEMPORAL_TLS_CLIENT_KEY_PATH: '' }, 'go together'],
    [{ TEMPORAL_TLS: 'false' }, 'TEMPORAL_TLS is false, but TEMPORAL_TLS_SERVER_CA_CERT_PATH'],
    [{ TEMPORAL_TLS_SERVER_CA_CERT_PATH: '/no/where.pem' }, '_CA_CERT_PATH cannot be read: ENOENT'],
  ])('is not even tried with settings that contradict themselves: %p', async (changes, message) => {
    const { code, err } = await runCli(['reconcile'], { ...mutualEnv(), ...changes })
    expect(code).toBe(EXIT.usage)
    expect(err).toContain(message)
  })
})

describe('a Temporal that nobody may administer, as Temporal Cloud', () => {
  const register = async (namespace: string) => {
    const env = { ...trusting(), TEMPORAL_ADDRESS: hosted.address, TEMPORAL_NAMESPACE: namespace }
    const temporal = createTemporalClient(readCliConfig(env))
    await registerWithTemporal(temporal).finally(() => temporal.connection.close())
  }

  it('is left as it is when it has the search attributes', async () => {
    await register(own.namespace)
    const schedule = await own.client.schedule.getHandle(RECONCILE_SCHEDULE).describe()
    expect(schedule.policies.overlap).toBe('SKIP')
  })

  it('makes the migration say which attributes to add by hand', async () => {
    const namespace = `test-${randomSuffix()}`
    await own.connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    })
    const client = new Client({ connection: own.connection, namespace })
    const isKnown = () => client.workflow.count().then(Boolean, () => false)
    await until('the namespace is usable', isKnown, { withinMs: 30_000 })
    await expect(register(namespace)).rejects.toThrow(
      /by hand and run this again: BrandId \(Keyword\), .*DueAt \(Datetime\)/,
    )
  })
})
