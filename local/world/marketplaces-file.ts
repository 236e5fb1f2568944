import path from 'node:path'
import { writePrivateJson } from './private-file.js'

/** A marketplace the sandbox plays. */
export interface SandboxMarketplace {
  id: string
  name: string
  /** How often the worker may ask it to remove something; 20 where absent. */
  takedownsPerSecond?: number
}

const REQUEST_TIMEOUT_MS = 5_000
const TAKEDOWNS_PER_SECOND = 20

/**
 * Writes the file that `MARKETPLACES_FILE` names, with every marketplace at the sandbox's address,
 * and gives back its path. The token stays in the environment.
 */
export async function writeMarketplacesFile(
  dataDir: string,
  sandboxUrl: string,
  marketplaces: readonly SandboxMarketplace[],
): Promise<string> {
  const file = path.join(dataDir, 'marketplaces.json')
  const entries = marketplaces.map(({ id, name, takedownsPerSecond = TAKEDOWNS_PER_SECOND }) => ({
    id,
    name,
    kind: 'http',
    baseUrl: `${sandboxUrl}/m/${id}`,
    tokenEnv: 'SANDBOX_TOKEN',
    timeoutMs: REQUEST_TIMEOUT_MS,
    takedownsPerSecond,
  }))
  await writePrivateJson(file, entries)
  return file
}
