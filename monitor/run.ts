import { createReadStream } from 'node:fs'
import { createApiClient } from '../client/client.js'
import type { ClientOptions } from '../client/connection.js'
import type { ReportAnswer } from '../client/reporting.js'
import { MAX_REPORTS } from '../contract/limits.js'
import { adviceFor } from './advice.js'
import type { ClaimedBrand } from './brand.js'
import { evaluate } from './evaluate.js'
import { type Acknowledged, type Journal, openJournal } from './journal.js'
import { type Line, numberLines, readLines } from './lines.js'
import { parseListing } from './listing.js'
import { type ReportedCase, toNewCase, versionOf } from './new-case.js'
import type { RulePack } from './rule-pack.js'

const DEFAULT_BATCH = 100
/** A program can wait longer than a person. */
const RETRY = { attempts: 8 }
const TIMEOUT_MS = 60_000

/** Where the API is, and as whom to report. */
export interface MonitorApi extends Pick<ClientOptions, 'timeoutMs' | 'retry'> {
  url: string
  /** API key of the monitor. */
  key: string
}

export interface RunOptions {
  /** A file of listings, one JSON object a line (`samples/README.md`), or its lines. */
  source: string | AsyncIterable<string>
  rulePack: RulePack
  /** Where to report to; not needed for a dry run. */
  api?: MonitorApi
  /** Cases a request, 1 to 1,000. */
  batchSize?: number
  /** Keeps what was reported until the run is through, so that a stopped run can go on. */
  statePath?: string
  /** Address of a listing for people, where the listing itself has none. */
  listingUrl?: (marketplace: string, listingId: string) => string
  /** When the listings were seen, where they do not say so themselves; else now. */
  capturedAt?: Date
  /** Judges and counts, sends nothing. */
  dryRun?: boolean
  onProgress?: (event: MonitorProgress) => void
  signal?: AbortSignal
}

export type MonitorProgress =
  | { kind: 'invalid'; line: number; reason: string }
  | { kind: 'suspicious'; line: number; newCase: ReportedCase }
  | { kind: 'rejected'; newCase: ReportedCase; code: string; detail: string }
  /** The service is busy or away; the same is asked again after `waitMs`. */
  | { kind: 'waiting'; why: string; waitMs: number }
  /** After each batch that was answered. */
  | { kind: 'reported'; report: Readonly<MonitorReport> }

/** `listings` = invalid + notSuspicious + cases + duplicates + alreadyAnswered + rejected. */
export interface MonitorReport {
  /** Lines that are not blank. */
  listings: number
  /** Lines that could not be used, each with its number and the reason. */
  invalid: { line: number; reason: string }[]
  notSuspicious: number
  /** Cases opened; of a dry run: that would be reported. */
  cases: number
  /** Reports the service, or this run, had already had. */
  duplicates: number
  /** Unchanged listings whose earlier case answers the question. */
  alreadyAnswered: number
  rejected: number
  acknowledged: Acknowledged[]
  /** Brands of the suspicious listings; the service has to know them. */
  brands: ClaimedBrand[]
}

/** The run ended early. `report` holds what was done; run again with the same state to go on. */
export class MonitorStopped extends Error {
  override readonly name = 'MonitorStopped'
  readonly report: MonitorReport

  constructor(message: string, report: MonitorReport, cause: unknown) {
    super(message, { cause })
    this.report = report
  }
}

/**
 * Reads listings, judges them by a rule pack and reports the suspicious ones, batch by batch.
 * A line that cannot be used is counted and passed over. Memory does not grow with the input, except
 * by what the report lists. Throws `MonitorStopped` when it could not go on to the end.
 */
export async function runMonitor(options: RunOptions): Promise<MonitorReport> {
  const { rulePack, api, dryRun = false, statePath, batchSize = DEFAULT_BATCH } = options
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > MAX_REPORTS) {
    throw new RangeError(`batchSize is ${batchSize}; it must be 1 to ${MAX_REPORTS}`)
  }
  if (dryRun) return scan(options, batchSize, null, null)
  if (!api) throw new TypeError('runMonitor: give api { url, key }, or dryRun: true')

  const run = `${versionOf(rulePack)} to ${api.url}`
  const journal = statePath === undefined ? null : await openJournal(statePath, run)
  const client = createApiClient(api.url, api.key, {
    retry: { ...RETRY, ...api.retry },
    timeoutMs: api.timeoutMs ?? TIMEOUT_MS,
    signal: options.signal,
    onWait: (why, waitMs) => options.onProgress?.({ kind: 'waiting', why, waitMs }),
  })
  try {
    const report = await scan(options, batchSize, (cases) => client.report(cases), journal)
    await journal?.finish()
    return report
  } catch (error) {
    await journal?.close()
    throw error
  }
}

