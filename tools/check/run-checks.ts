import { spawn } from 'node:child_process'

/** A command that judges the checkout: exit code 0 is good. */
export interface Check {
  name: string
  command: string
  args: readonly string[]
}

/** What a check came to. */
export interface CheckResult {
  name: string
  isOk: boolean
  seconds: number
  /** What the command printed, stdout and stderr in the order they came. */
  output: string
}

/** Where and how checks run. */
export interface RunChecksOptions {
  cwd: string
  /** How many run at the same time; they are started in the given order. */
  concurrency: number
  onStart?: (check: Check) => void
  onEnd?: (result: CheckResult) => void
}

/** Runs every check to its end, whatever the others say. Results are in the order of `checks`. */
export async function runChecks(
  checks: readonly Check[],
  { cwd, concurrency, onStart, onEnd }: RunChecksOptions,
): Promise<CheckResult[]> {
  const results = new Map<Check, CheckResult>()
  const waiting = checks.values()

  async function runWaiting(): Promise<void> {
    for (const check of waiting) {
      onStart?.(check)
      const result = await runCheck(check, cwd)
      results.set(check, result)
      onEnd?.(result)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, runWaiting))
  return checks.flatMap((check) => results.get(check) ?? [])
}

function runCheck({ name, command, args }: Check, cwd: string): Promise<CheckResult> {
  const startedAtMs = performance.now()
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const keep = (chunk: string) => {
    output += chunk
  }
  child.stdout.setEncoding('utf8').on('data', keep)
  child.stderr.setEncoding('utf8').on('data', keep)
  return new Promise((resolve) => {
    const end = (isOk: boolean) => {
      resolve({ name, isOk, seconds: (performance.now() - startedAtMs) / 1000, output })
    }
    child.once('error', (error) => {
      output += `${command} could not be started: ${error.message}\n`
      end(false)
    })
    child.once('close', (code) => end(code === 0))
  })
}
