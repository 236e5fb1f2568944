import { createHash } from 'node:crypto'
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { REPOSITORY_DIR, type ProvisionContext } from './context.js'
import { runProgram } from './program.js'
import { provision, type Tool } from './provision.js'
import { downloadFromTemporal } from './temporal-downloads.js'

const VERSION = '1.38.0'
const PROGRAM = 'temporal-test-server'
const CHECKSUMS = 'SHA256SUMS'

/** `exec`, so that a signal to the started process reaches the Java machine. */
const WRAPPER = `#!/bin/sh
exec java -Xshare:auto -XX:TieredStopAtLevel=1 -cp "$(dirname "$0")/jars/*" \\
  io.temporal.testserver.TestServer "$@"
`

/**
 * Temporal's time-skipping test server as one program that takes a port: the cached one, the
 * vendor's native build, or a Java one with its jars from Maven Central. Tests only.
 */
export function provisionTimeSkippingServer(context: ProvisionContext): Promise<string> {
  return provision(timeSkippingServerTool(context), context)
}

function timeSkippingServerTool(context: ProvisionContext): Tool {
  return {
    name: 'test-server',
    file: PROGRAM,
    verify: (file) => checkFiles(path.dirname(file)),
    sources: [
      {
        version: VERSION,
        plan: 'downloading the native build from its vendor',
        fetch: async (folder) => {
          const target = path.join(folder, PROGRAM)
          await downloadFromTemporal(context.temporalDownloads, PROGRAM, `v${VERSION}`, target)
          await recordFiles(folder)
        },
      },
      {
        version: VERSION,
        plan: 'fetching the Java build from Maven Central, 38 MB once',
        fetch: (folder) => copyJars(folder, context),
      },
    ],
    remedies: ['install Java >= 11 and Maven so that `java` and `mvn` are on PATH'],
  }
}

async function copyJars(folder: string, context: ProvisionContext): Promise<void> {
  await runProgram('java', ['-version'], { env: context.env, timeoutMs: 20_000 })
  const pom = path.join(REPOSITORY_DIR, 'local/test-server/pom.xml')
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${path.join(folder, 'jars')}`]
  await runProgram('mvn', ['--batch-mode', '--quiet', '--file', pom, ...goal], {
    env: context.env,
    timeoutMs: 10 * 60_000,
  })
  await writeFile(path.join(folder, PROGRAM), WRAPPER)
  await chmod(path.join(folder, PROGRAM), 0o755)
  await recordFiles(folder)
}

/** The server has no `--version`, so a cache entry carries the checksums of its own files. */
async function recordFiles(folder: string): Promise<void> {
  await writeFile(path.join(folder, CHECKSUMS), await sumFiles(folder))
}

async function checkFiles(folder: string): Promise<void> {
  const recorded = await readFile(path.join(folder, CHECKSUMS), 'utf8')
  if (recorded !== (await sumFiles(folder))) throw new Error(`files differ from ${CHECKSUMS}`)
}

async function sumFiles(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = names
    .filter((entry) => entry.isFile() && entry.name !== CHECKSUMS)
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
  const lines = files.sort().map(async (file) => {
    const digest = createHash('sha256').update(await readFile(path.join(folder, file)))
    return `${digest.digest('hex')}  ${file}\n`
  })
  return (await Promise.all(lines)).join('')
}
