import path from 'node:path'
import type { ProvisionContext } from './context.js'
import { runProgram } from './program.js'

const INSTALL_TIMEOUT_MS = 10 * 60_000

/** What to do when no Python environment can be made. */
export const PYTHON_REMEDY =
  'install Python >= 3.10 with its venv module (Debian: python3-venv) and allow its package index'

/**
 * Makes a Python environment in an empty folder with exactly the packages of `requirements`,
 * every file checked against the hash given there. Programs inside are started by
 * `bin/python -m <module>`: the folder may be renamed, and only that survives it.
 */
export async function installPythonEnvironment(
  folder: string,
  requirements: string,
  { env }: ProvisionContext,
): Promise<void> {
  const limits = { env, timeoutMs: INSTALL_TIMEOUT_MS }
  await runProgram('python3', ['-m', 'venv', folder], limits)
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check']
  const pinned = ['--require-hashes', '--only-binary', ':all:', '-r', requirements]
  await runProgram(path.join(folder, 'bin/python'), [...install, ...pinned], limits)
}
