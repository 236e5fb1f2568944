import path from 'node:path'
import type { Progress } from '../provision/progress.js'
import { createSandboxClient, type SandboxClient } from '../../sandbox/client.js'
import { startStack, type Stack, type StackOptions } from '../stack.js'
import type { Ports } from '../stack/ports.js'
import { PROCESS_NAMES, type ProcessName } from '../stack/node-processes.js'
import { type SandboxMarketplace, writeMarketplacesFile } from './marketplaces-file.js'
import { readSecrets, type Secrets } from './secrets.js'

/** What a world is made of. */
export interface WorldOptions extends Pick<StackOptions<ProcessName>, 'onUnexpectedExit'> {
  /** Everything that outlives a stop; created where missing. */
  dataDir: string
  ports: Ports
  marketplaces: readonly SandboxMarketplace[]
  /** Settings of the processes, beside those made here. */
  env?: Readonly<Record<string, string>>
  progress: Progress
}

/** Every server and process of the service on this machine, with a marketplace and an inbox. */
export interface World extends Stack<ProcessName> {
  secrets: Secrets
  sandbox: SandboxClient
  /** Page of a listing in the sandbox's shop. */
  shopPage(marketplace: string, listingId: string): string
  /** Its picture. */
  shopPicture: (marketplace: string, listingId: string) => string
}

/** Brings all of it up. Throws what `startStack` throws; nothing is left running then. */
export async function openWorld(options: WorldOptions): Promise<World> {
  const { ports, marketplaces, env, progress, onUnexpectedExit } = options
  const dataDir = path.resolve(options.dataDir)
  const sandboxUrl = `http://127.0.0.1:${ports.sandbox}`
  const secrets = await readSecrets(dataDir)
  const stack = await startStack({
    dataDir,
    ports,
    processes: PROCESS_NAMES,
    onProgress: progress,
    env: {
      ...secrets,
      MARKETPLACES_FILE: await writeMarketplacesFile(dataDir, sandboxUrl, marketplaces),
      SANDBOX_DATA: path.join(dataDir, 'sandbox'),
      PICTURES_DIR: path.join(dataDir, 'pictures'),
      PICTURE_LOCAL_ORIGINS: sandboxUrl,
      // Where the receivers of docs/webhooks.md listen.
      WEBHOOK_LOCAL_ORIGINS: 'http://127.0.0.1:8790',
      INBOX_DATA: path.join(dataDir, 'inbox'),
      ...env,
    },
    ...(onUnexpectedExit ? { onUnexpectedExit } : {}),
  })
  const shopPage = (marketplace: string, listingId: string) =>
    `${sandboxUrl}/shop/${marketplace}/${encodeURIComponent(listingId)}`
  return {
    ...stack,
    secrets,
    sandbox: createSandboxClient(sandboxUrl, secrets.SANDBOX_TOKEN),
    shopPage,
    shopPicture: (marketplace, listingId) => `${shopPage(marketplace, listingId)}/picture.png`,
  }
}
