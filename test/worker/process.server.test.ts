import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { Client, Connection } from '@temporalio/client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { REPOSITORY_DIR } from '../../local/provision/context.js'
import { freePorts } from '../../local/stack/ports.js'
import { until } from '../../local/until.js'
import { KNOWLEDGE, type Knowledge } from '../../domain/release/release.js'
import { randomSuffix } from '../../platform/digest.js'
import { createStore } from '../../store/create-store.js'
import { mongoUri, temporalAddress, testDataDir, workflowBundlePath } from '../setup/environment.js'
import { programArguments } from '../setup/compiled.js'

const BOOT = { withinMs: 60_000, everyMs: 200 }

/** Temporal as seen through a wire that can be cut. */
interface Wire {
  address: string
  cut(): void
  mend(): Promise<void>
}

let temporal: Client
let wire: Wire
let adminPort: number
const databaseUri = mongoUri(`worker-${randomSuffix()}`)
const store = createStore({ uri: databaseUri })
let env: NodeJS.ProcessEnv
const children: ChildProcess[] = []

beforeAll(async () => {
  const connection = await Connection.connect({ address: temporalAddress() })
  // Nothing is registered in it.
  const namespace = `test-${randomSuffix()}`
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  })
  temporal = new Client({ connection, namespace })
  const isKnown = () => temporal.workflow.count().then(Boolean, () => false)
  await until('the namespace is usable', isKnown, BOOT)

  wire = await wireTo(temporalAddress())
  adminPort = (await freePorts()).workerAdmin
  const marketplacesFile = path.join(testDataDir(), `marketplaces-${randomSuffix()}.json`)
  const taobao = { id: 'taobao', name: 'Taobao', kind: 'http', baseUrl: 'http://127.0.0.1:2' }
  const limits = { timeoutMs: 1_000, takedownsPerSecond: 1 }
  await writeFile(marketplacesFile, JSON.stringify([{ ...taobao, ...limits, token: 'a-token' }]))
  env = {
    PATH: process.env['PATH'],
    TEMPORAL_ADDRESS: wire.address,
    TEMPORAL_NAMESPACE: namespace,
    MONGODB_URI: databaseUri,
    MARKETPLACES_FILE: marketplacesFile,
    ANSWER_TOKEN_SECRET: 'a secret of the tests that is long enough',
    WORKER_ADMIN_PORT: String(adminPort),
    WORKFLOW_BUNDLE: workflowBundlePath(),
  }
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(async () => {
  wire.cut()
  await store.close()
  await temporal.connection.close()
})

async function wireTo(target: string): Promise<Wire> {
  const { hostname, port: targetPort } = new URL(`http://${target}`)
  const sockets = new Set<Socket>()
  const open = async (port: number) => {
    const server = createServer((near) => {
      const far = connect(Number(targetPort), hostname)
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(socket)
        socket.on('error', () => other.destroy()).on('close', () => other.destroy())
        socket.pipe(other)
      }
    })
    await once(server.listen(port, '127.0.0.1'), 'listening')
    return server
  }
  let server: Server = await open(0)
  const { port } = server.address() as AddressInfo
  return {
    address: `127.0.0.1:${port}`,
    cut() {
      server.close()
      for (const socket of sockets) socket.destroy()
      sockets.clear()
    },
    async mend() {
      server = await open(port)
    },
  }
}

function startWorker(changes: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, programArguments('worker/main.ts'), {
    cwd: REPOSITORY_DIR,
    env: { ...env, ...changes },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  const closed = once(child, 'close') as Promise<[number | null]>
  const outputs = Promise.all([text(child.stdout), text(child.stderr)])
  const ended = async () => {
    const [[code], [out, err]] = await Promise.all([closed, outputs])
    return { code, out, err }
  }
  return { child, ended }
}

const readyStatus = () =>
  fetch(`http://127.0.0.1:${adminPort}/readyz`).then(
    ({ status }) => status,
    () => 0,
  )
const isReady = async () => (await readyStatus()) === 200

const needing = (eventTypes: readonly string[]) => ({ ...KNOWLEDGE, eventTypes })
const take = (known: Knowledge) =>
  store.releases.take(
    { ...known, buildId: 'r9', patchesOff: [], newCaseRules: known.rulesVersion },
    known,
  )

describe('the worker process', () => {
  it('waits until migrate has run', async () => {
    const { child, ended } = startWorker()
    const waits = () =>
      fetch(`http://127.0.0.1:${adminPort}/readyz`).then(
        async (answer) =>
          answer.status === 503 && (await answer.text()).includes('waits for migrate'),
        () => false,
      )
    await until('it says what it waits for', waits, BOOT)
    await take(KNOWLEDGE)
    await until('the worker is ready', isReady, BOOT)
    child.kill('SIGTERM')
    expect((await ended()).code).toBe(0)
  }, 120_000)

  it('is ready while Temporal answers, and stops when told', async () => {
    const { child, ended } = startWorker()
    await until('the worker is ready', isReady, BOOT)

    wire.cut()
    await until('it is not ready', async () => (await readyStatus()) === 503, BOOT)
    await wire.mend()
    await until('it is ready again', isReady, BOOT)

    child.kill('SIGTERM')
    expect((await ended()).code).toBe(0)
  }, 120_000)

  it('does not start where a release that knows more has been at work', async () => {
    await take(needing([...KNOWLEDGE.eventTypes, 'waved']))
    const { code, err } = await startWorker().ended()
    expect(code).toBe(1)
    expect(err).toContain('does not know (events waved); start the release r9 or a later one')
    expect(err).not.toMatch(/^ +at /m)
  }, 60_000)

  it.each([
    ['a secret is missing', { ANSWER_TOKEN_SECRET: undefined }, 'ANSWER_TOKEN_SECRET is not set'],
    ['a file is missing', { MARKETPLACES_FILE: 'nowhere.json' }, 'set MARKETPLACES_FILE'],
    ['Temporal is away', { TEMPORAL_ADDRESS: '127.0.0.1:1' }, 'set TEMPORAL_ADDRESS'],
    ['the namespace is missing', { TEMPORAL_NAMESPACE: 'nowhere' }, 'set TEMPORAL_NAMESPACE'],
  ])(
    'says what to do when %s, and ends',
    async (_what, changes, message) => {
      const { code, err } = await startWorker(changes).ended()
      expect(code).toBe(1)
      expect(err).toContain(message)
      expect(err).not.toMatch(/^ +at /m)
    },
    60_000,
  )
})
