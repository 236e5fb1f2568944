import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import mongoose from 'mongoose'
import { REPOSITORY_DIR } from '../../local/provision/context.js'
import { isAlive } from '../../local/provision/lock.js'
import { startStack, type StackProcessName } from '../../local/stack.js'
import { until } from '../../local/until.js'
import { assertPortsFree, freePorts, PORT_NAMES } from '../../local/stack/ports.js'
import { mongoUri, temporalAddress, testDataDir } from '../setup/environment.js'
import { fixtureOptions } from './fixtures/options.js'

interface Stoppable {
  stop(): Promise<void>
}

let dataDir: string
let stacks: Stoppable[]

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(testDataDir(), 'stack-'))
  // As an older version, or somebody's own command, may have left it.
  await chmod(dataDir, 0o755)
  stacks = []
})

afterEach(async () => {
  for (const stack of stacks) await stack.stop()
  await rm(dataDir, { recursive: true, force: true })
})

function toBeStopped<S extends Stoppable>(stack: S): S {
  stacks.push(stack)
  return stack
}

async function withMongo<T>(uri: string, work: (db: mongoose.mongo.Db) => Promise<T>): Promise<T> {
  const client = await new mongoose.mongo.MongoClient(uri).connect()
  try {
    return await work(client.db())
  } finally {
    await client.close()
  }
}

async function withTemporal<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address })
  try {
    return await work(new Client({ connection, namespace: 'joint-force' }))
  } finally {
    await connection.close()
  }
}

async function untilGone(...pids: number[]): Promise<void> {
  const areGone = () => !pids.some(isAlive)
  await until(`${pids.join(', ')} have ended`, areGone, { withinMs: 10_000 })
}

/** The run's own servers, where a test is not about servers. */
const sharedServers = () => ({ temporal: temporalAddress(), mongodb: mongoUri('local-stack') })

const readJournal = async () =>
  (await readFile(path.join(dataDir, 'journal.txt'), 'utf8')).trim().split('\n')

