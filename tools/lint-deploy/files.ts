import { open } from 'node:fs/promises'
import { ProgramError, runProgram } from '../../local/provision/program.js'

const TIMEOUT_MS = 60_000

/** What hadolint has against a Dockerfile, down to matters of style. */
export function dockerfileProblems(hadolint: string, file: string): Promise<string[]> {
  const args = ['--no-color', '--failure-threshold', 'style', file]
  return problemsOf(hadolint, args)
}

/** A script's syntax, checked by the interpreter that its first line names. */
export async function scriptProblems(file: string): Promise<string[]> {
  const interpreter = /^#!.*?(\w+)$/.exec(await firstLine(file))?.[1]
  switch (interpreter) {
    case 'sh':
    case 'bash':
      return problemsOf(interpreter, ['-n', file])
    case 'node':
      return problemsOf(process.execPath, ['--check', file])
    default:
      return [`${file}: starts with no #! line for sh, bash or node`]
  }
}

async function problemsOf(command: string, args: string[]): Promise<string[]> {
  try {
    await runProgram(command, args, { env: process.env, timeoutMs: TIMEOUT_MS })
    return []
  } catch (error) {
    if (error instanceof ProgramError) return [error.message]
    throw error
  }
}

async function firstLine(file: string): Promise<string> {
  const handle = await open(file)
  try {
    for await (const line of handle.readLines()) return line
    return ''
  } finally {
    await handle.close()
  }
}
