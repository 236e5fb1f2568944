import { rm } from 'node:fs/promises'
import path from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { messageOf } from '../../platform/message-of.js'
import { REPOSITORY_DIR } from '../provision/context.js'
import { createDisplay } from '../demo/display.js'
import { assertPortsFree, PORT_NAMES, portsFromEnv } from '../stack/ports.js'
import { HP, VOLTBROOK } from '../start/tenants.js'
import { claimDataDir, dataDirOf } from '../world/data-dir.js'
import { openWorld } from '../world/open-world.js'
import { runTour } from './run-tour.js'
import { shortcomings } from './tour-account.js'

// npm run tour: people at the portal in a real browser, on a stack of its own, beside a running `npm start`.

const MOST_CASES = 40

const program: Command = new Command('npm run tour --')
  .description('Plays people at the portal in a browser, and takes the pictures of the README.')
  .option('--cases <number>', 'cases to answer by keys, one by one', countBy, MOST_CASES)
  .option('--images <folder>', 'where its pictures go', path.join(REPOSITORY_DIR, 'docs/images'))
  .option('--json', 'the last line of the output is the account as JSON', false)
  .parse()
const options = program.opts<{ cases: number; images: string; json: boolean }>()

const interrupted = new Promise<never>((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => reject(new Error('Stopped before its end.')))
  }
})
interrupted.catch(() => undefined)
const display = createDisplay(process.stdout)
try {
  process.exit((await tour()) ? 0 : 1)
} catch (error) {
  console.error(`\n${messageOf(error)}`)
  process.exit(1)
}

/** True when everything went as it should. */
async function tour(): Promise<boolean> {
  const ports = portsFromEnv(process.env, 'tour')
  const dataDir = dataDirOf('tour')
  await claimDataDir(dataDir)
  await assertPortsFree(ports, PORT_NAMES)
  await rm(dataDir, { recursive: true, force: true })
  const opening = openWorld({
    dataDir,
    ports,
    progress: display,
    marketplaces: [HP.marketplace, VOLTBROOK.marketplace],
    env: { MAIL_GATHER_MS: '1500', POLICY_MIN_WINDOW_MS: '60000' },
  })
  // What has been started until an interruption ends with this process.
  const world = await Promise.race([opening, interrupted])
  try {
    const { cases, images: imagesDir } = options
    const running = runTour({ world, dataDir, imagesDir, cases, progress: display })
    const account = await Promise.race([running, interrupted])
    const wrong = shortcomings(account)
    for (const sentence of wrong) display.report('tour', sentence)
    const { keystrokes, seconds, removedInShop, screenshots } = account
    display.print(
      options.json
        ? JSON.stringify(account)
        : `\n${account.cases} cases answered with ${keystrokes} keys in ${seconds} s; ${removedInShop} listings ` +
            `left the shop. ${screenshots.length} pictures are in ${imagesDir}.`,
    )
    return wrong.length === 0
  } finally {
    await world.stop()
  }
}

function countBy(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= MOST_CASES) return count
  throw new InvalidArgumentError(`Give a whole number from 1 to ${MOST_CASES}.`)
}
