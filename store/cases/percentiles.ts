/** Percentiles of `n` values, in their unit; `null` of none. */
export interface Percentiles {
  n: number
  p50: number | null
  p90: number | null
  p95: number | null
  p99: number | null
}

/** Nearest-rank percentiles: each is a value that occurs. */
export function percentiles(values: readonly number[]): Percentiles {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (percent: number) => sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? null
  return { n: sorted.length, p50: at(50), p90: at(90), p95: at(95), p99: at(99) }
}
