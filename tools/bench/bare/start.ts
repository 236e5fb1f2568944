import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

/** Starts the worker of the bare workflows. It ends with this process or when told to. */
export async function startBareWorker(
  env: Readonly<Record<string, string>>,
): Promise<{ stop(): Promise<void> }> {
  const child = fork(path.join(import.meta.dirname, 'main.ts'), [], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  await Promise.race([
    once(child, 'message'),
    ended.then(([code]) => {
      throw new Error(`the bare worker ended at its start with exit code ${String(code)}`)
    }),
  ])
  return {
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
