import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { type ProvisionContext, REPOSITORY_DIR } from './context.js'

/** Another stack of this checkout may still run from a folder that was made of earlier sources. */
const KEPT_MS = 24 * 60 * 60 * 1000

/** Removes what was made of earlier sources, and is a day old, from the cache. */
export async function removeEarlier(
  name: string,
  { cacheDir }: Pick<ProvisionContext, 'cacheDir'>,
): Promise<void> {
  for (const entry of await readdir(cacheDir)) {
    if (!entry.startsWith(`${name}-`) || entry.includes('.staging-')) continue
    const folder = path.join(cacheDir, entry)
    const { mtimeMs } = await stat(folder)
    if (Date.now() - mtimeMs > KEPT_MS) await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Sources in a folder of the repository, and what lies beside them, relative to the repository and
 * in a fixed order; without what has one of the names in `leftOut`.
 */
export async function sourcesBelow(
  folder: string,
  leftOut: ReadonlySet<string> = new Set(),
): Promise<string[]> {
  const found: string[] = []
  const entries = await readdir(path.join(REPOSITORY_DIR, folder), { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(folder, entry.name)
    if (entry.name.startsWith('.') || leftOut.has(entry.name)) continue
    if (entry.isDirectory()) found.push(...(await sourcesBelow(file, leftOut)))
    else if (folder !== '' || entry.name === 'package.json') found.push(file)
  }
  return found
}

/** Names what files of the repository, and the packages, hold. */
export async function versionOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  // What is made of them holds code of packages, too.
  for (const file of [...files, 'package-lock.json']) {
    hash
      .update(`${file}\0`)
      .update(await readFile(path.join(REPOSITORY_DIR, file)))
      .update('\0')
  }
  return hash.digest('hex').slice(0, 16)
}
