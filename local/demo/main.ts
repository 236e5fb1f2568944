import { constants } from 'node:fs'
import { access, rm } from 'node:fs/promises'
import path from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import type { RulePack } from '../../monitor/rule-pack.js'
import { INK_CARTRIDGES, RULE_PACKS } from '../../monitor/rules/index.js'
import { repositoryDir } from '../provision/context.js'
import { assertPortsFree, PORT_NAMES, portBlock } from '../stack/ports.js'
import { dataDirOf } from '../world/data-dir.js'
import { createDisplay } from './display.js'
import { runDemo } from './run-demo.js'

// npm run demo: the whole story in a terminal, always from the beginning, beside a running `npm start`.

const DEFAULT_PORT_BASE = 8700
/** Above the ports of `npm start`. */
const PORT_OFFSET = 20

const program: Command = new Command('npm run demo --')
  .description('Reports listings and plays everybody’s part until every case has ended.')
  .option('--listings <file>', 'listings, one JSON object a line', sample('hp664-facts.ndjson'))
  .option('--rules <name>', 'rule pack of the monitor', rulePackBy, INK_CARTRIDGES)
  .option('--json', 'the last line of the output is the account as JSON', false)
  .parse()
const options = program.opts<{ listings: string; rules: RulePack; json: boolean }>()

process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))
const display = createDisplay(process.stdout)
try {
  await access(options.listings, constants.R_OK)
  const base = Number(process.env['JOINT_FORCE_PORT_BASE'] ?? DEFAULT_PORT_BASE) + PORT_OFFSET
  const ports = portBlock(base)
  const dataDir = dataDirOf('demo')
  // Before anything is deleted: whoever has the ports may have the data, too.
  await assertPortsFree(ports, PORT_NAMES)
  await rm(dataDir, { recursive: true, force: true })
  const { listings: listingsFile, rules: rulePack, json } = options
  const account = await runDemo({ dataDir, ports, listingsFile, rulePack, display, json })
  const isSound =
    account.unaccounted === 0 && account.takedownsEffective === account.outcomes.takenDown
  process.exitCode = isSound ? 0 : 1
} catch (error) {
  display.print(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

function sample(name: string): string {
  return path.join(repositoryDir, 'samples', name)
}

function rulePackBy(text: string): RulePack {
  const pack = RULE_PACKS.find(({ name }) => name === text)
  if (pack) return pack
  throw new InvalidArgumentError(`Choose one of: ${RULE_PACKS.map((p) => p.name).join(', ')}.`)
}
