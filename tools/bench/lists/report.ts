import { count, duration, table } from '../table.js'
import { faultOfPlan } from './plan.js'
import type { ListFigures, ListMeasurement } from './measure.js'

/** A list may take so many times as long at the largest number of cases as at the smallest. */
const MAX_GROWTH = 1.5
/** Below it the difference of two readings is not the list's. */
const NOISE_MS = 1

/** The lists for people, and which of them are not as they are to be. */
export function listReport({ lists, seeding }: ListMeasurement): string[] {
  const sizes = lists[0]?.at.map(({ cases }) => cases) ?? []
  const heads = [
    'GET /v1/cases, p50 and p95',
    ...sizes.flatMap((size) => [`at ${count(size)}`, '']),
    'growth',
    'read per row',
  ]
  const held = lists.filter(({ mayGrow }) => !mayGrow)
  const growing = lists.filter(({ mayGrow }) => mayGrow)
  const faults = held.flatMap((list) => {
    const why = faultOf(list)
    return why ? [`NOT as it is to be: ${list.name}: ${why}`] : []
  })
  return [
    ...table(heads, held.map(row)),
    ...(faults.length === 0 ? [`All ${held.length} are as they are to be.`] : faults),
    '',
    'No index has both what these ask for and their order; they read more as there are more cases:',
    ...table(heads, growing.map(row)),
    '',
    ...seeding.map(
      ({ cases, added, tookMs, verified }) =>
        `${count(cases)} cases: ${count(added)} put on record in ${duration(tookMs)}, ` +
        `${count(verified)} verified, all whole.`,
    ),
  ]
}

/** How many times as long the slow requests take at the largest number of cases as at the smallest. */
function growthOf({ at }: ListFigures): number {
  const [smallest, largest] = [at.at(0), at.at(-1)]
  if (!smallest || !largest) return 1
  return largest.timing.p95Ms / smallest.timing.p95Ms
}

/** What is wrong with a list, if anything. */
export function faultOf(list: ListFigures): string | null {
  const [smallest, largest] = [list.at.at(0), list.at.at(-1)]
  if (!smallest || !largest) return null
  const plan = faultOfPlan(largest.plan)
  if (plan) return plan
  const isLonger = largest.timing.p95Ms - smallest.timing.p95Ms > NOISE_MS
  const growth = growthOf(list)
  if (growth <= MAX_GROWTH || !isLonger) return null
  return `p95 takes ${growth.toFixed(1)} times as long with ${count(largest.cases)} cases`
}

function row(list: ListFigures): string[] {
  const { plan } = list.at.at(-1) ?? {}
  const read = plan
    ? Math.max(plan.keysExamined, plan.docsExamined) / Math.max(1, plan.returned)
    : 0
  return [
    list.name,
    ...list.at.flatMap(({ timing }) => [duration(timing.p50Ms), duration(timing.p95Ms)]),
    growthOf(list).toFixed(2),
    read.toFixed(read < 10 ? 1 : 0),
  ]
}
