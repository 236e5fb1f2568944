import { rmSync } from 'node:fs'
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { PostgresqlPrograms } from '../../../local/provision/postgresql.js'
import { findOnPath, runProgram } from '../../../local/provision/program.js'
import { checkTcp } from '../../../local/stack/readiness.js'
import { supervise } from '../../../local/stack/supervise.js'
import { ProvisioningError } from '../../../local/provision/provision.js'

const INIT_TIMEOUT_MS = 60_000
/** Both are made by its packages, or there anyway. */
const UNPRIVILEGED_USERS = ['postgres', 'nobody']

/** The superuser of the database, who needs no password from this machine. */
export const DATABASE_USER = 'temporal'

/** A PostgreSQL of its own. */
export interface Postgresql {
  port: number
  /** Ends it and deletes its data. */
  stop(): Promise<void>
}

/**
 * Starts one on loopback with data in a temporary folder. It does not run as root: then somebody
 * else who may do little runs it.
 */
export async function startPostgresql(options: {
  programs: PostgresqlPrograms
  port: number
  logFile: string
  env: NodeJS.ProcessEnv
}): Promise<Postgresql> {
  const { programs, port, logFile, env } = options
  const user = process.getuid?.() === 0 ? await unprivilegedUser() : null
  const as = user ? ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'] : []
  const folder = await mkdtemp(path.join(tmpdir(), 'joint-force-postgresql-'))
  // Also when this process ends at once; then its guard ends the server.
  const deleteAtExit = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', deleteAtExit)
  const deleteData = async () => {
    await rm(folder, { recursive: true, force: true })
    process.off('exit', deleteAtExit)
  }
  try {
    const dataDir = path.join(folder, 'data')
    await mkdir(dataDir)
    if (user) for (const owned of [folder, dataDir]) await chown(owned, user.uid, user.gid)
    const [program = '', ...init] = [
      ...[...as, programs.initdb, '-D', dataDir, '-U', DATABASE_USER, '-A', 'trust'],
      ...['-E', 'UTF8', '--locale', 'C'],
    ]
    await runProgram(program, init, { timeoutMs: INIT_TIMEOUT_MS, cwd: folder, env })
    const [command = '', ...args] = [
      ...[...as, programs.postgres, '-D', dataDir, '-h', '127.0.0.1', '-p', String(port)],
      ...['-k', '', '-c', 'max_connections=200', '-c', 'shared_buffers=256MB'],
    ]
    const server = await supervise({
      name: 'postgresql',
      command,
      args,
      env,
      logFile,
      guarded: true,
      checkReady: () => checkTcp(port),
    })
    return {
      port,
      async stop() {
        await server.stop()
        await deleteData()
      },
    }
  } catch (error) {
    await deleteData()
    throw error
  }
}

async function unprivilegedUser(): Promise<{ uid: number; gid: number }> {
  if (!(await findOnPath('setpriv', process.env))) {
    throw new ProvisioningError(
      'PostgreSQL does not run as root, and there is no `setpriv` (util-linux) to run it as somebody ' +
        'else: run this as another user, or install it.',
    )
  }
  for (const name of UNPRIVILEGED_USERS) {
    try {
      const ask = async (flag: string) =>
        Number(await runProgram('id', [flag, name], { timeoutMs: 10_000 }))
      return { uid: await ask('-u'), gid: await ask('-g') }
    } catch {
      continue
    }
  }
  throw new ProvisioningError('PostgreSQL does not run as root: run this as another user.')
}
