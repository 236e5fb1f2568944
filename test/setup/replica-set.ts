import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import mongoose from 'mongoose'
import { provisionContext } from '../../local/provision/context.js'
import { provisionMongod } from '../../local/provision/mongod.js'
import { freePorts } from '../../local/stack/ports.js'
import { type ProcessHandle, supervise } from '../../local/stack/supervise.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { testDataDir } from './environment.js'

/** Three MongoDB servers that elect one of them. */
export interface ReplicaSet {
  uri: string
  /** Ends the primary as a lost machine would, and resolves once the others have elected another. */
  losePrimary(): Promise<void>
  stop(): Promise<void>
}

const NAME = 'elected'
const ELECTED = { withinMs: 60_000, everyMs: 200 }

/** Starts them, with a primary. */
export async function startReplicaSet(): Promise<ReplicaSet> {
  const { api, apiAdmin, workerAdmin } = await freePorts()
  const ports = [api, apiAdmin, workerAdmin]
  const folder = path.join(testDataDir(), `replica-set-${randomSuffix()}`)
  const command = await provisionMongod(provisionContext())
  const members = new Map<number, ProcessHandle>()
  for (const port of ports) members.set(port, await startMember(command, folder, port))
  await ask(ports[0], {
    replSetInitiate: {
      _id: NAME,
      members: ports.map((port, _id) => ({ _id, host: `127.0.0.1:${port}` })),
      settings: { electionTimeoutMillis: 2_000 },
    },
  })
  const primary = () => until('one of them is primary', primaryOf, ELECTED)
  async function primaryOf(): Promise<number | undefined> {
    for (const port of members.keys()) {
      const { isWritablePrimary } = await ask(port, { hello: 1 })
      if (isWritablePrimary === true) return port
    }
    return undefined
  }
  await primary()
  return {
    uri: `mongodb://${ports.map((port) => `127.0.0.1:${port}`).join()}/election?replicaSet=${NAME}`,
    async losePrimary() {
      const lost = await primary()
      await members.get(lost)?.kill('SIGKILL')
      members.delete(lost)
      await primary()
    },
    async stop() {
      await Promise.all([...members.values()].map((member) => member.stop()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function startMember(command: string, folder: string, port: number): Promise<ProcessHandle> {
  const dbPath = path.join(folder, String(port))
  await mkdir(dbPath, { recursive: true })
  return supervise({
    name: `mongod-${port}`,
    command,
    args: [
      ...['--dbpath', dbPath, '--bind_ip', '127.0.0.1', '--port', String(port)],
      ...['--replSet', NAME, '--wiredTigerCacheSizeGB', '0.25', '--nounixsocket', '--quiet'],
    ],
    env: process.env,
    logFile: path.join(folder, `${port}.log`),
    guarded: true,
    checkReady: () => ask(port, { ping: 1 }).then(() => undefined),
  })
}

async function ask(port: number | undefined, command: object): Promise<mongoose.mongo.Document> {
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`
  const client = new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: 2_000 })
  try {
    return await client.db('admin').command(command)
  } finally {
    await client.close()
  }
}
