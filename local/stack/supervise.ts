import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { messageOf } from '../../platform/message-of.js'
import { REPOSITORY_DIR } from '../provision/context.js'
import { lastLines } from '../provision/program.js'

const STOP_TIMEOUT_MS = 10_000
const READY_TIMEOUT_MS = 60_000
const POLL_INTERVAL_MS = 25

/** What to run and how to know that it works. */
export interface ProcessSpec {
  name: string
  command: string
  args: readonly string[]
  env: NodeJS.ProcessEnv
  /** Output is appended to it. */
  logFile: string
  /**
   * True for servers that are not ours: they run under `guard.mjs`, which ends them with us. Our
   * own processes end themselves when the IPC channel closes.
   */
  guarded: boolean
  /** Resolves when the process serves, rejects while it does not yet. Called until it resolves. */
  checkReady: () => Promise<void>
  /** Told when the process, once ready, ends without having been asked to through its handle. */
  onUnexpectedExit?: (reason: string, handle: ProcessHandle) => void
}

/** A running process of the stack. */
export interface ProcessHandle {
  /** Of the process itself (never of its guard); of the last run once it has ended. */
  readonly pid: number
  /** Sends the signal; resolves when the process is gone if the signal is one that ends it. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Ends the process if it runs (SIGTERM), starts it again, and resolves when it serves. */
  restart(): Promise<void>
  /** SIGTERM, and SIGKILL after 10 s. Resolves when it is gone. */
  stop(): Promise<void>
}

/** A process of the stack did not start, or ended while starting. Shows its last output. */
export class ProcessError extends Error {
  override name = 'ProcessError'
}

interface Run {
  pid: number
  /** Resolves to why it ended, once the child and its guard are gone. */
  ended: Promise<string>
  isRunning: boolean
  /** Set before a signal of ours that ends it. */
  expectsEnd: boolean
}

/** Starts a process and resolves when it is ready; throws `ProcessError` and leaves nothing. */
export async function supervise(spec: ProcessSpec): Promise<ProcessHandle> {
  let run: Run
  let lastChange: Promise<void> = Promise.resolve()

  /** One after the other: a stop during a restart ends what the restart started. */
  function change(work: () => Promise<void>): Promise<void> {
    const next = lastChange.then(work)
    lastChange = next.catch(() => undefined)
    return next
  }
  async function end() {
    if (!run.isRunning) return
    run.expectsEnd = true
    sendSignal(run.pid, 'SIGTERM')
    const overdue = setTimeout(() => sendSignal(run.pid, 'SIGKILL'), STOP_TIMEOUT_MS)
    await run.ended
    clearTimeout(overdue)
  }
  const start = () => startRun(spec, (reason) => spec.onUnexpectedExit?.(reason, handle))
  const handle: ProcessHandle = {
    get pid() {
      return run.pid
    },
    async kill(signal) {
      if (!run.isRunning) return
      const ends = signal === 'SIGKILL' || signal === 'SIGTERM' || signal === 'SIGINT'
      if (ends) run.expectsEnd = true
      sendSignal(run.pid, signal)
      if (ends) await run.ended
    },
    restart: () =>
      change(async () => {
        await end()
        run = await start()
      }),
    stop: () => change(end),
  }
  run = await start()
  return handle
}

async function startRun(spec: ProcessSpec, onExit: (reason: string) => void): Promise<Run> {
  const log = await openLog(spec.logFile)
  const logStart = (await log.stat()).size
  const run = await spawnRun(spec, log).finally(() => log.close())
  try {
    await waitUntilReady(spec, run)
  } catch (error) {
    run.expectsEnd = true
    if (run.isRunning) sendSignal(run.pid, 'SIGKILL')
    await run.ended
    const output = (await readFile(spec.logFile)).subarray(logStart).toString('utf8')
    throw new ProcessError(
      [
        `${spec.name} ${messageOf(error)}`,
        ...lastLines(output).map((line) => `  | ${line}`),
        `Its whole output: ${spec.logFile}`,
      ].join('\n'),
    )
  }
  void run.ended.then((reason) => {
    if (!run.expectsEnd) onExit(reason)
  })
  return run
}

async function spawnRun(spec: ProcessSpec, log: FileHandle): Promise<Run> {
  const guard = path.join(import.meta.dirname, 'guard.mjs')
  const [command, args] = spec.guarded
    ? [process.execPath, [guard, spec.command, ...spec.args]]
    : [spec.command, spec.args]
  // A group of its own: Ctrl-C reaches only us, and we decide the order in which processes end.
  const child = spawn(command, args, {
    cwd: REPOSITORY_DIR,
    env: spec.env,
    detached: true,
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
  })
  if (child.pid === undefined) {
    const [error] = (await once(child, 'error')) as [Error]
    throw new ProcessError(`${spec.name} could not be started: ${error.message}`)
  }
  const run: Run = {
    pid: child.pid,
    ended: new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ? `by ${signal}` : `exit code ${code}`))
    }),
    isRunning: true,
    expectsEnd: false,
  }
  void run.ended.then(() => {
    run.isRunning = false
  })
  if (spec.guarded) {
    const announced = once(child, 'message').then(([message]) => (message as { pid: number }).pid)
    run.pid = await Promise.race([announced, run.ended.then(() => run.pid)])
  }
  return run
}

async function waitUntilReady(spec: ProcessSpec, run: Run): Promise<void> {
  const deadlineMs = performance.now() + READY_TIMEOUT_MS
  let lastError: unknown
  while (run.isRunning && performance.now() < deadlineMs) {
    try {
      await spec.checkReady()
      return
    } catch (error) {
      lastError = error
    }
    await Promise.race([delay(POLL_INTERVAL_MS), run.ended])
  }
  if (!run.isRunning) throw new Error(`ended while starting (${await run.ended})`)
  throw new Error(`was not ready after ${READY_TIMEOUT_MS / 1000} s: ${messageOf(lastError)}`)
}

async function openLog(logFile: string): Promise<FileHandle> {
  await mkdir(path.dirname(logFile), { recursive: true })
  return open(logFile, 'a')
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // Gone already: it ended between our look and our signal.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
