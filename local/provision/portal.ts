import { stat } from 'node:fs/promises'
import path from 'node:path'
import { type ProvisionContext, REPOSITORY_DIR } from './context.js'
import { runProgram } from './program.js'
import { provision } from './provision.js'
import { removeEarlier, sourcesBelow, versionOf } from './sources.js'

const NAME = 'portal'
/** What the browser app is made of. */
const SOURCES = ['portal', 'client', 'contract', 'domain', 'wording', 'platform'] as const

/**
 * Builds the browser app into the cache, unless it has it, and gives its folder, for `PORTAL_DIR`.
 * Types are not checked. Throws `ProvisioningError`.
 */
export async function provisionPortal(context: ProvisionContext): Promise<string> {
  const files = (await Promise.all(SOURCES.map((folder) => sourcesBelow(folder)))).flat()
  const page = await provision(
    {
      name: NAME,
      file: 'index.html',
      verify: async (file) => void (await stat(file)),
      sources: [
        {
          version: await versionOf(files),
          plan: 'building',
          fetch: (folder) => build(folder, context),
        },
      ],
      remedies: ['mend what the message above names; `npm run typecheck` says more'],
    },
    context,
  )
  return path.dirname(page)
}

async function build(folder: string, context: ProvisionContext): Promise<void> {
  await removeEarlier(NAME, context)
  const vite = path.join(REPOSITORY_DIR, 'node_modules/vite/bin/vite.js')
  await runProgram(
    process.execPath,
    [vite, 'build', 'portal', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'],
    // Tests run in an environment of their own, which would make another portal of it.
    { cwd: REPOSITORY_DIR, env: { ...context.env, NODE_ENV: 'production' }, timeoutMs: 120_000 },
  )
}
