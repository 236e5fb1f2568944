import { inParallel } from '../platform/in-parallel.js'

/** How long each of a number of equal pieces of work took, and all of them together. */
export interface Samples {
  tookMs: readonly number[]
  /** From the first start to the last end. */
  wallMs: number
}

export interface Timing {
  count: number
  perSecond: number
  p50Ms: number
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
  const ascending = rounds.flatMap(({ tookMs }) => tookMs).sort((a, b) => a - b)
  const count = ascending.length
  const wallMs = rounds.reduce((total, round) => total + round.wallMs, 0)
  const at = (share: number) => ascending[Math.max(0, Math.ceil(share * count) - 1)] ?? Number.NaN
  return { count, perSecond: (count / wallMs) * 1000, p50Ms: at(0.5), p99Ms: at(0.99) }
}
