import { randomInt } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { ROLES, type Role } from '../../domain/vocabulary.js'
import { runMonitor } from '../../monitor/run.js'
import { messageOf } from '../../platform/message-of.js'
import { fuzz, type KnownIds, provisionSchemathesis } from './schemathesis.js'
import { provisionContext, REPOSITORY_DIR } from '../../local/provision/context.js'
import { lineProgress } from '../../local/provision/progress.js'
import { portsFromEnv } from '../../local/stack/ports.js'
import { HP, VOLTBROOK } from '../../local/start/tenants.js'
import { until } from '../../local/until.js'
import { type ApiClient, createApiClient } from '../../client/client.js'
import { claimDataDir, dataDirOf } from '../../local/world/data-dir.js'
import { type KeyRing, openKeyRing } from '../../local/world/key-ring.js'
import { openWorld, type World } from '../../local/world/open-world.js'
import { addPeople } from '../../local/world/people.js'

// npm run fuzz: brings up a service of its own, sends its API requests made from openapi.json, valid
// and invalid ones, with a key of one role after the other, and judges every answer by the contract.

/** Between them they may call everything; the operator, who closes cases and revokes keys, last. */
const FUZZED_ROLES: readonly Role[] = ['monitor', 'brandAdmin', 'lead', 'operator']
const TENANTS = [HP, VOLTBROOK]
const MARKETPLACE_IDS = TENANTS.map(({ marketplace }) => marketplace.id)
const OPENED_WITHIN_MS = 60_000

const program: Command = new Command('npm run fuzz --')
  .description('Tries the API with requests made from openapi.json.')
  .addOption(
    new Option('--role <role...>', 'whose keys to use').choices(ROLES).default(FUZZED_ROLES),
  )
  .option('--max-examples <number>', 'requests per operation and phase', readCount, 20)
  .option('--seed <number>', 'repeats an earlier run', readCount, randomInt(1, 2 ** 31))
  .parse()
const options = program.opts<{ role: readonly Role[]; maxExamples: number; seed: number }>()

process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))
try {
  process.exitCode = await main()
} catch (error) {
  console.error(messageOf(error))
  process.exitCode = 1
}

async function main(): Promise<number> {
  const { role: roles, maxExamples, seed } = options
  const dataDir = dataDirOf('fuzz')
  const progress = lineProgress()
  const python = await provisionSchemathesis(provisionContext({ progress }))
  const ports = portsFromEnv(process.env, 'fuzz')
  await claimDataDir(dataDir)
  await rm(dataDir, { recursive: true, force: true })
  const world = await openWorld({
    dataDir,
    ports,
    progress,
    marketplaces: TENANTS.map(({ marketplace }) => marketplace),
    env: { RATE_LIMIT_PER_MINUTE: '0', POLICY_MIN_WINDOW_MS: '60000' },
  })
  try {
    const known = await settle(world, dataDir)
    console.log(`seed ${seed}; repeat this run with --seed ${seed}`)
    const failed: Role[] = []
    for (const role of roles) {
      console.log(`\n--- with the key of: ${role}`)
      // The role before may have revoked the keys of others.
      const { [role]: apiKey } = await openKeys(world, dataDir)
      const run = { url: world.urls.api, apiKey, known, maxExamples, seed }
      const exitCode = await fuzz(python, { ...run, workingDir: path.join(dataDir, 'tool') })
      if (exitCode !== 0) failed.push(role)
    }
    console.log(
      failed.length === 0
        ? `\nNothing found with the keys of: ${roles.join(', ')}`
        : `\nFound something with the keys of: ${failed.join(', ')}; see above. Logs: ${dataDir}/logs`,
    )
    return failed.length === 0 ? 0 : 1
  } finally {
    await world.stop()
  }
}

/** Two brands with open cases, and the ids to try. */
async function settle(world: World, dataDir: string): Promise<KnownIds> {
  const brands = TENANTS.map(({ brand }) => brand)
  const keys = await openKeys(world, dataDir)
  const operator = createApiClient(world.urls.api, keys.operator)
  await addPeople(operator, brands)
  let reported = 0
  for (const { marketplace, listingsFile, rulePack } of TENANTS) {
    const source = path.join(REPOSITORY_DIR, listingsFile)
    await world.sandbox.loadListings(marketplace.id, await readFile(source, 'utf8'))
    const api = { url: world.urls.api, key: keys.monitor }
    const listingUrl = (market: string, listingId: string) => world.shopPage(market, listingId)
    const report = await runMonitor({ source, rulePack, api, listingUrl })
    reported += report.cases
  }
  const managers = await operator.get<{ items: { accountManagerId: string }[] }>(
    '/account-managers',
  )
  return {
    cases: await openedCases(operator, reported),
    brands: brands.map(({ brandId }) => brandId),
    marketplaces: MARKETPLACE_IDS,
    'account-managers': managers.items.map(({ accountManagerId }) => accountManagerId),
  }
}

/** Keys that work, one per role. */
function openKeys(world: World, dataDir: string): Promise<KeyRing> {
  return openKeyRing({
    dataDir,
    apiUrl: world.urls.api,
    mongodbUri: world.urls.mongodb,
    marketplaces: MARKETPLACE_IDS,
    brandIds: [HP.brand.brandId],
  })
}

/** A report is acknowledged before its case is on record. */
async function openedCases(operator: ApiClient, count: number): Promise<string[]> {
  let caseIds: string[] = []
  return until(
    'all reported cases are on record',
    async () => {
      caseIds = (await operator.cases()).map(({ caseId }) => caseId)
      return caseIds.length >= count && caseIds
    },
    {
      withinMs: OPENED_WITHIN_MS,
      everyMs: 250,
      standing: () => `${caseIds.length} of ${count} are`,
    },
  )
}

function readCount(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It has to be a whole number above 0.')
}
