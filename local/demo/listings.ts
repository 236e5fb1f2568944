import { constants, createReadStream } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { readLines } from '../../monitor/lines.js'
import { parseListing, type ScannedListing } from '../../monitor/listing.js'
import type { RulePack } from '../../monitor/rule-pack.js'
import { type MonitorReport, runMonitor } from '../../monitor/run.js'
import type { SandboxClient } from '../../sandbox/client.js'

/** What has to be there before the listings of a file can be reported. */
export interface Survey {
  marketplaces: string[]
  /** What the monitor would report. */
  report: MonitorReport
}

/** Throws, with what to do, unless the file can be read. */
export async function assertReadable(file: string): Promise<void> {
  const problem = await access(file, constants.R_OK).then(
    async () => ((await stat(file)).isDirectory() ? 'it is a folder' : null),
    ({ code }: NodeJS.ErrnoException) =>
      code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`,
  )
  if (problem === null) return
  throw new Error(
    `${file}: ${problem}. Give a file with one listing a line; see samples/README.md.`,
  )
}

const LOAD_AT_ONCE = 1_000

/** Reads a file of listings once, without reporting anything. */
export async function surveyListings(file: string, rulePack: RulePack): Promise<Survey> {
  const marketplaces = new Set<string>()
  for await (const { marketplace } of usableListings(file)) marketplaces.add(marketplace)
  const report = await runMonitor({ source: file, rulePack, dryRun: true })
  return { marketplaces: [...marketplaces].sort(), report }
}

/** Puts the listings of a file into the sandbox's shops; a listing that is there twice, as it is first. */
export async function stockShops(file: string, sandbox: SandboxClient): Promise<void> {
  const stocked = new Set<string>()
  const waiting = new Map<string, string[]>()
  const load = async (marketplace: string, rows: string[]) => {
    await sandbox.loadListings(marketplace, rows.splice(0).join('\n'))
  }
  for await (const listing of usableListings(file)) {
    const place = `${listing.marketplace} ${listing.listingId}`
    if (stocked.has(place)) continue
    stocked.add(place)
    const rows = waiting.get(listing.marketplace) ?? []
    waiting.set(listing.marketplace, rows)
    rows.push(shopRow(listing))
    if (rows.length >= LOAD_AT_ONCE) await load(listing.marketplace, rows)
  }
  for (const [marketplace, rows] of waiting) await load(marketplace, rows)
}

/**
 * The lines of a file as the monitor takes them, each only once there is room for its case. Lines
 * keep their numbers, and one that cannot be read stays one that cannot.
 */
export async function* linesWithin(
  file: string,
  room: () => Promise<void>,
): AsyncGenerator<string> {
  let number = 0
  for await (const line of readLines(createReadStream(file))) {
    // Blank lines are passed over by the reader, but they count.
    for (number += 1; number < line.number; number += 1) yield ''
    await room()
    yield 'text' in line ? line.text : line.problem
  }
}

async function* usableListings(file: string): AsyncGenerator<ScannedListing> {
  for await (const line of readLines(createReadStream(file))) {
    const parsed = 'text' in line ? parseListing(line.text) : null
    if (parsed && 'listing' in parsed) yield parsed.listing
  }
}

/** The sandbox wants every price stated, be it as unknown. */
function shopRow(listing: ScannedListing): string {
  return JSON.stringify({ ...listing, price: listing.price ?? null })
}
