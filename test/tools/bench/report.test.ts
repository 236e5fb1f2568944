import { describe, expect, it } from '@jest/globals'
import type { Comparison, Figures } from '../../../tools/bench/figures.js'
import type { ListFigures } from '../../../tools/bench/lists/measure.js'
import type { Plan } from '../../../tools/bench/lists/plan.js'
import { faultOf, listReport } from '../../../tools/bench/lists/report.js'
import { report } from '../../../tools/bench/report.js'
import { duration, table } from '../../../tools/bench/table.js'

const timing = (p50Ms: number, p99Ms: number) => ({
  ...{ count: 300, perSecond: 10, p50Ms, p95Ms: p99Ms, p99Ms },
})
const comparison: Comparison = {
  ours: { ...timing(1_250, 7_000), perSecond: 8.8 },
  floor: { ...timing(1_000, 4_000), perSecond: 11 },
  bare: timing(800, 3_300),
  ofBare: 0.88,
  ofFloor: 0.8,
  tailOfBare: 1.36,
}
const cost = { historyEvents: 47, actions: 12 }
const figures: Figures = {
  machine: { cores: 2, cpu: 'AMD EPYC', node: 'v20.20.2' },
  temporal: 'postgresql',
  speed: [
    {
      workers: 2,
      cases: { ...comparison, cost: { listingCase: cost, floor: cost, bare: cost } },
      intake: [{ ...comparison, openCases: 2_000 }],
    },
  ],
}
const plan: Plan = {
  summary: 'IXSCAN { openedAt: -1, _id: -1 }',
  ...{ keysExamined: 26, docsExamined: 26, returned: 26, sorted: 0 },
}

function listOf(p95Ms: readonly [number, number], changed: Partial<Plan> = {}): ListFigures {
  const at = p95Ms.map((ms, index) => ({
    cases: index === 0 ? 1_000 : 100_000,
    timing: timing(ms / 2, ms),
    plan: { ...plan, ...changed },
  }))
  return { name: 'staff newest first', limit: 25, mayGrow: false, at }
}

describe('a table', () => {
  it('has texts to the left and numbers to the right', () => {
    expect(
      table(
        ['', 'p50'],
        [
          ['ours', '9 ms'],
          ['the floor', '120 ms'],
        ],
      ),
    ).toEqual(['              p50', 'ours         9 ms', 'the floor  120 ms'])
  })

  it('tells durations in the unit one reads them in', () => {
    expect([0.84, 84, 1_250, 7_040, 300_000].map(duration)).toEqual([
      ...['0.8 ms', '84 ms', '1250 ms', '7.0 s', '5.0 min'],
    ])
  })
})

describe('the report of a run', () => {
  it('shows ours beside the floor and the bare workflow', () => {
    const lines = report(figures).split('\n')
    expect(lines[0]).toBe('AMD EPYC, 2 cores, Node v20.20.2, Temporal: server on PostgreSQL')
    expect(lines).toContain('Worker processes: 2')
    expect(lines.find((line) => line.startsWith('listingCase'))).toMatch(
      /^listingCase +8\.8 +1250 ms +7\.0 s +5\.6 +0\.88 +0\.80$/,
    )
    expect(lines.find((line) => line.startsWith('floor'))).toMatch(/ 1\.10$/)
    expect(lines).toContain('Tail, p99/p50 of ours by that of the bare one: 1.36, 1.36.')
  })

  it('says aloud when a report has no case, or several', () => {
    const batch = {
      ...{ reports: 1_000, acknowledgedBefore: 500, untilKilledMs: 9_000, againMs: 12_000 },
      againCounts: { opened: 400, duplicate: 600, alreadyAnswered: 0, rejected: 0 },
      ...{ untilOpenMs: 30_000, cases: 1_001, lost: 1, doubled: 2 },
    }
    expect(report({ ...figures, batch })).toContain('NOT every report has exactly one: 1 have none')
    const whole = { ...batch, lost: 0, doubled: 0 }
    expect(report({ ...figures, batch: whole })).toContain('every report has exactly one')
  })
})

describe('the report of live streams', () => {
  const live = { streams: 500, brands: 50, changes: 300, latency: timing(120, 400), untold: 0 }

  it('tells how long they take, and says aloud when they left something out', () => {
    const whole = report({ ...figures, live })
    expect(whole).toContain('300 changes, told to 500 streams of 50 brands, 120 ms after')
    expect(whole).toContain('none was left out')
    expect(report({ ...figures, live: { ...live, untold: 3 } })).toContain('NOT all: 3 were')
  })
})

describe('the report of scrolling', () => {
  it('tells what frames cost at each speed, and how long loading took', () => {
    const at = [{ pixelsPerFrame: 3_000, frames: 300, p50Ms: 4, p95Ms: 7.5, longestTaskMs: 31 }]
    const scroll = { rows: 10_000, firstRowMs: 640, allRowsMs: 9_000, at }
    const lines = report({ ...figures, scroll }).split('\n')
    expect(lines.at(-2)).toMatch(/^3,000 pixels a frame +300 +4\.0 ms +7\.5 ms +31 ms$/)
    expect(lines.at(-1)).toBe(
      '10,000 rows: the first was there after 640 ms, all were 9.0 s later.',
    )
  })
})

describe('a list that is not as it is to be', () => {
  it.each([
    ['takes longer with more cases', listOf([10, 20]), /2\.0 times as long with 100,000 cases/],
    ['reads everything', listOf([10, 10], { summary: 'COLLSCAN' }), /whole collection/],
    ['sorts in memory', listOf([10, 10], { sorted: 5_000 }), /sorts 5000 cases/],
    ['reads much for little', listOf([10, 10], { keysExamined: 90_000 }), /reads 90000 for 26/],
  ])('%s', (_what, list, why) => {
    expect(faultOf(list)).toMatch(why)
    expect(listReport({ lists: [list], seeding: [] }).join('\n')).toContain('NOT as it is to be')
  })

  it('is not one whose readings differ by the noise of the machine', () => {
    expect(faultOf(listOf([0.5, 1.2]))).toBeNull()
    expect(faultOf(listOf([10, 14]))).toBeNull()
  })
})
