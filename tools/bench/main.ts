import { rm } from 'node:fs/promises'
import { cpus } from 'node:os'
import { Client, Connection } from '@temporalio/client'
import { Command, InvalidArgumentError } from 'commander'
import { lineProgress } from '../../local/provision/progress.js'
import { portsFromEnv } from '../../local/stack/ports.js'
import { createApiClient } from '../../client/client.js'
import { claimDataDir, dataDirOf } from '../../local/world/data-dir.js'
import { openKeyRing } from '../../local/world/key-ring.js'
import { openWorld, type World } from '../../local/world/open-world.js'
import { addPeople } from '../../local/world/people.js'
import { messageOf } from '../../platform/message-of.js'
import { startBareWorker } from './bare/start.js'
import { measureCases } from './cases.js'
import { type IntakeRates, measureIntake } from './intake.js'
import { BRAND, MARKETPLACE } from './reports.js'
import { figures, table } from './table.js'

// npm run bench: measures the service beside bare workflows, in one run on the same servers.

const ROUNDS = 3

const program: Command = new Command('npm run bench --')
  .description('Measures cases and intake beside workflows that do nothing, on the same servers.')
  .option('--cases <number>', 'cases and bare workflows in each of 3 rounds', readCount, 100)
  .option('--requests <number>', 'requests of each kind in each of 3 rounds', readCount, 200)
  .option('--open <numbers>', 'open cases at which intake is measured', readCounts, [100, 2000])
  .option('--json', 'the last line of the output is the figures as JSON', false)
  .parse()
const options = program.opts<{ cases: number; requests: number; open: number[]; json: boolean }>()

process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))
const progress = lineProgress()
try {
  const result = await main()
  console.log(`\n${table(result)}`)
  if (options.json) console.log(JSON.stringify(result))
} catch (error) {
  console.error(messageOf(error))
  process.exitCode = 1
}

async function main() {
  const dataDir = dataDirOf('bench')
  const ports = portsFromEnv(process.env, 'bench')
  await claimDataDir(dataDir)
  await rm(dataDir, { recursive: true, force: true })
  const world = await openWorld({
    dataDir,
    ports,
    progress,
    marketplaces: [MARKETPLACE],
    env: { RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'warn' },
  })
  const bareWorker = await startBareWorker(world.env)
  const connection = await Connection.connect({ address: world.urls.temporalAddress })
  try {
    const namespace = world.env['TEMPORAL_NAMESPACE'] ?? ''
    return await measure(world, dataDir, new Client({ connection, namespace }))
  } finally {
    await connection.close()
    await bareWorker.stop()
    await world.stop()
  }
}

async function measure(world: World, dataDir: string, temporal: Client) {
  const keys = await openKeyRing({
    dataDir,
    apiUrl: world.urls.api,
    mongodbUri: world.urls.mongodb,
    brandIds: [BRAND.brandId],
    marketplaces: [MARKETPLACE.id],
  })
  const operator = createApiClient(world.urls.api, keys.operator)
  const monitor = createApiClient(world.urls.api, keys.monitor)
  await addPeople(operator, [BRAND])

  let used = 0
  const unused = (count: number) => Array.from({ length: count }, () => used++)
  const perRound = options.cases
  progress.report('bench', `${ROUNDS} x ${perRound} cases and bare workflows, from start to end`)
  const [firstIndex = 0] = unused(ROUNDS * perRound)
  const cases = await measureCases(temporal, world.sandbox, {
    rounds: ROUNDS,
    perRound,
    firstIndex,
  })
  const intake: IntakeRates[] = []
  // Cases are only ever added, so the smaller number comes first.
  for (const openCases of options.open.toSorted((a, b) => a - b)) {
    progress.report('bench', `${ROUNDS} x ${options.requests} requests at ${openCases} open cases`)
    const requests = { rounds: ROUNDS, perRound: options.requests, unused }
    intake.push(
      await measureIntake(openCases, {
        apiUrl: world.urls.api,
        monitor,
        operator,
        temporal,
        ...requests,
      }),
    )
  }
  const [cpu] = cpus()
  const machine = { cores: cpus().length, cpu: cpu?.model ?? 'unknown', node: process.version }
  return figures({ machine, cases, intake })
}

function readCount(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It has to be a whole number above 0.')
}

function readCounts(text: string): number[] {
  return text.split(',').map(readCount)
}