describe('a stack', () => {
  it('starts in order, tells its processes where things are, and stops in reverse', async () => {
    const ports = await freePorts()
    const stack = await startStack({
      ...fixtureOptions(dataDir),
      ports,
      processes: ['api', 'sandbox', 'worker'],
    })
    toBeStopped(stack)
    const answer = await fetch(stack.urls.apiAdmin)
    expect(await answer.json()).toMatchObject({
      TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`,
      TEMPORAL_TLS: '',
      TEMPORAL_NAMESPACE: 'joint-force',
      MONGODB_URI: `mongodb://127.0.0.1:${ports.mongo}/joint-force?directConnection=true`,
      API_PORT: String(ports.api),
      PUBLIC_URL: stack.urls.api,
      SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    })
    const pids = Object.values(stack.processes).map(({ pid }) => pid)
    expect(pids.filter(isAlive)).toHaveLength(5)
    expect((await stat(dataDir)).mode & 0o077).toBe(0)

    await stack.stop()
    expect(pids.filter(isAlive)).toEqual([])
    await expect(assertPortsFree(ports, PORT_NAMES)).resolves.toBeUndefined()
    const journal = await readJournal()
    expect(journal.slice(0, 2)).toEqual(['one-shot ran', 'sandbox started'])
    expect(journal.slice(2, 4).sort()).toEqual(['api started', 'worker started'])
    expect(journal.slice(4, 6).sort()).toEqual(['api stopped', 'worker stopped'])
    expect(journal.slice(6)).toEqual(['sandbox stopped'])
  })

  it('keeps what its servers acknowledged over kill -9 and a start on other ports', async () => {
    const options = { ...fixtureOptions(dataDir), processes: [], oneShots: [] }
    const first = toBeStopped(await startStack({ ...options, ports: await freePorts() }))
    const { mongod, temporal } = first.processes
    await withMongo(first.urls.mongodb, (db) => db.collection('things').insertOne({ name: 'a' }))
    const { firstExecutionRunId } = await withTemporal(first.urls.temporalAddress, (client) =>
      client.workflow.start('nobodyRunsThis', { workflowId: 'kept', taskQueue: 'none' }),
    )
    const pidsBefore = [mongod?.pid, temporal?.pid]
    await Promise.all([mongod?.kill('SIGKILL'), temporal?.kill('SIGKILL')])
    await Promise.all([mongod?.restart(), temporal?.restart()])
    expect(pidsBefore).not.toContain(mongod?.pid)
    expect(pidsBefore).not.toContain(temporal?.pid)
    await withMongo(first.urls.mongodb, async (db) => {
      expect(await db.collection('things').distinct('name')).toEqual(['a'])
      await db.collection('things').insertOne({ name: 'b' })
    })
    await first.stop()

    const second = toBeStopped(await startStack({ ...options, ports: await freePorts() }))
    expect(second.urls.mongodb).not.toBe(first.urls.mongodb)
    await withMongo(second.urls.mongodb, async (db) => {
      await db.client.withSession((session) =>
        session.withTransaction(() =>
          db.collection('things').insertOne({ name: 'c' }, { session }),
        ),
      )
      expect(await db.collection('things').distinct('name')).toEqual(['a', 'b', 'c'])
    })
    const description = await withTemporal(second.urls.temporalAddress, (client) =>
      client.workflow.getHandle('kept').describe(),
    )
    expect(description).toMatchObject({ runId: firstExecutionRunId, status: { name: 'RUNNING' } })
  })

  it('disappears when its supervisor is killed with -9', async () => {
    const script = path.join(REPOSITORY_DIR, 'test/local/fixtures/supervisor.ts')
    const supervisor = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
      cwd: REPOSITORY_DIR,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = (await once(supervisor.stdout, 'data')) as [Buffer]
    const pids = JSON.parse(line.toString()) as number[]
    expect(pids.filter(isAlive)).toHaveLength(4)
    supervisor.kill('SIGKILL')
    try {
      await untilGone(...pids)
    } finally {
      for (const pid of pids.filter(isAlive)) process.kill(pid, 'SIGKILL')
    }
  })

  it('says that a process ended by itself, but not when it was told to', async () => {
    const ended: [StackProcessName, string][] = []
    const stack = await startStack({
      ...fixtureOptions(dataDir, sharedServers()),
      ports: await freePorts(),
      processes: ['worker', 'api'],
      onUnexpectedExit: (name, reason) => ended.push([name, reason]),
    })
    toBeStopped(stack)
    await stack.processes.worker.kill('SIGKILL')
    await stack.processes.worker.restart()
    const { pid } = stack.processes.api
    process.kill(pid, 'SIGKILL')
    await untilGone(pid)
    await stack.stop()
    expect(ended).toEqual([['api', 'by SIGKILL']])
  })

  it('that cannot start shows why and leaves nothing running', async () => {
    const ports = await freePorts()
    const options = fixtureOptions(dataDir, sharedServers())
    const starting = startStack({
      ...options,
      ports,
      processes: ['sandbox', 'worker'],
      entries: { ...options.entries, worker: 'test/local/fixtures/failing-process.ts' },
    })
    await expect(starting).rejects.toThrow(
      [
        'worker ended while starting (exit code 3)',
        '  | MAIL_FROM is required',
        `Its whole output: ${path.join(dataDir, 'logs/worker.log')}`,
      ].join('\n'),
    )
    expect(await readJournal()).toEqual(['one-shot ran', 'sandbox started', 'sandbox stopped'])
    await expect(assertPortsFree(ports, PORT_NAMES)).resolves.toBeUndefined()
  })

  it('whose one-shot fails starts none of our processes', async () => {
    const starting = startStack({
      ...fixtureOptions(dataDir, sharedServers()),
      ports: await freePorts(),
      processes: ['worker'],
      oneShots: [{ name: 'migrate', entry: 'test/local/fixtures/failing-process.ts' }],
    })
    await expect(starting).rejects.toThrow(/^migrate .* failed: .*exit code 3\n.*MAIL_FROM/)
    await expect(access(path.join(dataDir, 'logs/worker.log'))).rejects.toThrow('ENOENT')
  })

  it('starts nothing when one of its ports is taken', async () => {
    const ports = await freePorts()
    const listener = createServer().listen(ports.temporal, '127.0.0.1')
    await once(listener, 'listening')
    const starting = startStack({ ...fixtureOptions(dataDir), ports, processes: ['api'] })
    await expect(starting).rejects.toThrow(`Port ${ports.temporal} is taken, but Temporal needs it`)
    listener.close()
    await expect(access(path.join(dataDir, 'logs'))).rejects.toThrow('ENOENT')
  })

  it('uses the servers the environment names and starts none of its own', async () => {
    const servers = sharedServers()
    const options = { ...fixtureOptions(dataDir, servers), processes: [], oneShots: [] }
    const stack = toBeStopped(await startStack({ ...options, ports: await freePorts() }))
    expect(stack.processes).toEqual({})
    expect(stack.env).toMatchObject({
      TEMPORAL_ADDRESS: servers.temporal,
      MONGODB_URI: servers.mongodb,
    })
    expect(stack.urls).toMatchObject({ mongodb: servers.mongodb, temporalUi: undefined })
  })
})
