import { rmSync } from 'node:fs'
import path from 'node:path'
import { REPOSITORY_DIR } from '../provision/context.js'
import { takeLock } from '../provision/lock.js'

/** A data folder cannot be used now, or not any more. The message says what to do. */
export class DataError extends Error {
  override name = 'DataError'
}

/**
 * The data folder of one kind of run: `.data/<name>` in the repository, or in the folder that
 * `JOINT_FORCE_DATA_DIR` names.
 */
export function dataDirOf(name: string, env: NodeJS.ProcessEnv = process.env): string {
  return path.resolve(env['JOINT_FORCE_DATA_DIR'] ?? path.join(REPOSITORY_DIR, '.data'), name)
}

/** Keeps a data folder for this process until it ends. Throws `DataError` when another has it. */
export async function claimDataDir(dataDir: string): Promise<void> {
  // Beside the folder, which may be deleted by whoever has claimed it.
  const lockFile = `${dataDir}.lock`
  const holderPid = await takeLock(lockFile)
  if (holderPid !== null) {
    throw new DataError(
      `${dataDir} is in use by process ${holderPid}: it runs already.\n` +
        'Stop that one first, or run this one with JOINT_FORCE_DATA_DIR and JOINT_FORCE_PORT_BASE of its own.',
    )
  }
  process.once('exit', () => rmSync(lockFile, { force: true }))
}
