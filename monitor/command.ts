import { open } from 'node:fs/promises'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { MAX_REPORTS } from '../contract/limits.js'
import { messageOf } from '../platform/message-of.js'
import type { Output } from '../platform/terminal-output.js'
import { createProgress, type Progress } from '../platform/terminal-progress.js'
import { JournalError } from './journal.js'
import type { ReportedCase } from './new-case.js'
import type { RulePack } from './rule-pack.js'
import { INK_CARTRIDGES, RULE_PACKS } from './rules/index.js'
import { type MonitorProgress, type MonitorReport, MonitorStopped, runMonitor } from './run.js'
import { tableOf } from './table.js'

/** Exit codes; `--help` and docs/monitor.md explain them. */
export const EXIT = {
  done: 0,
  doneWithProblems: 1,
  usage: 2,
  stopped: 3,
  interrupted: 130,
} as const
const PIPE_WIDTH = 120
/** Each batch is worth a line. */
const NO_PAUSE_MS = 0

/** The result goes to `stdout`, everything else to `stderr`. */
export interface Terminal {
  stdout: Output
  stderr: Output
}

interface Options {
  listings: string
  api?: string
  key?: string
  rules: RulePack
  batch: number
  shopUrl?: string
  state?: string
  dryRun: boolean
  json: boolean
}

const EXAMPLES = `
Examples:
  See what would be reported, send nothing:
    node --import tsx monitor/main.ts --listings samples/hp664-facts.ndjson --dry-run
  Report it (the key from the environment, so that it is not in the list of processes):
    JOINT_FORCE_API_KEY=jf_live_… node --import tsx monitor/main.ts \\
      --listings samples/hp664-facts.ndjson --api http://127.0.0.1:8700
  Go on where a stopped run was:
    … --state monitor-state.ndjson

Exit codes: 0 done · 1 done, but lines were invalid or cases rejected · 2 wrong options or files
  · 3 stopped before the end, run again · 130 interrupted
Rules: ${RULE_PACKS.map(({ name, version }) => `${name} (${version})`).join(', ')}`

/** Runs the command line and gives back the exit code. Never throws for what a user can do wrong. */
export async function command(
  args: readonly string[],
  { stdout, stderr }: Terminal,
  signal: AbortSignal,
): Promise<number> {
  let options: Options
  try {
    options = optionsOf(args, { stdout, stderr })
    await checkReadable(options.listings)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    stderr.write(`error: ${messageOf(error)}\n`)
    return EXIT.usage
  }
  const { dryRun, json, api, key, rules, batch, state, shopUrl } = options
  const found: ReportedCase[] = []
  const progress = createProgress(stderr, NO_PAUSE_MS)
  try {
    const report = await runMonitor({
      source: options.listings,
      rulePack: rules,
      batchSize: batch,
      dryRun,
      signal,
      onProgress: (event) => {
        if (dryRun && event.kind === 'suspicious') found.push(event.newCase)
        showOn(progress, event)
      },
      ...(api !== undefined && key !== undefined ? { api: { url: api, key } } : {}),
      ...(state === undefined ? {} : { statePath: state }),
      ...(shopUrl === undefined ? {} : { listingUrl: urlsBy(shopUrl) }),
    })
    progress.end()
    if (found.length > 0) stdout.write(`${tableOf(found, stdout.columns ?? PIPE_WIDTH)}\n`)
    stdout.write(`${json ? JSON.stringify(countsOf(report)) : inWords(report, dryRun)}\n`)
    return report.invalid.length + report.rejected > 0 ? EXIT.doneWithProblems : EXIT.done
  } catch (error) {
    progress.end()
    stderr.write(`error: ${messageOf(error)}\n`)
    if (error instanceof JournalError) return EXIT.usage
    if (!(error instanceof MonitorStopped)) throw error
    if (json) stdout.write(`${JSON.stringify(countsOf(error.report))}\n`)
    return signal.aborted ? EXIT.interrupted : EXIT.stopped
  }
}

