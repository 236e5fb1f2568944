import type { BatchMeasurement } from './batch/measure.js'
import { type CaseFigures, type Comparison, type Figures, tailOf } from './figures.js'
import { listReport } from './lists/report.js'
import type { LiveMeasurement } from './live/measure.js'
import type { MemoryMeasurement } from './memory/measure.js'
import type { ScrollMeasurement } from './scroll/measure.js'
import { count, duration, mebibytes, table } from './table.js'
import type { Timing } from './timing.js'

const SPEED_HEADS = ['', 'per second', 'p50', 'p99', 'p99/p50', 'of bare', 'of floor']

/** The figures for people. */
export function report(figures: Figures): string {
  const { machine, temporal, speed, lists, memory, batch, live, scroll } = figures
  const several = speed.length > 1
  const sections = [
    [
      `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, Temporal: ${
        temporal === 'postgresql' ? 'server on PostgreSQL' : 'development server'
      }`,
    ],
    ...speed.map(({ workers, ...measured }) => [
      ...(several || workers > 1 ? [`Worker processes: ${workers}`] : []),
      ...speedReport(measured),
    ]),
    ...(lists ? [listReport(lists)] : []),
    ...(memory ? [memoryReport(memory)] : []),
    ...(batch ? [batchReport(batch)] : []),
    ...(live ? [liveReport(live)] : []),
    ...(scroll ? [scrollReport(scroll)] : []),
  ]
  return sections.map((lines) => lines.join('\n')).join('\n\n')
}

function speedReport({ cases, intake }: CaseFigures): string[] {
  const rows = [
    ...(cases ? comparisonRows(['listingCase', 'floor', 'bare workflow'], cases) : []),
    ...intake.flatMap((at) =>
      comparisonRows([`POST /v1/cases at ${count(at.openCases)} open`, 'floor', 'bare start'], at),
    ),
  ]
  const both = [...(cases ? [cases] : []), ...intake]
  return [
    ...table(SPEED_HEADS, rows),
    ...(cases ? [costLine(cases.cost)] : []),
    `Tail, p99/p50 of ours by that of the bare one: ${both
      .map(({ tailOfBare }) => tailOfBare.toFixed(2))
      .join(', ')}.`,
  ]
}

function comparisonRows(
  [ours, floor, bare]: readonly [string, string, string],
  comparison: Comparison,
): string[][] {
  const { ofBare, ofFloor } = comparison
  return [
    timingRow(ours, comparison.ours, ofBare.toFixed(2), ofFloor.toFixed(2)),
    timingRow(floor, comparison.floor, (ofBare / ofFloor).toFixed(2)),
    timingRow(bare, comparison.bare),
  ]
}

function timingRow(name: string, timing: Timing, ...ratios: string[]): string[] {
  const { perSecond, p50Ms, p99Ms } = timing
  const tail = tailOf(timing).toFixed(1)
  return [name, perSecond.toFixed(1), duration(p50Ms), duration(p99Ms), tail, ...ratios]
}

function costLine(cost: NonNullable<CaseFigures['cases']>['cost']): string {
  const { listingCase, floor, bare } = cost
  return (
    `One case: ${listingCase.historyEvents} events, ${listingCase.actions} actions; ` +
    `floor: ${floor.historyEvents}, ${floor.actions}; bare: ${bare.historyEvents}, ${bare.actions}.`
  )
}

function memoryReport({ at, per1000 }: MemoryMeasurement): string[] {
  const cells = ({ worker, api }: MemoryMeasurement['per1000']) =>
    [worker, api].flatMap(({ rssBytes, heapBytes }) => [mebibytes(rssBytes), mebibytes(heapBytes)])
  const rows = [
    ...at.map(({ openCases, processes }) => [
      `${count(openCases)} open cases`,
      ...cells(processes),
    ]),
    ['per 1,000 more', ...cells(per1000)],
  ]
  return table(['Memory', 'worker RSS', 'its heap', 'API RSS', 'its heap'], rows)
}

function batchReport(batch: BatchMeasurement): string[] {
  const { reports, acknowledgedBefore, againCounts, lost, doubled, cases } = batch
  const { opened, duplicate, rejected } = againCounts
  return [
    `Batch of ${count(reports)} reports: the client was killed after ${duration(batch.untilKilledMs)}, with ` +
      `${count(acknowledgedBefore)} answered for; run again, all were answered for in ${duration(batch.againMs)} ` +
      `(${count(opened)} opened, ${count(duplicate)} known, ${count(rejected)} rejected).`,
    `${count(cases)} cases were open ${duration(batch.untilOpenMs)} after the first request; ` +
      (lost + doubled === 0
        ? 'every report has exactly one.'
        : `NOT every report has exactly one: ${count(lost)} have none, ${count(doubled)} several.`),
  ]
}

function liveReport({ streams, brands, changes, latency, untold }: LiveMeasurement): string[] {
  const { p50Ms, p95Ms, p99Ms } = latency
  return [
    `Live: ${count(changes)} changes, told to ${count(streams)} streams of ${count(brands)} brands, ` +
      `${duration(p50Ms)} after their commit (p50), ${duration(p95Ms)} (p95), ${duration(p99Ms)} (p99); ` +
      (untold === 0 ? 'none was left out.' : `NOT all: ${count(untold)} were never told.`),
  ]
}

function scrollReport({ rows, firstRowMs, allRowsMs, at }: ScrollMeasurement): string[] {
  return [
    ...table(
      ['Scrolling', 'frames', 'script and layout p50', 'p95', 'longest task'],
      at.map(({ pixelsPerFrame, frames, p50Ms, p95Ms, longestTaskMs }) => [
        `${count(pixelsPerFrame)} pixels a frame`,
        ...[count(frames), duration(p50Ms), duration(p95Ms), duration(longestTaskMs)],
      ]),
    ),
    `${count(rows)} rows: the first was there after ${duration(firstRowMs)}, all were ${duration(allRowsMs)} later.`,
  ]
}
