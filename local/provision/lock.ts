import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Runs `work` while holding a lock file that carries our process id; a lock left by a process
 * that is gone is taken over. The lock only spares a second download or build: what makes two
 * processes safe is that finished files are renamed into place.
 *
 * @param onWait called once, with the holder's process id, when somebody else has the lock
 */
export async function withLock<T>(
  lockFile: string,
  onWait: (holderPid: number) => void,
  work: () => Promise<T>,
): Promise<T> {
  let announced = false
  for (;;) {
    const holderPid = await takeLock(lockFile)
    if (holderPid === null) break
    if (!announced) onWait(holderPid)
    announced = true
    await delay(200)
  }
  try {
    return await work()
  } finally {
    await rm(lockFile, { force: true })
  }
}

/** Takes a lock, or gives the id of the running process that has it; `null`: it is ours now. */
export async function takeLock(lockFile: string): Promise<number | null> {
  await mkdir(path.dirname(lockFile), { recursive: true })
  while (!(await tryLock(lockFile))) {
    const holderPid = await readHolder(lockFile)
    if (holderPid === undefined) continue
    if (holderPid !== null && isAlive(holderPid)) return holderPid
    await discard(lockFile)
  }
  return null
}

/** A link appears with its content, so that nobody ever reads a lock without a holder. */
async function tryLock(lockFile: string): Promise<boolean> {
  const draft = `${lockFile}.${randomUUID()}`
  await writeFile(draft, String(process.pid))
  try {
    await link(draft, lockFile)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

/** Undefined while the file is gone again, null if it names nobody. */
async function readHolder(lockFile: string): Promise<number | null | undefined> {
  try {
    const text = await readFile(lockFile, 'utf8')
    return Number.parseInt(text, 10) || null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Of several processes that find the same dead holder, the rename lets one take it away. */
async function discard(lockFile: string): Promise<void> {
  const aside = `${lockFile}.${randomUUID()}`
  try {
    await rename(lockFile, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  await rm(aside, { force: true })
}

/** Does a process with this id exist, ours or anybody's? */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