function optionsOf(args: readonly string[], { stdout, stderr }: Terminal): Options {
  const program = new Command('monitor')
    .description('Judges listings by a rule pack and reports the suspicious ones as cases.')
    .requiredOption('--listings <file>', 'listings, one JSON object a line')
    .addOption(
      new Option('--api <url>', 'where the API is')
        .argParser(httpAddress)
        .env('JOINT_FORCE_API_URL'),
    )
    .addOption(new Option('--key <key>', 'API key of the monitor').env('JOINT_FORCE_API_KEY'))
    .addOption(
      new Option('--rules <name>', 'rule pack')
        .argParser(rulePackBy)
        .default(INK_CARTRIDGES, INK_CARTRIDGES.name),
    )
    .option('--batch <number>', `cases a request, 1 to ${MAX_REPORTS}`, batchSize, 100)
    .option('--shop-url <template>', 'page of a listing, with {marketplace} and {listingId}')
    .option('--state <file>', 'keep the progress here until the run is through')
    .option('--dry-run', 'show what would be reported, send nothing', false)
    .option('--json', 'the last line of the output is JSON', false)
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    })
    .parse(args, { from: 'user' })
  const options = program.opts<Options>()
  if (!options.dryRun && !(options.api && options.key)) {
    program.error('error: give --api and --key (or JOINT_FORCE_API_KEY), or --dry-run')
  }
  // Not an argument parser's matter: its message would show the key.
  if (!/^[\x21-\x7e]*$/.test(options.key ?? '')) {
    program.error('error: the key holds a space, a line end or a letter no key has; copy it again')
  }
  return options
}

function httpAddress(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new InvalidArgumentError('Give an address such as http://127.0.0.1:8700.')
}

async function checkReadable(path: string): Promise<void> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new Error(`cannot read the file ${path}; check its name`, { cause })
  })
  try {
    if ((await file.stat()).isDirectory()) throw new Error(`${path} is a folder; name a file in it`)
  } finally {
    await file.close()
  }
}

function rulePackBy(name: string): RulePack {
  const pack = RULE_PACKS.find((each) => each.name === name)
  if (pack) return pack
  throw new InvalidArgumentError(`Choose one of: ${RULE_PACKS.map((p) => p.name).join(', ')}.`)
}

function batchSize(text: string): number {
  const size = Number(text)
  if (Number.isInteger(size) && size >= 1 && size <= MAX_REPORTS) return size
  throw new InvalidArgumentError(`Give a whole number from 1 to ${MAX_REPORTS}.`)
}

function urlsBy(template: string) {
  return (marketplace: string, listingId: string) =>
    template
      .replaceAll('{marketplace}', encodeURIComponent(marketplace))
      .replaceAll('{listingId}', encodeURIComponent(listingId))
}

/** Problems as lines of their own; counts as one moving line on a terminal, else as plain lines. */
function showOn(progress: Progress, event: MonitorProgress): void {
  switch (event.kind) {
    case 'invalid':
      return progress.line(`line ${event.line}: ${event.reason}`)
    case 'rejected': {
      const { listingId } = event.newCase.listing
      return progress.line(`rejected ${listingId}: ${event.code}: ${event.detail}`)
    }
    case 'waiting':
      return progress.line(`${event.why}; trying again in ${Math.ceil(event.waitMs / 1000)} s`)
    case 'reported':
      return progress.show(inWords(event.report, false))
    case 'suspicious':
      return
  }
}

function countsOf(report: MonitorReport) {
  const { listings, invalid, notSuspicious, cases, duplicates, alreadyAnswered, rejected } = report
  return {
    listings,
    invalid: invalid.length,
    notSuspicious,
    cases,
    duplicates,
    alreadyAnswered,
    rejected,
  }
}

function inWords(report: MonitorReport, dryRun: boolean): string {
  const counts = countsOf(report)
  return [
    `${counts.listings} listings`,
    `${counts.invalid} invalid`,
    `${counts.notSuspicious} not suspicious`,
    `${counts.cases} cases ${dryRun ? 'would be reported' : 'opened'}`,
    `${counts.duplicates} duplicates`,
    `${counts.alreadyAnswered} already answered`,
    `${counts.rejected} rejected`,
  ].join(', ')
}
