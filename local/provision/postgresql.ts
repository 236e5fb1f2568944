import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { ProvisionContext } from './context.js'
import { findOnPath, isAtLeast, runProgram } from './program.js'
import { ProvisioningError } from './provision.js'

/** The first that Temporal supports. */
const MINIMUM_VERSION = '12.0'
/** Where Debian and Ubuntu put each version, off the path. */
const PACKAGED_DIR = '/usr/lib/postgresql'

/** Where the programs of an installed PostgreSQL are. */
export interface PostgresqlPrograms {
  initdb: string
  postgres: string
  version: string
}

/**
 * An installed PostgreSQL, the newest first. It comes from the system's packages: it wants a user
 * and a locale of the system. Throws `ProvisioningError` that says what to install.
 *
 * @param folders to look in besides those of `PATH`
 */
export async function findPostgresql(
  { env, progress }: ProvisionContext,
  folders?: readonly string[],
): Promise<PostgresqlPrograms> {
  const reasons: string[] = []
  for (const initdb of await candidates(env, folders ?? (await packagedFolders()))) {
    const postgres = path.join(path.dirname(initdb), 'postgres')
    try {
      const version = await versionOf(postgres)
      if (!isAtLeast(version, MINIMUM_VERSION)) throw new Error(`it is version ${version}`)
      progress.report('postgresql', `using ${postgres} (${version})`)
      return { initdb, postgres, version }
    } catch (error) {
      reasons.push(`${postgres}: ${String(error)}`)
    }
  }
  throw new ProvisioningError(
    [
      `PostgreSQL >= ${MINIMUM_VERSION} is needed and is not installed.`,
      ...reasons.map((reason) => `  - ${reason}`),
      'What to do, one of:',
      '  - install the package of your system: apt-get install postgresql, dnf install postgresql-server,',
      '    brew install postgresql',
      '  - put the folder with initdb and postgres on PATH',
      '  - measure on the development server: leave --temporal out',
    ].join('\n'),
  )
}

async function candidates(env: NodeJS.ProcessEnv, folders: readonly string[]): Promise<string[]> {
  const onPath = await findOnPath('initdb', env)
  const found = await Promise.all(folders.map((folder) => findOnPath('initdb', { PATH: folder })))
  return [...found, onPath].filter((file) => file !== undefined)
}

async function packagedFolders(): Promise<string[]> {
  const versions = await readdir(PACKAGED_DIR).catch(() => [])
  return versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(PACKAGED_DIR, version, 'bin'))
}

async function versionOf(postgres: string): Promise<string> {
  const output = await runProgram(postgres, ['--version'], { timeoutMs: 20_000 })
  const match = /(\d+(\.\d+)+)/.exec(output)
  if (!match?.[1]) throw new Error('it tells no version')
  return match[1]
}
