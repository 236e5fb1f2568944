import path from 'node:path'
import { REPOSITORY_DIR, type ProvisionContext } from './context.js'
import { isAtLeast, runProgram } from './program.js'
import { provision, type Tool } from './provision.js'
import { downloadFromTemporal } from './temporal-downloads.js'

const VERSION = '1.8.2'
/** The first whose dev server has update-with-start and worker versioning. */
const MINIMUM_INSTALLED_VERSION = '1.5.0'
const BUILD_TIMEOUT_MS = 30 * 60_000

/**
 * The Temporal CLI, which contains the server (`temporal server start-dev`) and its UI: an
 * installed one, the cached one, the vendor's release, or a build from the committed `go.mod`.
 */
export function provisionTemporal(context: ProvisionContext): Promise<string> {
  return provision(temporalTool(context), context)
}

function temporalTool(context: ProvisionContext): Tool {
  return {
    name: 'temporal',
    file: 'temporal',
    installed: { programs: ['temporal'], check: checkInstalled },
    verify: checkPinned,
    sources: [
      {
        version: VERSION,
        plan: 'downloading the release from its vendor',
        fetch: (folder) =>
          downloadFromTemporal(
            context.temporalDownloads,
            'cli',
            `v${VERSION}`,
            path.join(folder, 'temporal'),
          ),
      },
      {
        version: VERSION,
        plan: 'building from the Go module proxy, about 4 min once',
        fetch: (folder) => build(folder, context),
      },
    ],
    remedies: [
      'use a running server: JOINT_FORCE_TEMPORAL_ADDRESS=host:7233',
      `install the Temporal CLI >= ${MINIMUM_INSTALLED_VERSION} so that \`temporal\` is on PATH`,
      'install Go >= 1.26 so that it can be built, and allow its module proxy',
    ],
  }
}

async function checkInstalled(file: string): Promise<void> {
  const installed = await readVersion(file)
  if (!isAtLeast(installed, MINIMUM_INSTALLED_VERSION))
    throw new Error(`version ${installed} is older than ${MINIMUM_INSTALLED_VERSION}`)
}

async function checkPinned(file: string): Promise<void> {
  const cached = await readVersion(file)
  if (cached !== VERSION) throw new Error(`version ${cached} instead of ${VERSION}`)
}

async function readVersion(file: string): Promise<string> {
  const output = await runProgram(file, ['--version'], { timeoutMs: 20_000 })
  const match = /temporal version (\d+\.\d+\.\d+)/.exec(output)
  if (!match?.[1]) throw new Error(`\`${file} --version\` printed no version`)
  return match[1]
}

/** `go.sum` makes Go verify every module; the linker flag is how releases get their version. */
async function build(folder: string, context: ProvisionContext): Promise<void> {
  const versionFlag = `-X github.com/temporalio/cli/internal/temporalcli.Version=${VERSION}`
  const output = path.join(folder, 'temporal')
  const args = ['build', '-ldflags', `-s -w ${versionFlag}`, '-o', output]
  await runProgram('go', [...args, 'github.com/temporalio/cli/cmd/temporal'], {
    cwd: path.join(REPOSITORY_DIR, 'local/temporal'),
    env: { ...context.env, CGO_ENABLED: '0' },
    timeoutMs: BUILD_TIMEOUT_MS,
  })
}
