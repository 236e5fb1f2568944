import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { repositoryDir, type ProvisionContext } from '../provision/context.js'
import { runProgram } from '../provision/program.js'
import { provision } from '../provision/provision.js'
import { installPythonEnvironment, pythonRemedy } from '../python-environment.js'

const version = '4.30.1'
const fuzzDir = path.join(repositoryDir, 'local/fuzz')
const module = ['-m', 'schemathesis.cli']
/** The tool keeps what it found in its working directory, for `st replay`. */
const workingDir = path.join(repositoryDir, '.data/fuzz')

/** The Python interpreter of an environment that holds the pinned schemathesis. */
export function provisionSchemathesis(context: ProvisionContext): Promise<string> {
  const requirements = path.join(fuzzDir, 'requirements.txt')
  return provision(
    {
      name: 'schemathesis',
      file: 'bin/python',
      sources: [
        {
          version,
          plan: 'installing from the Python package index, about 30 s once',
          fetch: (folder) => installPythonEnvironment(folder, requirements, context),
        },
      ],
      async verify(python) {
        const output = await runProgram(python, [...module, '--version'], { timeoutMs: 60_000 })
        if (!output.includes(version)) throw new Error(`printed "${output.trim()}", not ${version}`)
      },
      remedies: [pythonRemedy],
    },
    context,
  )
}

export interface FuzzOptions {
  /** OpenAPI document, an absolute path. */
  specification: string
  /** Base address of the running API. */
  url: string
  /** An API key; without a rate limit, and of a deployment whose data may be spoilt. */
  apiKey: string
  /** Requests per operation and phase. */
  maxExamples: number
  /** The same seed sends the same requests. */
  seed: number
}

/**
 * Sends requests made from the OpenAPI document and judges the answers by it, with the tool's
 * output on this process's own. Resolves to its exit code: 0 when nothing was found.
 */
export async function fuzz(
  python: string,
  { specification, url, apiKey, maxExamples, seed }: FuzzOptions,
): Promise<number> {
  const config = ['--config-file', path.join(fuzzDir, 'schemathesis.toml')]
  const limits = ['--seed', String(seed), '--max-examples', String(maxExamples)]
  const args = [...module, ...config, 'run', specification, '--url', url, ...limits]
  await mkdir(workingDir, { recursive: true })
  const child = spawn(python, args, {
    cwd: workingDir,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, JOINT_FORCE_API_KEY: apiKey },
  })
  const [exitCode] = (await once(child, 'close')) as [number | null]
  return exitCode ?? 1
}
