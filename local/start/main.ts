import { rm } from 'node:fs/promises'
import path from 'node:path'
import { Command } from 'commander'
import { lineProgress } from '../provision/progress.js'
import { ProvisioningError } from '../provision/provision.js'
import { assertPortsFree, PORT_NAMES, PortError, portsFromEnv } from '../stack/ports.js'
import { ProcessError } from '../stack/supervise.js'
import { tell } from './tell.js'
import { HP, VOLTBROOK } from './tenants.js'
import { claimDataDir, DataError, dataDirOf } from '../world/data-dir.js'
import { openWorld } from '../world/open-world.js'
import { reviver } from '../world/revive.js'

// npm start: everything on this machine, on loopback only, until Ctrl-C.

const program: Command = new Command('npm start --')
  .description('Brings up the service, a marketplace and a mail inbox on this machine.')
  .option('--fresh', 'start over: forgets every case, mail and key', false)
  .addHelpText(
    'after',
    `
JOINT_FORCE_PORT_BASE=8800 npm start   uses the ports from 8800 on instead of 8700
JOINT_FORCE_DATA_DIR=… npm start       keeps the data elsewhere than in .data/
JOINT_FORCE_TEMPORAL_ADDRESS=host:7233 and JOINT_FORCE_MONGODB_URI=mongodb://…
name servers to use instead of starting them`,
  )
  .parse()
const { fresh } = program.opts<{ fresh: boolean }>()

const stopSignal = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
})

try {
  await start()
} catch (error) {
  console.error(`\n${explanationOf(error)}`)
  process.exit(1)
}
process.exit(0)

async function start(): Promise<void> {
  const dataDir = dataDirOf('start')
  const ports = portsFromEnv()
  await claimDataDir(dataDir)
  await assertPortsFree(ports, PORT_NAMES)
  if (fresh) await rm(dataDir, { recursive: true, force: true })
  const progress = lineProgress()
  const opening = openWorld({
    dataDir,
    ports,
    progress,
    marketplaces: [HP.marketplace, VOLTBROOK.marketplace],
    // Short, because whoever tries it looks into the inbox at once; long enough for one mail of all.
    env: { MAIL_GATHER_MS: '5000', POLICY_MIN_WINDOW_MS: '60000' },
    onUnexpectedExit: reviver(progress, (name, reason) => {
      console.error(
        `${name} does not come back: ${reason}\n` +
          `Its output: ${path.join(dataDir, 'logs', name)}.log. The rest goes on without it.`,
      )
    }),
  })
  const world = await Promise.race([opening, stopSignal])
  // What has been started by now ends with this process (local/stack/supervise.ts).
  if (!world) process.exit(130)
  try {
    await Promise.race([tell(world, dataDir), stopSignal])
    await stopSignal
    console.log('\nStopping …')
  } finally {
    await world.stop()
  }
}

function explanationOf(error: unknown): string {
  if (error instanceof ProcessError) {
    return `${error.message}\nIf data of an earlier run is damaged, start over: npm start -- --fresh`
  }
  const isPlain = [PortError, ProvisioningError, DataError].some((E) => error instanceof E)
  if (isPlain && error instanceof Error) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
