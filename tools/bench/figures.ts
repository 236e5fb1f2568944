import type { BatchMeasurement } from './batch/measure.js'
import type { CaseRates } from './cases.js'
import type { IntakeRates } from './intake.js'
import type { LiveMeasurement } from './live/measure.js'
import type { ListMeasurement } from './lists/measure.js'
import type { MemoryMeasurement } from './memory/measure.js'
import type { ScrollMeasurement } from './scroll/measure.js'
import { type Samples, type Timing, timingOf } from './timing.js'

/** Ours beside the floor and the bare workflow; the ratios are of "per second". */
export interface Comparison {
  ours: Timing
  floor: Timing
  bare: Timing
  ofBare: number
  ofFloor: number
  /** p99/p50 of ours by that of the bare one: 1 = a tail no longer than theirs. */
  tailOfBare: number
}

/** Cases and intake with one number of worker processes. */
export interface CaseFigures {
  cases?: Comparison & { cost: CaseRates['cost'] }
  intake: (Comparison & { openCases: number })[]
}

/** What a run came to; absent what was not asked for. */
export interface Figures {
  machine: { cores: number; cpu: string; node: string }
  temporal: string
  speed: (CaseFigures & { workers: number })[]
  lists?: ListMeasurement
  memory?: MemoryMeasurement
  batch?: BatchMeasurement
  live?: LiveMeasurement
  scroll?: ScrollMeasurement
}

/** Works out how cases compare. */
export function caseFigures({ rounds, cost }: CaseRates): NonNullable<CaseFigures['cases']> {
  return { ...compare(rounds.listingCase, rounds.floor, rounds.bare), cost }
}

/** Works out how intake compares. */
export function intakeFigures(rates: IntakeRates): CaseFigures['intake'][number] {
  const { openCases, intake, floor, bareStart } = rates
  return { openCases, ...compare(intake, floor, bareStart) }
}

/** How much longer the slowest hundredth takes than the middle. */
export function tailOf({ p50Ms, p99Ms }: Timing): number {
  return p99Ms / p50Ms
}

function compare(
  ofOurs: readonly Samples[],
  ofFloor: readonly Samples[],
  ofBare: readonly Samples[],
): Comparison {
  const [ours, floor, bare] = [timingOf(ofOurs), timingOf(ofFloor), timingOf(ofBare)]
  return {
    ours,
    floor,
    bare,
    ofBare: ours.perSecond / bare.perSecond,
    ofFloor: ours.perSecond / floor.perSecond,
    tailOfBare: tailOf(ours) / tailOf(bare),
  }
}
