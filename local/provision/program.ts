import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import path from 'node:path'

/** A program that could not be started, ended with an error or took too long. */
export class ProgramError extends Error {
  override name = 'ProgramError'
}

/** How a program runs; `env` is that of this process where absent. */
export interface ProgramOptions {
  timeoutMs: number
  cwd?: string
  env?: NodeJS.ProcessEnv
}

const KEPT_OUTPUT_CHARS = 64 * 1024

/**
 * Runs a program to its end and returns what it printed (stdout and stderr together, the last
 * 64 KB). Throws `ProgramError` with its last lines when it is missing, fails or overruns.
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  { timeoutMs, cwd, env }: ProgramOptions,
): Promise<string> {
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // Not spawn's own `timeout`: its timer outlives a program that could not be started.
  let isOverdue = false
  const overdue = setTimeout(() => {
    isOverdue = true
    child.kill('SIGKILL')
  }, timeoutMs)
  let output = ''
  const keep = (chunk: string) => {
    output = (output + chunk).slice(-KEPT_OUTPUT_CHARS)
  }
  child.stdout.setEncoding('utf8').on('data', keep)
  child.stderr.setEncoding('utf8').on('data', keep)

  const problem = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'ENOENT' ? 'not found' : error.message)
    })
    child.once('close', (code, signal) => {
      if (code === 0) resolve(undefined)
      else if (isOverdue) resolve(`stopped after ${timeoutMs / 1000} s`)
      else resolve(signal ? `ended by ${signal}` : `exit code ${code}`)
    })
  })
  clearTimeout(overdue)
  if (problem) throw new ProgramError([`${command}: ${problem}`, ...lastLines(output)].join('\n  '))
  return output
}

/** The last lines of a program's output that are worth showing. */
export function lastLines(output: string, count = 12): string[] {
  return output
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-count)
}

/** The file a shell would run for `program`, looked up in `env.PATH`. */
export async function findOnPath(
  program: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '')
  for (const folder of folders) {
    const file = path.join(folder, program)
    if (await isExecutable(file)) return file
  }
  return undefined
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return (await stat(file)).isFile()
  } catch {
    return false
  }
}

/** Compares dotted versions number by number: is `version` at least `minimum`? */
export function isAtLeast(version: string, minimum: string): boolean {
  const have = version.split('.').map(Number)
  const need = minimum.split('.').map(Number)
  for (const [index, needed] of need.entries()) {
    const had = have[index] ?? 0
    if (had !== needed) return had > needed
  }
  return true
}
