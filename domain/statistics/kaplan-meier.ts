/** How long something took, or, where it has not happened yet, how long it has been waited for. */
export interface Duration {
  ms: number
  hasHappened: boolean
}

/** What durations say of how long it takes: `null` where too few have happened to say it. */
export interface Survival {
  n: number
  /** How many of them are still waited for. */
  censored: number
  p50Ms: number | null
  p90Ms: number | null
}

/**
 * Estimates by Kaplan and Meier how long it takes until something has happened in half of all cases,
 * and in nine of ten. What is still waited for counts as long as it has been: leaving it out would
 * make the slow look fast.
 */
export function survivalOf(durations: readonly Duration[]): Survival {
  const byTime = [...durations].sort(
    (one, other) => one.ms - other.ms || Number(other.hasHappened) - Number(one.hasHappened),
  )
  let waiting = 1
  let [p50Ms, p90Ms]: (number | null)[] = [null, null]
  for (let first = 0; first < byTime.length;) {
    const ms = byTime[first]?.ms ?? 0
    let last = first
    let happened = 0
    for (; byTime[last]?.ms === ms; last++) if (byTime[last]?.hasHappened) happened += 1
    waiting *= 1 - happened / (byTime.length - first)
    if (happened > 0) {
      if (p50Ms === null && waiting <= 0.5 + TOLERANCE) p50Ms = ms
      if (p90Ms === null && waiting <= 0.1 + TOLERANCE) p90Ms = ms
    }
    first = last
  }
  const censored = durations.filter(({ hasHappened }) => !hasHappened).length
  return { n: durations.length, censored, p50Ms: p50Ms ?? null, p90Ms: p90Ms ?? null }
}

/** Products of fractions are a little off. */
const TOLERANCE = 1e-9
