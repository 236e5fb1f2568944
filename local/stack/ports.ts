import { createServer } from 'node:net'

/** Every listener of a stack, in the order of their ports in a block. */
export const PORT_NAMES = [
  'api',
  'apiAdmin',
  'workerAdmin',
  'sandbox',
  'inbox',
  'smtp',
  'mongo',
  'temporal',
  'temporalUi',
] as const
export type PortName = (typeof PORT_NAMES)[number]

/** TCP ports on 127.0.0.1. */
export type Ports = Readonly<Record<PortName, number>>

const DEFAULT_BASE = 8700

/** The first user of each port, as messages name it. */
const users: Record<PortName, string> = {
  api: 'the API',
  apiAdmin: "the API's health and metrics",
  workerAdmin: "the worker's health and metrics",
  sandbox: 'the sandbox marketplace',
  inbox: "the mail inbox's page",
  smtp: 'the mail inbox (SMTP)',
  mongo: 'MongoDB',
  temporal: 'Temporal',
  temporalUi: 'the Temporal UI',
}

/** A port is taken, or a port block cannot be used. The message says what to do. */
export class PortError extends Error {
  override name = 'PortError'
}

/** Nine consecutive ports starting at `base`. */
export function portBlock(base: number): Ports {
  const last = base + PORT_NAMES.length - 1
  if (!Number.isInteger(base) || base < 1024 || last > 65_535)
    throw new PortError(
      `Port base ${base} cannot be used: give a whole number from 1024 to ${65_536 - PORT_NAMES.length}, for example JOINT_FORCE_PORT_BASE=${DEFAULT_BASE}`,
    )
  return portsFrom((index) => base + index)
}

/** Runs that may go on beside each other, and how far from the base each one's block begins. */
const offsets = { start: 0, demo: 20, fuzz: 40, bench: 60, tour: 80 }

/** The block of a run, counted from `JOINT_FORCE_PORT_BASE`, by default 8700. */
export function portsFromEnv(
  env: NodeJS.ProcessEnv = process.env,
  run: keyof typeof offsets = 'start',
): Ports {
  return portBlock(Number(env['JOINT_FORCE_PORT_BASE'] ?? DEFAULT_BASE) + offsets[run])
}

/**
 * Ports nobody listens on now, for tests. Drawn below the range the system gives to outgoing
 * connections, so that nothing takes one by chance before its server does.
 */
export async function freePorts(): Promise<Ports> {
  const found = new Set<number>()
  while (found.size < PORT_NAMES.length) {
    const port = 15_000 + Math.floor(Math.random() * 17_000)
    if (!found.has(port) && (await isFree(port))) found.add(port)
  }
  const list = [...found]
  return portsFrom((index) => list[index] ?? 0)
}

/** Throws `PortError` naming every taken port among `needed`, who needs it and the remedy. */
export async function assertPortsFree(ports: Ports, needed: readonly PortName[]): Promise<void> {
  const taken: PortName[] = []
  for (const name of needed) if (!(await isFree(ports[name]))) taken.push(name)
  if (taken.length === 0) return
  const lines = taken.map((name) => `Port ${ports[name]} is taken, but ${users[name]} needs it.`)
  const otherBase = (Math.floor(ports.api / 100) + 1) * 100
  const remedy = [
    'Stop what uses it (is another stack running?), or use other ports by setting',
    `JOINT_FORCE_PORT_BASE=${otherBase}`,
  ]
  throw new PortError([...lines, ...remedy].join('\n'))
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false)
      else reject(error)
    })
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => resolve(true))
    })
  })
}

function portsFrom(portAt: (index: number) => number): Ports {
  const entries = PORT_NAMES.map((name, index) => [name, portAt(index)] as const)
  return Object.fromEntries(entries) as Record<PortName, number>
}
