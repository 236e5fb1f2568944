import path from 'node:path'
import { repositoryDir, type ProvisionContext } from './context.js'
import { isAtLeast, runProgram } from './program.js'
import { provision, type Tool } from './provision.js'
import { downloadFromTemporal } from './temporal-downloads.js'

const version = '1.8.2'
/** The first whose dev server has update-with-start and worker versioning. */
const minimumInstalledVersion = '1.5.0'
const buildTimeoutMs = 30 * 60_000

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
        version,
        plan: 'downloading the release from its vendor',
        fetch: (folder) =>
          downloadFromTemporal(
            context.temporalDownloads,
            'cli',
            `v${version}`,
            path.join(folder, 'temporal'),
          ),
      },
      {
        version,
        plan: 'building from the Go module proxy, about 4 min once',
        fetch: (folder) => build(folder, context),
      },
    ],
    remedies: [
      'use a running server: JOINT_FORCE_TEMPORAL_ADDRESS=host:7233',
      `install the Temporal CLI >= ${minimumInstalledVersion} so that \`temporal\` is on PATH`,
      'install Go >= 1.26 so that it can be built, and allow its module proxy',
    ],
  }
}

async function checkInstalled(file: string): Promise<void> {
  const installed = await readVersion(file)
  if (!isAtLeast(installed, minimumInstalledVersion))
    throw new Error(`version ${installed} is older than ${minimumInstalledVersion}`)
}

async function checkPinned(file: string): Promise<void> {
  const cached = await readVersion(file)
  if (cached !== version) throw new Error(`version ${cached} instead of ${version}`)
}

async function readVersion(file: string): Promise<string> {
  const output = await runProgram(file, ['--version'], { timeoutMs: 20_000 })
  const match = /temporal version (\d+\.\d+\.\d+)/.exec(output)
  if (!match?.[1]) throw new Error(`\`${file} --version\` printed no version`)
  return match[1]
}

/** `go.sum` makes Go verify every module; the linker flag is how releases get their version. */
async function build(folder: string, context: ProvisionContext): Promise<void> {
  const versionFlag = `-X github.com/temporalio/cli/internal/temporalcli.Version=${version}`
  const output = path.join(folder, 'temporal')
  const args = ['build', '-ldflags', `-s -w ${versionFlag}`, '-o', output]
  await runProgram('go', [...args, 'github.com/temporalio/cli/cmd/temporal'], {
    cwd: path.join(repositoryDir, 'local/temporal'),
    env: { ...context.env, CGO_ENABLED: '0' },
    timeoutMs: buildTimeoutMs,
  })
}
