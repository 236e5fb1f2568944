import path from 'node:path'
import { silentProgress, type Progress } from './progress.js'

/** The folder of this checkout. */
export const REPOSITORY_DIR = path.resolve(import.meta.dirname, '../..')

/** What finding or building a server depends on. */
export interface ProvisionContext {
  /** Consulted for `PATH` and the variables that name existing servers and programs. */
  env: NodeJS.ProcessEnv
  /** Absolute; finished programs are kept in `<cacheDir>/<name>-<version>/`. */
  cacheDir: string
  progress: Progress
  /** Where Temporal publishes its programs. */
  temporalDownloads: string
}

/** The context of this machine and checkout, with parts replaced by `overrides`. */
export function provisionContext(overrides: Partial<ProvisionContext> = {}): ProvisionContext {
  return {
    env: process.env,
    cacheDir: path.join(REPOSITORY_DIR, '.cache'),
    progress: silentProgress,
    temporalDownloads: 'https://temporal.download',
    ...overrides,
  }
}
