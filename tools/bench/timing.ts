import { inParallel } from '../../platform/in-parallel.js'

import { percentiles } from '../../store/cases/percentiles.js'

/** How long each of a number of equal pieces of work took, and all of them together. */
export interface Samples {
  tookMs: readonly number[]
  /** From the first start to the last end. */
  wallMs: number
}

/** How often and how fast; times in ms, by nearest rank. */
export interface Timing {
  count: number
  perSecond: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
}

/** Does `work` for every item, at most `concurrency` at once, and times each and the whole. */
export async function timed<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<unknown>,
): Promise<Samples> {
  const startedAtMs = performance.now()
  const tookMs = await inParallel(items, concurrency, async (item) => {
    const beginMs = performance.now()
    await work(item)
    return performance.now() - beginMs
  })
  return { tookMs, wallMs: performance.now() - startedAtMs }
}

/** The figures of several rounds of the same work. */
export function timingOf(rounds: readonly Samples[]): Timing {
  const { n, p50, p95, p99 } = percentiles(rounds.flatMap(({ tookMs }) => tookMs))
  const wallMs = rounds.reduce((total, round) => total + round.wallMs, 0)
  const [p50Ms, p95Ms, p99Ms] = [p50 ?? 0, p95 ?? 0, p99 ?? 0]
  return { count: n, perSecond: (n / wallMs) * 1000, p50Ms, p95Ms, p99Ms }
}
