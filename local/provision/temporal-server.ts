import { cp } from 'node:fs/promises'
import path from 'node:path'
import { REPOSITORY_DIR, type ProvisionContext } from './context.js'
import { runProgram } from './program.js'
import { provision, type Tool } from './provision.js'

/** That of the server inside the pinned CLI: one `go.mod` builds both. */
const VERSION = '1.31.2'
const GO_MODULE = 'go.temporal.io/server'
const BUILD_TIMEOUT_MS = 30 * 60_000

/** Temporal's server as it is deployed, and what makes its tables. */
export interface TemporalServer {
  server: string
  sqlTool: string
  /** Holds `temporal/versioned` and `visibility/versioned`, for PostgreSQL. */
  schemaDir: string
}

/** The server, its schema tool and its schema, built from the committed `go.mod` or cached. */
export async function provisionTemporalServer(context: ProvisionContext): Promise<TemporalServer> {
  const server = await provision(serverTool(context), context)
  const folder = path.dirname(server)
  return { server, sqlTool: path.join(folder, 'sql'), schemaDir: path.join(folder, 'schema') }
}

function serverTool(context: ProvisionContext): Tool {
  return {
    name: 'temporal-server',
    file: 'server',
    verify: checkVersion,
    sources: [
      {
        version: VERSION,
        plan: 'building from the Go module proxy, about 4 min once',
        fetch: (folder) => build(folder, context),
      },
    ],
    remedies: [
      'use a running server: JOINT_FORCE_TEMPORAL_ADDRESS=host:7233, without --temporal',
      'install Go >= 1.26 so that it can be built, and allow its module proxy',
    ],
  }
}

async function checkVersion(file: string): Promise<void> {
  for (const program of [file, path.join(path.dirname(file), 'sql')]) {
    const output = await runProgram(program, ['--version'], { timeoutMs: 20_000 })
    if (!output.includes(VERSION)) throw new Error(`${program} is not of version ${VERSION}`)
  }
}

/** `go.sum` makes Go verify every module. The schema lies in the server's own module. */
async function build(folder: string, context: ProvisionContext): Promise<void> {
  const options = {
    cwd: path.join(REPOSITORY_DIR, 'local/temporal'),
    env: { ...context.env, CGO_ENABLED: '0' },
    timeoutMs: BUILD_TIMEOUT_MS,
  }
  const programs = [`${GO_MODULE}/cmd/server`, `${GO_MODULE}/cmd/tools/sql`]
  await runProgram('go', ['build', '-ldflags', '-s -w', '-o', `${folder}/`, ...programs], options)
  const moduleDir = await runProgram('go', ['list', '-m', '-f', '{{.Dir}}', GO_MODULE], options)
  await cp(path.join(moduleDir.trim(), 'schema/postgresql/v12'), path.join(folder, 'schema'), {
    recursive: true,
  })
}
