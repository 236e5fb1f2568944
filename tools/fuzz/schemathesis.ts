import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { REPOSITORY_DIR, type ProvisionContext } from '../../local/provision/context.js'
import { runProgram } from '../../local/provision/program.js'
import { provision } from '../../local/provision/provision.js'
import {
  installPythonEnvironment,
  PYTHON_REMEDY,
} from '../../local/provision/python-environment.js'

const VERSION = '4.30.1'
const FUZZ_DIR = path.join(REPOSITORY_DIR, 'tools/fuzz')
const MODULE = ['-m', 'schemathesis.cli']
const SETTINGS = 'schemathesis.toml'

/** The Python interpreter of an environment that holds the pinned schemathesis. */
export function provisionSchemathesis(context: ProvisionContext): Promise<string> {
  const requirements = path.join(FUZZ_DIR, 'requirements.txt')
  return provision(
    {
      name: 'schemathesis',
      file: 'bin/python',
      sources: [
        {
          version: VERSION,
          plan: 'installing from the Python package index, about 30 s once',
          fetch: (folder) => installPythonEnvironment(folder, requirements, context),
        },
      ],
      async verify(python) {
        const output = await runProgram(python, [...MODULE, '--version'], { timeoutMs: 60_000 })
        if (!output.includes(VERSION)) throw new Error(`printed "${output.trim()}", not ${VERSION}`)
      },
      remedies: [PYTHON_REMEDY],
    },
    context,
  )
}

/** Ids that exist, by the dictionary of schemathesis.toml that holds them. */
export type KnownIds = Readonly<
  Record<'cases' | 'brands' | 'marketplaces' | 'account-managers', readonly string[]>
>

/** What to try, and how hard. */
export interface FuzzOptions {
  /** Base address of the running API. */
  url: string
  /** An API key; without a rate limit, and of a deployment whose data may be spoilt. */
  apiKey: string
  known: KnownIds
  /** The tool's working directory. */
  workingDir: string
  /** Requests per operation and phase. */
  maxExamples: number
  /** The same seed sends the same requests. */
  seed: number
}

/**
 * Sends requests made from `openapi.json` and judges the answers by it, with the tool's output on
 * this process's own. Resolves to its exit code: 0 when nothing was found.
 */
export async function fuzz(python: string, options: FuzzOptions): Promise<number> {
  const { url, apiKey, known, workingDir, maxExamples, seed } = options
  await mkdir(workingDir, { recursive: true })
  for (const [name, ids] of Object.entries(known)) {
    const lines = ids.map((id) => `${JSON.stringify(id)}\n`)
    await writeFile(path.join(workingDir, `${name}.txt`), lines.join(''))
  }
  // The tool looks for the files of the dictionaries beside its settings.
  await copyFile(path.join(FUZZ_DIR, SETTINGS), path.join(workingDir, SETTINGS))
  const limits = ['--seed', String(seed), '--max-examples', String(maxExamples)]
  const contract = path.join(REPOSITORY_DIR, 'openapi.json')
  const args = [...MODULE, 'run', contract, '--url', url, ...limits]
  const child = spawn(python, args, {
    cwd: workingDir,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, JOINT_FORCE_API_KEY: apiKey },
  })
  const [exitCode] = (await once(child, 'close')) as [number | null]
  return exitCode ?? 1
}
