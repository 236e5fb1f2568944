import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

/** A process of the benchmark. It ends with this one, or when told to. */
export interface BenchProcess {
  /** What it said when it was ready. */
  said: unknown
  stop(): Promise<void>
}

/** Starts `entry` (relative to this folder) and resolves when it has sent its first message. */
export async function startProcess(
  entry: string,
  env: Readonly<Record<string, string>>,
): Promise<BenchProcess> {
  const child = fork(path.join(import.meta.dirname, entry), [], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const [said] = (await Promise.race([
    once(child, 'message'),
    ended.then(([code]) => {
      throw new Error(`${entry} ended at its start with exit code ${String(code)}`)
    }),
  ])) as [unknown]
  return {
    said,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
