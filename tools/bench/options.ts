import { Command, InvalidArgumentError, Option } from 'commander'
import { MAX_WORKERS } from './bench-world.js'

/** What can be measured, in this order. */
export const PARTS = ['cases', 'intake', 'lists', 'memory', 'batch', 'live', 'scroll'] as const
export type Part = (typeof PARTS)[number]

/** Which server of Temporal everything runs on. */
export const TEMPORAL_SERVERS = ['development', 'postgresql'] as const

/** What to measure, and how much of it. */
export interface BenchOptions {
  only: Part[]
  rounds: number
  /** Cases, and as many of each they are compared with, in each round. */
  cases: number
  /** Requests of each kind in each round. */
  requests: number
  /** Open cases at which intake is measured. */
  open: number[]
  /** Cases on record at which lists are measured, ascending. */
  list: number[]
  /** The two numbers of open cases at which memory is read. */
  memory: [fewer: number, more: number]
  /** Reports whose client is killed. */
  batch: number
  /** Live streams. */
  live: number
  /** Rows of the queue that is scrolled. */
  scroll: number
  /** Numbers of worker processes. */
  workers: number[]
  temporal: (typeof TEMPORAL_SERVERS)[number]
  json: boolean
}

const SHORT = { list: [1_000, 5_000], memory: [200, 1_200], batch: 1_000, live: 50, scroll: 1_000 }
const FULL = {
  ...{ list: [1_000, 10_000, 100_000], memory: [500, 3_500], batch: 10_000 },
  ...{ live: 500, scroll: 10_000 },
}

/**
 * The options of a command line. Throws commander's `CommanderError`, after it has said what is wrong
 * or, asked for it, how to use this.
 *
 * @param write takes what is said, line breaks included
 */
export function parseOptions(
  args: readonly string[],
  write?: (text: string) => void,
): BenchOptions {
  const command = new Command('npm run bench --')
    .description(
      'Measures the service on this machine, beside what Temporal and MongoDB alone take.',
    )
    .option('--only <parts>', `some of ${PARTS.join(',')}`, readParts, [...PARTS])
    .option('--rounds <number>', 'how often each kind has its turn', readCount, 3)
    .option('--cases <number>', 'cases in each round', readCount, 100)
    .option('--requests <number>', 'reports in each round', readCount, 200)
    .option('--open <numbers>', 'open cases at which intake is measured', readCounts, [100, 2_000])
    .option(
      '--list <numbers>',
      `cases on record for lists (default: ${said(SHORT.list)})`,
      readCounts,
    )
    .option(
      '--memory <numbers>',
      `open cases between which memory is compared (default: ${said(SHORT.memory)})`,
      readPair,
    )
    .option('--batch <number>', `reports of the batch (default: ${SHORT.batch})`, readCount)
    .option('--live <number>', `live streams (default: ${SHORT.live})`, readCount)
    .option(
      '--scroll <number>',
      `rows of the queue that is scrolled in a browser (default: ${SHORT.scroll})`,
      readCount,
    )
    .option('--workers <numbers>', 'worker processes, one measurement each', readWorkers, [1])
    .addOption(
      new Option('--temporal <server>', 'which server of Temporal')
        .choices(TEMPORAL_SERVERS)
        .default('development'),
    )
    .option(
      '--full',
      `large sizes where none are given: lists ${said(FULL.list)}, memory ${said(FULL.memory)}, batch ${FULL.batch}, live ${FULL.live}, scroll ${FULL.scroll}`,
      false,
    )
    .option('--json', 'the last line of the output is the figures as JSON', false)
    .exitOverride()
  if (write) command.configureOutput({ writeOut: write, writeErr: write })
  command.parse([...args], { from: 'user' })
  const { full, ...given } = command.opts<Partial<BenchOptions> & { full: boolean }>()
  const sizes = full ? FULL : SHORT
  return { ...sizes, ...given } as BenchOptions
}

function readCount(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It has to be a whole number from 1 to 999999.')
}

/** Each once, ascending: cases are only ever added. */
function readCounts(text: string): number[] {
  return [...new Set(text.split(',').map(readCount))].sort((a, b) => a - b)
}

function readPair(text: string): number[] {
  const counts = readCounts(text)
  if (counts.length === 2) return counts
  throw new InvalidArgumentError('It has to be two numbers, such as 500,1500.')
}

function readWorkers(text: string): number[] {
  const counts = readCounts(text)
  if (counts.every((count) => count <= MAX_WORKERS)) return counts
  throw new InvalidArgumentError(`There can be at most ${MAX_WORKERS}.`)
}

function readParts(text: string): Part[] {
  const wanted = text.split(',')
  const unknown = wanted.find((part) => !(PARTS as readonly string[]).includes(part))
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`There is no "${unknown}"; choose of ${PARTS.join(', ')}.`)
  }
  return PARTS.filter((part) => wanted.includes(part))
}

function said(counts: readonly number[]): string {
  return counts.join(',')
}