type Send = (cases: ReportedCase[]) => Promise<ReportAnswer[]>

async function scan(
  options: RunOptions,
  batchSize: number,
  send: Send | null,
  journal: Journal | null,
): Promise<MonitorReport> {
  const { source, rulePack, onProgress, signal } = options
  const capture = {
    listingUrl: options.listingUrl ?? exampleUrl,
    at: options.capturedAt ?? new Date(),
  }
  const report = emptyReport()
  const seen = new Set<string>()
  const brands = new Set<string>()
  let batch: ReportedCase[] = []

  function judge(line: Line): ReportedCase | null {
    report.listings += 1
    const parsed = 'problem' in line ? { reason: line.problem } : parseListing(line.text)
    if ('reason' in parsed) return refuse(line, parsed.reason)
    const evaluation = evaluate(parsed.listing, rulePack)
    if (!evaluation.suspicious) {
      report.notSuspicious += 1
      return null
    }
    const { brand } = evaluation
    if (!brand) return refuse(line, 'suspicious, but it names no brand; fill in attributes.brand')
    if (!brands.has(brand.brandId)) report.brands.push(brand)
    brands.add(brand.brandId)
    const newCase = toNewCase(parsed.listing, evaluation, brand, rulePack, capture)
    onProgress?.({ kind: 'suspicious', line: line.number, newCase })
    return newCase
  }

  function refuse({ number: line }: Line, reason: string): null {
    report.invalid.push({ line, reason })
    onProgress?.({ kind: 'invalid', line, reason })
    return null
  }

  /** True when this case has to be sent; else it is counted as what it is. */
  function isNew(newCase: ReportedCase): boolean {
    const { externalId } = newCase
    const earlier = journal?.known.get(externalId)
    if (seen.has(externalId)) report.duplicates += 1
    else if (earlier) acknowledge(report, earlier)
    else if (!send) report.cases += 1
    const unheard = send !== null && !seen.has(externalId) && !earlier
    seen.add(externalId)
    return unheard
  }

  async function flush(): Promise<void> {
    const sent = batch
    batch = []
    if (!send || sent.length === 0) return
    const answers = await send(sent)
    const taken: Acknowledged[] = []
    sent.forEach((newCase, index) => {
      const { externalId, listing } = newCase
      const answer = answers[index]
      if (answer && answer.result !== 'rejected') {
        const { result, caseId = '' } = answer
        taken.push({ externalId, listingId: listing.listingId, caseId, result })
        return
      }
      report.rejected += 1
      const { code = 'unknown', detail = 'no reason given' } = answer?.problem ?? {}
      onProgress?.({ kind: 'rejected', newCase, code, detail })
    })
    await journal?.append(taken)
    taken.forEach((entry) => acknowledge(report, entry))
    onProgress?.({ kind: 'reported', report })
  }

  try {
    for await (const line of linesOf(source)) {
      signal?.throwIfAborted()
      const newCase = judge(line)
      if (newCase && isNew(newCase)) batch.push(newCase)
      if (batch.length >= batchSize) await flush()
    }
    await flush()
    return report
  } catch (error) {
    const why = adviceFor(error)
    const done = `${report.acknowledged.length} reports are acknowledged`
    throw new MonitorStopped(`${why} (${done}; run again to go on)`, report, error)
  }
}

function linesOf(source: RunOptions['source']): AsyncIterable<Line> {
  return typeof source === 'string' ? readLines(createReadStream(source)) : numberLines(source)
}

function acknowledge(report: MonitorReport, entry: Acknowledged): void {
  report.acknowledged.push(entry)
  if (entry.result === 'opened') report.cases += 1
  else if (entry.result === 'duplicate') report.duplicates += 1
  else report.alreadyAnswered += 1
}

function emptyReport(): MonitorReport {
  return {
    listings: 0,
    invalid: [],
    notSuspicious: 0,
    cases: 0,
    duplicates: 0,
    alreadyAnswered: 0,
    rejected: 0,
    acknowledged: [],
    brands: [],
  }
}

function exampleUrl(marketplace: string, listingId: string): string {
  return `https://${marketplace}.example/${encodeURIComponent(listingId)}`
}
