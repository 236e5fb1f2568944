import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSandbox } from '../../sandbox/app.js'
import { createSandboxClient } from '../../sandbox/client.js'
import type { WireTakedownBody } from '../../marketplaces/contract.js'

export const SANDBOX_TOKEN = 'sandbox-test-token'

/** A sandbox of its own on a free loopback port, with its data in a temporary folder. */
export async function startSandbox() {
  const dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'))
  const publicUrl = 'http://shop.test'
  const app = await buildSandbox({ dataDir, token: SANDBOX_TOKEN, publicUrl })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    url,
    dataDir,
    admin: createSandboxClient(url, SANDBOX_TOKEN),
    async close() {
      await app.close()
      await rm(dataDir, { recursive: true })
    },
  }
}

/** One line of a listings file. */
export function listingRow(listingId: string, more: Record<string, unknown> = {}): string {
  return JSON.stringify({
    marketplace: 'mercado-livre',
    listingId,
    title: `Cartucho HP 664 ${listingId}`,
    price: { amount: 65.73, currency: 'BRL' },
    unitsPerListing: 1,
    condition: 'new',
    seller: { id: 'S1', reputation: null, transactions: 12, officialStore: false },
    ...more,
  })
}

export function takedownBody(listingId: string): WireTakedownBody {
  return {
    caseId: `case~mercado-livre~${listingId}~hp~aaaaaaaa`,
    listingId,
    verdict: 'counterfeit',
    basis: 'brandConfirmed',
    severity: 'S2',
  }
}
