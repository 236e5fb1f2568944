import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Connection } from '@temporalio/client'
import type { ProvisionContext } from '../../../local/provision/context.js'
import { findPostgresql } from '../../../local/provision/postgresql.js'
import { runProgram } from '../../../local/provision/program.js'
import { secondsSince } from '../../../local/provision/progress.js'
import {
  provisionTemporalServer,
  type TemporalServer,
} from '../../../local/provision/temporal-server.js'
import { DYNAMIC_CONFIG } from '../../../local/stack/servers.js'
import { supervise } from '../../../local/stack/supervise.js'
import { until } from '../../../local/until.js'
import { DATABASE_USER, startPostgresql } from './postgresql.js'
import { serverConfig, type ServerPorts } from './server-config.js'

const SCHEMA_TIMEOUT_MS = 60_000
const USABLE = { withinMs: 60_000, everyMs: 200 }
const DATABASES = { temporal: 'temporal', temporal_visibility: 'visibility' } as const

/** Temporal's server as it is deployed, on a PostgreSQL of its own. */
export interface TemporalOnPostgresql {
  /** `host:port` */
  address: string
  /** Makes a namespace and resolves when it can be used. */
  openNamespace(name: string): Promise<void>
  /** Ends both and deletes their data. */
  stop(): Promise<void>
}

/**
 * Brings both up; nothing is left when it throws. `ProvisioningError`: one of them is not to be had,
 * with what to do.
 */
export async function startTemporalOnPostgresql(options: {
  context: ProvisionContext
  /** Of configuration and logs. */
  dataDir: string
  ports: ServerPorts
}): Promise<TemporalOnPostgresql> {
  const { context, dataDir, ports } = options
  const { env, progress } = context
  const programs = await findPostgresql(context)
  const temporal = await provisionTemporalServer(context)
  await mkdir(dataDir, { recursive: true })
  const startedAtMs = performance.now()
  const postgresql = await startPostgresql({
    programs,
    port: ports.postgresql,
    logFile: path.join(dataDir, 'postgresql.log'),
    env,
  })
  try {
    await makeTables(temporal, ports.postgresql, env)
    const { server } = temporal
    const configDir = path.join(dataDir, 'config')
    await mkdir(configDir, { recursive: true })
    const dynamicConfigFile = path.join(configDir, 'dynamic.yaml')
    // JSON is YAML.
    const dynamic = Object.entries(DYNAMIC_CONFIG).map(([name, value]) => [name, [{ value }]])
    await writeFile(dynamicConfigFile, JSON.stringify(Object.fromEntries(dynamic)))
    const config = serverConfig({ ports, user: DATABASE_USER, dynamicConfigFile })
    await writeFile(path.join(configDir, 'bench.yaml'), JSON.stringify(config, null, 2))
    const handle = await supervise({
      name: 'temporal-server',
      command: server,
      args: ['--root', dataDir, '--config', 'config', '--env', 'bench', 'start'],
      env,
      logFile: path.join(dataDir, 'temporal-server.log'),
      guarded: true,
      checkReady: () => checkServer(`127.0.0.1:${ports.frontend}`),
    })
    progress.report('temporal', `running on PostgreSQL (${secondsSince(startedAtMs)})`)
    return {
      address: `127.0.0.1:${ports.frontend}`,
      openNamespace: (name) => openNamespace(`127.0.0.1:${ports.frontend}`, name),
      async stop() {
        await handle.stop()
        await postgresql.stop()
      },
    }
  } catch (error) {
    await postgresql.stop()
    throw error
  }
}

async function makeTables(
  { sqlTool, schemaDir }: TemporalServer,
  port: number,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const options = { timeoutMs: SCHEMA_TIMEOUT_MS, env }
  for (const [database, schema] of Object.entries(DATABASES)) {
    const at = ['--plugin', 'postgres12', '--ep', '127.0.0.1', '-p', String(port)]
    const run = (...args: string[]) =>
      runProgram(sqlTool, [...at, '-u', DATABASE_USER, '--db', database, ...args], options)
    await run('create-database')
    await run('setup-schema', '-v', '0.0')
    await run('update-schema', '-d', path.join(schemaDir, schema, 'versioned'))
  }
}

async function checkServer(address: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 5_000 })
  try {
    await connection.workflowService.listNamespaces({})
  } finally {
    await connection.close()
  }
}

async function openNamespace(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address })
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    })
    // Its frontends learn of it a little later.
    const isUsable = () =>
      connection.workflowService.listOpenWorkflowExecutions({ namespace }).then(
        () => true,
        () => false,
      )
    await until(`namespace ${namespace} can be used`, isUsable, USABLE)
  } finally {
    await connection.close()
  }
}
