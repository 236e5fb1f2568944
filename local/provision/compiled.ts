import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { transform } from '@swc/core'
import { type ProvisionContext, REPOSITORY_DIR } from './context.js'
import { runProgram } from './program.js'
import { provision } from './provision.js'
import { removeEarlier, sourcesBelow, versionOf } from './sources.js'

const NAME = 'compiled'
const BUNDLE = 'workflow-bundle.js'
/** What its programs do not need: of others, made by tools, or large. */
const leftOut = new Set([
  'node_modules',
  'dist',
  'docs',
  'deploy',
  'coverage',
  'histories',
  'portal',
])

/** This checkout's code as Node.js runs it without a loader. */
export interface Compiled {
  /** The compiled file of a source, both as paths; the source's is relative to the repository. */
  entry(source: string): string
  /** Path of the workflows in one file, for `WORKFLOW_BUNDLE`. */
  workflowBundle: string
}

/**
 * Compiles the sources into the cache, unless it has them: a process then starts in half the time and
 * a worker need not bundle its workflows first. Types are not checked. Throws `ProvisioningError`.
 */
export async function provisionCompiled(context: ProvisionContext): Promise<Compiled> {
  const files = await sourcesBelow('', leftOut)
  const version = await versionOf(files)
  const workflowBundle = await provision(
    {
      name: NAME,
      file: BUNDLE,
      verify: async (file) => void (await stat(file)),
      sources: [{ version, plan: 'compiling', fetch: (folder) => compile(files, folder, context) }],
      remedies: ['mend what the message above names; `npm run typecheck` says more'],
    },
    context,
  )
  const folder = path.dirname(workflowBundle)
  return {
    entry: (source) => path.join(folder, source.replace(/\.ts$/, '.js')),
    workflowBundle,
  }
}

async function compile(
  files: readonly string[],
  folder: string,
  context: ProvisionContext,
): Promise<void> {
  await removeEarlier(NAME, context)
  const bundling = runProgram(
    process.execPath,
    ['--import', 'tsx', 'worker/bundle/main.ts', '--out', path.join(folder, BUNDLE)],
    { cwd: REPOSITORY_DIR, env: context.env, timeoutMs: 120_000 },
  )
  await Promise.all([bundling, ...files.map((file) => compileFile(file, folder))])
}

/** What is no TypeScript is copied: the sandbox's pages, the demo's scripts. */
async function compileFile(file: string, folder: string): Promise<void> {
  const source = path.join(REPOSITORY_DIR, file)
  const target = path.join(folder, file)
  await mkdir(path.dirname(target), { recursive: true })
  if (!file.endsWith('.ts')) return copyFile(source, target)
  const { code } = await transform(await readFile(source, 'utf8'), {
    filename: source,
    swcrc: false,
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript' },
      experimental: { keepImportAttributes: true },
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  })
  await writeFile(target.replace(/\.ts$/, '.js'), code)
}
