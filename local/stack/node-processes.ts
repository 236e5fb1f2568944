import path from 'node:path'
import type { Compiled } from '../provision/compiled.js'
import { checkHttp, checkTcp } from './readiness.js'
import type { PortName, Ports } from './ports.js'
import type { ProcessSpec } from './supervise.js'

/** Our own processes, in the order in which they start; they stop in the reverse order. */
export const PROCESS_NAMES = ['sandbox', 'inbox', 'worker', 'api'] as const
export type ProcessName = (typeof PROCESS_NAMES)[number]

interface NodeProcess {
  /** Relative to the repository. */
  entry: string
  ports: readonly PortName[]
  checkReady: (ports: Ports) => Promise<void>
}

/** How each of our processes is started and known to work. */
export const nodeProcesses: Readonly<Record<ProcessName, NodeProcess>> = {
  sandbox: {
    entry: 'sandbox/main.ts',
    ports: ['sandbox'],
    checkReady: ({ sandbox }) => checkHttp(`http://127.0.0.1:${sandbox}/health`),
  },
  inbox: {
    entry: 'local/inbox/main.ts',
    ports: ['inbox', 'smtp'],
    async checkReady({ inbox, smtp }) {
      await checkTcp(inbox)
      await checkTcp(smtp)
    },
  },
  worker: {
    entry: 'worker/main.ts',
    ports: ['workerAdmin'],
    checkReady: ({ workerAdmin }) => checkHttp(`http://127.0.0.1:${workerAdmin}/readyz`),
  },
  api: {
    entry: 'api/main.ts',
    ports: ['api', 'apiAdmin'],
    checkReady: ({ apiAdmin }) => checkHttp(`http://127.0.0.1:${apiAdmin}/readyz`),
  },
}

/**
 * As in `bin/entrypoint`. More room for what lives briefly halves the time spent on collecting it: a
 * tenth of the API's, a twentieth of a worker's.
 */
const NODE_OPTIONS = ['--enable-source-maps', '--max-semi-space-size=64']

/** What Node.js is called with to run a program of ours, whose `entry` is relative to the repository. */
export function nodeArguments(
  compiled: Compiled,
  entry: string,
  args: readonly string[] = [],
): string[] {
  return [...NODE_OPTIONS, compiled.entry(entry), ...args]
}

/** What to run for one of our processes. */
export function nodeSpec(
  name: ProcessName,
  {
    compiled,
    portalDir = '',
    entry = nodeProcesses[name].entry,
    env,
    logDir,
    ports,
  }: {
    compiled: Compiled
    /** Of the built browser app; empty = none. */
    portalDir?: string
    entry?: string | undefined
    env: NodeJS.ProcessEnv
    logDir: string
    ports: Ports
  },
): ProcessSpec {
  return {
    name,
    command: process.execPath,
    args: nodeArguments(compiled, entry),
    env: { ...env, WORKFLOW_BUNDLE: compiled.workflowBundle, PORTAL_DIR: portalDir },
    logFile: path.join(logDir, `${name}.log`),
    guarded: false,
    checkReady: () => nodeProcesses[name].checkReady(ports),
  }
}
