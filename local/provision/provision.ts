import { access, mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { messageOf } from '../../platform/message-of.js'
import type { ProvisionContext } from './context.js'
import { withLock } from './lock.js'
import { secondsSince } from './progress.js'
import { findOnPath } from './program.js'

const REMINDER_INTERVAL_MS = 20_000

/** A program this project needs, and every way to get it. */
export interface Tool {
  /** Name of the cache folders and in progress lines. */
  name: string
  /** What the program is called inside its cache folder. */
  file: string
  /** An installed program that will do; left out where only a pinned one does. */
  installed?: { programs: readonly string[]; check: (file: string) => Promise<void> }
  /** Tried in this order. */
  sources: readonly Source[]
  /** Throws, saying why, unless the program in a cache folder works. */
  verify: (file: string) => Promise<void>
  /** What a person can do when no source works. */
  remedies: readonly string[]
}

/** One way to get a program. */
export interface Source {
  version: string
  /** Read after an arrow: "building from the Go module proxy, about 4 min once". */
  plan: string
  /** Puts the program and all it needs into an empty folder, or throws saying why it cannot. */
  fetch: (folder: string) => Promise<void>
}

/** No way to get a program worked. */
export class ProvisioningError extends Error {
  override name = 'ProvisioningError'
}

/**
 * The path of a working program: installed one, then the repository's cache, then each source.
 * A cache entry that does not work is removed and fetched again. Safe to run in several processes
 * at once. Throws `ProvisioningError` with every reason and the remedies.
 */
export async function provision(tool: Tool, context: ProvisionContext): Promise<string> {
  const reasons: string[] = []
  const found = (await findInstalled(tool, context, reasons)) ?? (await findCached(tool, context))
  if (found) return found

  const lockFile = path.join(context.cacheDir, `${tool.name}.lock`)
  const onWait = (holderPid: number) => {
    context.progress.report(tool.name, `waiting for process ${holderPid}, which is fetching it`)
  }
  return withLock(lockFile, onWait, async () => {
    await removeStaging(tool, context)
    const removeDamaged = async (folder: string, error: unknown) => {
      const shown = path.relative(process.cwd(), folder)
      reasons.push(`${shown} was damaged: ${messageOf(error)}`)
      context.progress.report(tool.name, `${shown} is damaged, removing it: ${firstLineOf(error)}`)
      await rm(folder, { recursive: true, force: true })
    }
    return (
      (await findCached(tool, context, removeDamaged)) ?? (await fetchFirst(tool, context, reasons))
    )
  })
}

async function findInstalled(
  tool: Tool,
  context: ProvisionContext,
  reasons: string[],
): Promise<string | undefined> {
  for (const program of tool.installed?.programs ?? []) {
    const file = await findOnPath(program, context.env)
    if (!file) continue
    try {
      await tool.installed?.check(file)
      context.progress.report(tool.name, `using ${file}`)
      return file
    } catch (error) {
      reasons.push(`${file}: ${messageOf(error)}`)
      context.progress.report(tool.name, `${file} not used: ${firstLineOf(error)}`)
    }
  }
  return undefined
}

async function findCached(
  tool: Tool,
  context: ProvisionContext,
  onDamaged?: (folder: string, error: unknown) => Promise<void>,
): Promise<string | undefined> {
  for (const folder of new Set(tool.sources.map((source) => cacheFolder(tool, source, context)))) {
    if (!(await exists(folder))) continue
    const file = path.join(folder, tool.file)
    try {
      await tool.verify(file)
      return file
    } catch (error) {
      await onDamaged?.(folder, error)
    }
  }
  return undefined
}

async function fetchFirst(
  tool: Tool,
  context: ProvisionContext,
  reasons: string[],
): Promise<string> {
  let before = reasons.length === 0 ? 'not on this machine' : 'nothing usable on this machine'
  for (const source of tool.sources) {
    context.progress.report(tool.name, `${before} → ${source.plan}`)
    const startedAtMs = performance.now()
    const folder = cacheFolder(tool, source, context)
    const staging = `${folder}.staging-${process.pid}`
    const stillAtIt = setInterval(() => {
      context.progress.report(tool.name, `still ${source.plan} (${secondsSince(startedAtMs)})`)
    }, REMINDER_INTERVAL_MS)
    try {
      await mkdir(staging, { recursive: true })
      await source.fetch(staging)
      await tool.verify(path.join(staging, tool.file))
      await place(staging, folder)
      context.progress.report(tool.name, `ready (${secondsSince(startedAtMs)})`)
      return path.join(folder, tool.file)
    } catch (error) {
      await rm(staging, { recursive: true, force: true })
      before = `${firstLineOf(error)} (${secondsSince(startedAtMs)})`
      reasons.push(`${source.plan}: ${messageOf(error)}`)
    } finally {
      clearInterval(stillAtIt)
    }
  }
  throw new ProvisioningError(
    [
      `${tool.name} is needed and could not be had. Tried:`,
      ...reasons.map((reason) => `  - ${reason.replaceAll('\n', '\n    ')}`),
      'What to do, one of:',
      ...tool.remedies.map((remedy) => `  - ${remedy}`),
    ].join('\n'),
  )
}

/** Another process may have placed the same version meanwhile; it verified its own. */
async function place(staging: string, folder: string): Promise<void> {
  try {
    await rename(staging, folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
    await rm(staging, { recursive: true, force: true })
  }
}

/** What fetches that were killed left behind. Called while holding the lock. */
async function removeStaging(tool: Tool, context: ProvisionContext): Promise<void> {
  for (const name of await readdir(context.cacheDir)) {
    if (name.startsWith(`${tool.name}-`) && name.includes('.staging-'))
      await rm(path.join(context.cacheDir, name), { recursive: true, force: true })
  }
}

function cacheFolder(tool: Tool, source: Source, context: ProvisionContext): string {
  return path.join(context.cacheDir, `${tool.name}-${source.version}`)
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}

function firstLineOf(error: unknown): string {
  return messageOf(error).split('\n', 1)[0] ?? ''
}
