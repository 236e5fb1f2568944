import { appendFile, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { messageOf } from '../platform/message-of.js'
import { TEMPORAL_SECURITY } from '../platform/temporal-settings.js'
import { provisionContext, REPOSITORY_DIR } from './provision/context.js'
import { type Compiled, provisionCompiled } from './provision/compiled.js'
import { provisionMongod } from './provision/mongod.js'
import { provisionPortal } from './provision/portal.js'
import { runProgram } from './provision/program.js'
import { secondsSince, silentProgress, type Progress } from './provision/progress.js'
import { provisionTemporal } from './provision/temporal.js'
import {
  nodeArguments,
  nodeProcesses,
  nodeSpec,
  PROCESS_NAMES,
  type ProcessName,
} from './stack/node-processes.js'
import { assertPortsFree, type PortName, type Ports } from './stack/ports.js'
import { makePrivateFolder } from './stack/private-folder.js'
import { LOCAL_NAME, mongodSpec, mongoUri, temporalSpec } from './stack/servers.js'
import { ProcessError, supervise, type ProcessHandle, type ProcessSpec } from './stack/supervise.js'

const ONE_SHOT_TIMEOUT_MS = 120_000

/** A program run to its end after the servers are up and before our processes start. */
export interface OneShot {
  name: string
  /** Relative to the repository. */
  entry: string
  args?: readonly string[]
}

/** Those that need the migrated database. */
const isOurs = (name: ProcessName) => name === 'worker' || name === 'api'

const migrate: OneShot = { name: 'migrate', entry: 'worker/migrate/main.ts' }

export interface StackOptions<Name extends ProcessName> {
  /** Data of every server, and `logs/<name>.log`. Kept between starts. */
  dataDir: string
  ports: Ports
  /** Which of our processes to start, besides the two servers. */
  processes: readonly Name[]
  onProgress?: Progress
  /**
   * Added to this process's environment: for the two servers' whereabouts, and for every child
   * (`MARKETPLACES_FILE` and secrets come from here).
   */
  env?: Readonly<Record<string, string>>
  /** Deletes `dataDir` first. */
  fresh?: boolean
  /** By default the migration, if the worker or the API is to run. */
  oneShots?: readonly OneShot[]
  /** Default true. */
  temporalUi?: boolean
  /** Other programs than the usual ones; paths relative to the repository. */
  entries?: Partial<Record<ProcessName, string>>
  /**
   * A process that was ready ended by itself; the others keep running. `reason`: exit code or
   * signal. `handle` starts it again.
   */
  onUnexpectedExit?: (name: StackProcessName, reason: string, handle: ProcessHandle) => void
}

/**
 * Servers a stack may start; absent where a non-empty `JOINT_FORCE_TEMPORAL_ADDRESS` or
 * `JOINT_FORCE_MONGODB_URI` names one. The service's own variables are no such names: a shell that
 * operates one stack has them set, and would start the next one inside it.
 */
export type ServerName = 'temporal' | 'mongod'
export type StackProcessName = ServerName | ProcessName

/** Where everything of a stack is reached. */
export interface StackUrls {
  api: string
  apiAdmin: string
  workerAdmin: string
  sandbox: string
  /** The page that shows received mail. */
  inbox: string
  smtp: string
  /** The workflows of our namespace; undefined if Temporal was not started here, or without its UI. */
  temporalUi: string | undefined
  /** `host:port` */
  temporalAddress: string
  mongodb: string
}

export interface Stack<Name extends ProcessName> {
  urls: StackUrls
  ports: Ports
  /** What our processes got as environment, for further programs of the same stack. */
  env: Readonly<Record<string, string>>
  processes: Readonly<
    Record<Name, ProcessHandle> & Partial<Record<StackProcessName, ProcessHandle>>
  >
  /** Ends everything in the reverse order. Later calls wait for the first. */
  stop(): Promise<void>
}

/**
 * Brings up Temporal and MongoDB (those that the environment names are used as they are), then the
 * one-shots, then our processes; resolves when all of them are ready. If anything fails, whatever was
 * started is ended before this throws: `PortError`, `ProvisioningError` or `ProcessError`, each with
 * what to do. Ending the calling process in any way, even by SIGKILL, ends the stack too.
 */
export async function startStack<const Name extends ProcessName>(
  options: StackOptions<Name>,
): Promise<Stack<Name>> {
  const { ports, processes: names, onProgress: progress = silentProgress } = options
  const baseEnv = { ...process.env, ...options.env }
  const dataDir = path.resolve(options.dataDir)
  const logDir = path.join(dataDir, 'logs')
  const external = {
    temporal: baseEnv['JOINT_FORCE_TEMPORAL_ADDRESS'] || undefined,
    mongodb: baseEnv['JOINT_FORCE_MONGODB_URI'] || undefined,
  }
  const hasUi = (options.temporalUi ?? true) && !external.temporal

  const needed: PortName[] = names.flatMap((name) => nodeProcesses[name].ports)
  if (!external.temporal) needed.push('temporal')
  if (hasUi) needed.push('temporalUi')
  if (!external.mongodb) needed.push('mongo')
  await assertPortsFree(ports, needed)

  const namespace = baseEnv['JOINT_FORCE_TEMPORAL_NAMESPACE'] || LOCAL_NAME
  const urls: StackUrls = {
    api: `http://127.0.0.1:${ports.api}`,
    apiAdmin: `http://127.0.0.1:${ports.apiAdmin}`,
    workerAdmin: `http://127.0.0.1:${ports.workerAdmin}`,
    sandbox: `http://127.0.0.1:${ports.sandbox}`,
    inbox: `http://127.0.0.1:${ports.inbox}`,
    smtp: `smtp://127.0.0.1:${ports.smtp}`,
    temporalUi: hasUi
      ? `http://127.0.0.1:${ports.temporalUi}/namespaces/${namespace}/workflows`
      : undefined,
    temporalAddress: external.temporal ?? `127.0.0.1:${ports.temporal}`,
    mongodb: external.mongodb ?? mongoUri(ports.mongo),
  }
  const env = {
    ...childEnvironment(urls, ports),
    LOG_LEVEL: baseEnv['LOG_LEVEL'] ?? 'info',
    ...options.env,
    // The calling shell may operate a secured Temporal; this one is plain, on loopback.
    ...Object.fromEntries(TEMPORAL_SECURITY.map((name) => [name, ''])),
    TEMPORAL_ADDRESS: urls.temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    ...(hasUi ? { TEMPORAL_UI_URL: `http://127.0.0.1:${ports.temporalUi}` } : {}),
    MONGODB_URI: urls.mongodb,
  }
  const childEnv = { ...baseEnv, ...env }

  if (options.fresh) await rm(dataDir, { recursive: true, force: true })
  await makePrivateFolder(dataDir)
  await mkdir(logDir, { recursive: true })

  const wanted: readonly ProcessName[] = PROCESS_NAMES.filter((name) =>
    (names as readonly ProcessName[]).includes(name),
  )
  const oneShots = options.oneShots ?? (wanted.some(isOurs) ? [migrate] : [])

  const started = new Map<StackProcessName, ProcessHandle>()
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= stopAll(started))

  async function start(name: StackProcessName, spec: ProcessSpec) {
    const startedAtMs = performance.now()
    const onUnexpectedExit = (reason: string, handle: ProcessHandle) => {
      if (!stopping) options.onUnexpectedExit?.(name, reason, handle)
    }
    try {
      started.set(name, await supervise({ ...spec, onUnexpectedExit }))
    } catch (error) {
      progress.report(name, `did not start (${secondsSince(startedAtMs)})`)
      throw error
    }
    progress.report(name, `running (${secondsSince(startedAtMs)})`)
  }
  async function startTemporal() {
    const program = await provisionTemporal(provisionContext({ env: baseEnv, progress }))
    const logFile = path.join(logDir, 'temporal.log')
    const uiPort = hasUi ? ports.temporalUi : undefined
    const server = { program, dataDir, port: ports.temporal, env: baseEnv, logFile }
    await start('temporal', await temporalSpec({ ...server, uiPort, namespace }))
  }
  async function startMongod() {
    const program = await provisionMongod(provisionContext({ env: baseEnv, progress }))
    const logFile = path.join(logDir, 'mongod.log')
    const server = { program, dataDir, port: ports.mongo, env: baseEnv, logFile }
    await start('mongod', await mongodSpec(server))
  }
  async function startOurs(compiled: Compiled, portalDir: string) {
    for (const oneShot of oneShots) {
      const startedAtMs = performance.now()
      await runOneShot(oneShot, compiled, logDir, childEnv)
      progress.report(oneShot.name, `done (${secondsSince(startedAtMs)})`)
    }
    const startAll = (group: readonly ProcessName[]) =>
      all(
        group.map((name) => {
          const entry = options.entries?.[name]
          return start(
            name,
            nodeSpec(name, { compiled, portalDir, entry, env: childEnv, logDir, ports }),
          )
        }),
      )
    await startAll(wanted.filter((name) => !isOurs(name)))
    await startAll(wanted.filter(isOurs))
  }

  try {
    const preparing: Promise<unknown>[] = []
    if (!external.temporal) preparing.push(startTemporal())
    if (!external.mongodb) preparing.push(startMongod())
    if (wanted.length + oneShots.length === 0) {
      await all(preparing)
    } else {
      const context = provisionContext({ env: baseEnv, progress })
      const compiling = provisionCompiled(context)
      const building = names.includes('api' as Name) ? provisionPortal(context) : ''
      await all([...preparing, compiling, Promise.resolve(building)])
      await startOurs(await compiling, await building)
    }
  } catch (error) {
    await stop()
    throw error
  }

  const processes = Object.fromEntries(started) as Stack<Name>['processes']
  return { urls, ports, env, processes, stop }
}

