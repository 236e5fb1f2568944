import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { RulePack } from '../../monitor/rule-pack.js'
import { INK_CARTRIDGES, PHONE_CHARGERS } from '../../monitor/rules/index.js'
import { type MonitorReport, runMonitor } from '../../monitor/run.js'
import { repositoryDir } from '../provision/context.js'
import type { SandboxClient } from '../sandbox/client.js'

/** What one sample adds to the world: its marketplace's shop and what the monitor finds there. */
export interface Sample {
  file: string
  marketplace: string
  rulePack: RulePack
}

export const SAMPLES: readonly Sample[] = [
  { file: 'hp664-facts.ndjson', marketplace: 'mercado-livre', rulePack: INK_CARTRIDGES },
  { file: 'voltbrook-chargers.ndjson', marketplace: 'lantern-market', rulePack: PHONE_CHARGERS },
]

/** Puts a sample into the shop and lets the monitor report what looks wrong. */
export async function scan(
  sample: Sample,
  at: {
    sandbox: SandboxClient
    shopPage(marketplace: string, listingId: string): string
    apiUrl: string
    monitorKey: string
  },
): Promise<MonitorReport> {
  const source = path.join(repositoryDir, 'samples', sample.file)
  await at.sandbox.loadListings(sample.marketplace, await readFile(source, 'utf8'))
  return runMonitor({
    source,
    rulePack: sample.rulePack,
    api: { url: at.apiUrl, key: at.monitorKey },
    listingUrl: (marketplace, listingId) => at.shopPage(marketplace, listingId),
  })
}
