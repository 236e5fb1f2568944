import { rm } from 'node:fs/promises'
import path from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import type { RulePack } from '../../monitor/rule-pack.js'
import type { MonitorReport } from '../../monitor/run.js'
import { INK_CARTRIDGES, RULE_PACKS } from '../../monitor/rules/index.js'
import { messageOf } from '../../platform/message-of.js'
import { REPOSITORY_DIR } from '../provision/context.js'
import { assertPortsFree, PORT_NAMES, portsFromEnv } from '../stack/ports.js'
import { claimDataDir, dataDirOf } from '../world/data-dir.js'
import { type Account, accountWithoutCases } from './account.js'
import { createDisplay } from './display.js'
import { assertReadable, surveyListings } from './listings.js'
import { openDemo } from './open-demo.js'
import { runDemo } from './run-demo.js'
import { listingsInWords, resultInWords } from './table.js'

// npm run demo: the whole story in a terminal, always from the beginning, beside a running `npm start`.

const program: Command = new Command('npm run demo --')
  .description('Reports listings and plays everybody’s part until every case has ended.')
  .option('--listings <file>', 'listings, one JSON object a line', sample('hp664-facts.ndjson'))
  .option('--rules <name>', 'rule pack of the monitor', rulePackBy, INK_CARTRIDGES)
  .option('--json', 'the last line of the output is the account as JSON', false)
  .parse()
const options = program.opts<{ listings: string; rules: RulePack; json: boolean }>()

let exitCode = 1
const interrupted = new Promise<never>((_, reject) => {
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
    process.once(signal, () => {
      exitCode = code
      reject(new Error('Stopped before its end.'))
    })
  }
})
interrupted.catch(() => undefined)
const display = createDisplay(process.stdout)
try {
  process.exitCode = (await demonstrate()) ? 0 : 1
} catch (error) {
  console.error(`\n${messageOf(error)}`)
  process.exit(exitCode)
}

/** True when every line and case is accounted for. */
async function demonstrate(): Promise<boolean> {
  const { listings: listingsFile, rules: rulePack } = options
  await assertReadable(listingsFile)
  const survey = await surveyListings(listingsFile, rulePack)
  if (survey.report.cases === 0) return showNothing(survey.report)

  const ports = portsFromEnv(process.env, 'demo')
  const dataDir = dataDirOf('demo')
  await claimDataDir(dataDir)
  await assertPortsFree(ports, PORT_NAMES)
  await rm(dataDir, { recursive: true, force: true })
  const opening = openDemo({ dataDir, ports, listingsFile, survey, rulePack, display })
  // What has been started until an interruption ends with this process.
  const demo = await Promise.race([opening, interrupted])
  try {
    const result = await Promise.race([runDemo(demo), interrupted])
    return show(result.account, resultInWords(result))
  } finally {
    await demo.world.stop()
  }
}

/** No servers are needed to say that there is nothing to report. */
function showNothing(report: MonitorReport): boolean {
  for (const { line, reason } of report.invalid) {
    display.report('monitor', `line ${line} is left out: ${reason}`)
  }
  const account = accountWithoutCases(report)
  return show(account, `${listingsInWords(account)}\nNothing looks suspicious, so nobody is asked.`)
}

function show(account: Account, inWords: string): boolean {
  display.print(options.json ? JSON.stringify(account) : `\n${inWords}`)
  return account.unaccounted === 0 && account.takedownsEffective === account.outcomes.takenDown
}

function sample(name: string): string {
  return path.join(REPOSITORY_DIR, 'samples', name)
}

function rulePackBy(text: string): RulePack {
  const pack = RULE_PACKS.find(({ name }) => name === text)
  if (pack) return pack
  throw new InvalidArgumentError(`Choose one of: ${RULE_PACKS.map((p) => p.name).join(', ')}.`)
}
