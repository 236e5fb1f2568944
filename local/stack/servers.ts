import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { Connection } from '@temporalio/client'
import mongoose from 'mongoose'
import { checkTcp } from './readiness.js'
import type { ProcessSpec } from './supervise.js'

/** The MongoDB database of a local stack and, by default, its Temporal namespace. */
export const LOCAL_NAME = 'joint-force'

const REPLICA_SET = 'rs0'
const ATTEMPT_TIMEOUT_MS = 5_000

/**
 * Brands take turns in a task queue. One partition of it is enough for one machine, and keeps the
 * order exact: of several, each knows its own tasks only. A workflow whose code fails is shown after
 * three attempts; the fifth, which servers wait for by default, comes after a minute.
 */
export const DYNAMIC_CONFIG = {
  'matching.enableFairness': true,
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
  'system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute': 3,
}

interface ServerOptions {
  program: string
  dataDir: string
  port: number
  env: NodeJS.ProcessEnv
  logFile: string
}

/**
 * Temporal's development server on one SQLite file. Its namespace keeps finished workflows for
 * 24 hours (fixed by the server); the record of a case is in MongoDB. With WAL and NORMAL a
 * killed process loses nothing that was acknowledged; a power cut may lose the last moments.
 *
 * @param uiPort of the Temporal UI; none: no UI
 */
export async function temporalSpec(
  options: ServerOptions & { uiPort: number | undefined; namespace: string },
): Promise<ProcessSpec> {
  const { program, dataDir, port, uiPort, namespace, env, logFile } = options
  await mkdir(dataDir, { recursive: true })
  const ui = uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]
  const settings = Object.entries(DYNAMIC_CONFIG).flatMap(([name, value]) => [
    ...['--dynamic-config-value', `${name}=${JSON.stringify(value)}`],
  ])
  return {
    name: 'temporal',
    command: program,
    args: [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), ...ui],
      ...['--db-filename', path.join(dataDir, 'temporal.db'), '--namespace', namespace],
      ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
      ...['--ui-disable-news-fetch', '--log-level', 'warn', ...settings],
    ],
    env,
    logFile,
    guarded: true,
    checkReady: () => checkTemporal(port, namespace),
  }
}

/**
 * MongoDB as a replica set of one, as transactions and change streams need it. What a killed worker
 * leaves in a transaction stays locked until its time is up: ours take milliseconds, so 10 s will
 * do in place of the 60 s by default.
 */
export async function mongodSpec(options: ServerOptions): Promise<ProcessSpec> {
  const { program, dataDir, port, env, logFile } = options
  const dbPath = path.join(dataDir, 'mongodb')
  await mkdir(dbPath, { recursive: true })
  return {
    name: 'mongod',
    command: program,
    args: [
      ...['--dbpath', dbPath, '--bind_ip', '127.0.0.1', '--port', String(port)],
      ...['--replSet', REPLICA_SET, '--setParameter', 'transactionLifetimeLimitSeconds=10'],
      ...['--wiredTigerCacheSizeGB', '0.25', '--nounixsocket', '--quiet'],
    ],
    env,
    logFile,
    guarded: true,
    checkReady: () => checkMongod(port),
  }
}

/**
 * Where a stack's MongoDB is. A direct connection, because the one member is all there is and its
 * port may change between two starts.
 */
export function mongoUri(port: number, database = LOCAL_NAME): string {
  return `mongodb://127.0.0.1:${port}/${database}?directConnection=true`
}

async function checkTemporal(port: number, namespace: string): Promise<void> {
  await checkTcp(port)
  const connection = await Connection.connect({
    address: `127.0.0.1:${port}`,
    connectTimeout: ATTEMPT_TIMEOUT_MS,
  })
  try {
    await connection.withDeadline(Date.now() + ATTEMPT_TIMEOUT_MS, () =>
      connection.workflowService.describeNamespace({ namespace }),
    )
  } finally {
    await connection.close()
  }
}

/** Makes the node the primary of its own replica set, whatever port its data last saw. */
async function checkMongod(port: number): Promise<void> {
  await checkTcp(port)
  const client = new mongoose.mongo.MongoClient(mongoUri(port), {
    serverSelectionTimeoutMS: ATTEMPT_TIMEOUT_MS,
  })
  try {
    const admin = client.db('admin')
    const members = [{ _id: 0, host: `127.0.0.1:${port}` }]
    const config = await readReplicaSetConfig(admin)
    if (!config) await admin.command({ replSetInitiate: { _id: REPLICA_SET, members } })
    else if (config.members[0]?.host !== members[0]?.host) {
      const moved = { ...config, version: config.version + 1, members }
      await admin.command({ replSetReconfig: moved, force: true })
    }
    const { isWritablePrimary } = await admin.command({ hello: 1 })
    if (isWritablePrimary !== true) throw new Error('it is not yet primary')
  } finally {
    await client.close()
  }
}

interface ReplicaSetConfig {
  version: number
  members: { host: string }[]
}

/** Undefined on a data folder that has never been part of a replica set. */
async function readReplicaSetConfig(
  admin: mongoose.mongo.Db,
): Promise<ReplicaSetConfig | undefined> {
  try {
    const answer = await admin.command({ replSetGetConfig: 1 })
    return answer['config'] as ReplicaSetConfig
  } catch (error) {
    const isNew = error instanceof mongoose.mongo.MongoServerError
    if (isNew && error.codeName === 'NotYetInitialized') return undefined
    throw error
  }
}
