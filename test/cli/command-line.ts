import { writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { Readable } from 'node:stream'
import { run } from '../../cli/run.js'
import type { Role } from '../../domain/vocabulary.js'
import { randomSuffix } from '../../platform/digest.js'
import { startApi, type TestApi } from '../api/test-api.js'
import { temporalAddress, testDataDir } from '../setup/environment.js'
import { startService, type TestService } from '../setup/service.js'

export interface Ended {
  code: number
  out: string
  err: string
}

export interface CallOptions {
  /** Makes the outputs a terminal of that width. */
  columns?: number
  stdin?: string
  env?: Record<string, string>
}

/** Runs one command line in this process. */
export async function runCli(
  args: readonly string[],
  env: Record<string, string>,
  { columns, stdin = '', env: more = {} }: CallOptions = {},
): Promise<Ended> {
  const out: string[] = []
  const err: string[] = []
  const code = await run(args, {
    stdin: Readable.from([stdin]),
    stdout: { write: (text) => out.push(text), columns },
    stderr: { write: (text) => err.push(text), columns },
    env: { ...env, ...more },
  })
  return { code, out: out.join(''), err: err.join('') }
}

/** The whole service with its API on a port, and the command line under a key of each role. */
export interface TestCli {
  service: TestService
  api: TestApi
  /** What a person would set for `role`. */
  envOf(role: Role): Record<string, string>
  as(role: Role, args: readonly string[], options?: CallOptions): Promise<Ended>
  stop(): Promise<void>
}

export async function startCli(): Promise<TestCli> {
  const service = await startService()
  const api = await startApi({ store: service.store, client: service.client })
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = api.app.server.address() as AddressInfo
  const marketplacesFile = path.join(testDataDir(), `marketplaces-${randomSuffix()}.json`)
  await writeFile(marketplacesFile, JSON.stringify(service.marketplaces))
  const envOf = (role: Role) => ({
    JOINT_FORCE_API_URL: `http://127.0.0.1:${port}`,
    JOINT_FORCE_API_KEY: api.keys[role].secret,
    MONGODB_URI: service.database.options.uri,
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: service.namespace,
    MARKETPLACES_FILE: marketplacesFile,
    SMTP_URL: service.smtp.url,
  })
  return {
    service,
    api,
    envOf,
    as: (role, args, options) => runCli(args, envOf(role), options),
    async stop() {
      await api.close()
      await service.stop()
    },
  }
}