/** Where things are, as every process of a stack learns it. */
function childEnvironment(urls: StackUrls, ports: Ports): Record<string, string> {
  return {
    API_HOST: '127.0.0.1',
    API_PORT: String(ports.api),
    API_ADMIN_PORT: String(ports.apiAdmin),
    WORKER_ADMIN_PORT: String(ports.workerAdmin),
    PUBLIC_URL: urls.api,
    SMTP_URL: urls.smtp,
    SANDBOX_PORT: String(ports.sandbox),
    INBOX_PORT: String(ports.inbox),
    SMTP_PORT: String(ports.smtp),
  }
}

async function runOneShot(
  { name, entry, args }: OneShot,
  compiled: Compiled,
  logDir: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  try {
    const output = await runProgram(process.execPath, nodeArguments(compiled, entry, args), {
      cwd: REPOSITORY_DIR,
      env,
      timeoutMs: ONE_SHOT_TIMEOUT_MS,
    })
    await appendFile(path.join(logDir, `${name}.log`), output)
  } catch (error) {
    throw new ProcessError(`${name} (${entry}) failed: ${messageOf(error)}`)
  }
}

/** Like `Promise.all`, but what did not fail has finished before it throws. */
async function all(work: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) {
    if (result.status === 'rejected') throw result.reason
  }
}

/** Those that take requests first, what they depend on last. */
async function stopAll(started: ReadonlyMap<StackProcessName, ProcessHandle>): Promise<void> {
  const groups = [
    ['api', 'worker'],
    ['inbox', 'sandbox'],
    ['temporal', 'mongod'],
  ] as const
  for (const group of groups) {
    await Promise.all(group.map(async (name) => started.get(name)?.stop()))
  }
}
